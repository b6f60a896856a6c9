"""Floor four: settings, addresses and templates shared by all rooms, and the one command line."""
