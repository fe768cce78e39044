"""What a learner reads: how a message is laid out, and the words of each."""
