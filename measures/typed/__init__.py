"""What a team types, pastes or hands in as a file: from text to values that are right in themselves.

`numbers` and `days` read one cell, `table` a whole table, `expected` says for which days a value
is due.  `plan` alone asks the database: what a table would change.
"""
