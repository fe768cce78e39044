"""What explorers share: arrays on their way to the page, colours, numbers by name, page parts."""
