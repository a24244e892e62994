"""What a coach needs to know about a work, worked out of plain facts.  Pure."""
