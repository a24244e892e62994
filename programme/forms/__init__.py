"""Is it filled in?  Whether it is allowed is for the actions."""
