"""How the site is set up on one machine: settings, addresses, server."""
