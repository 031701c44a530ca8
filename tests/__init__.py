"""What the site promises, tested. The folders mirror `relations/`."""
