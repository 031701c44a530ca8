"""The site as a whole: every page, every link, every door, with the content it starts with and without."""
