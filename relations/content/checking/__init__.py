"""The checks of check_content.py, by what they look at."""
