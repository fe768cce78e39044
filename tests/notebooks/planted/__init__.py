"""Errors planted in what a lesson's checks claim to test: each must turn its check red."""
