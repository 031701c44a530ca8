"""The same records for programs: calendars, the feed of changes, tables, the site map."""
