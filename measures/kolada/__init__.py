"""Kolada, the national database of municipal statistics: the only place that speaks to it.

`client` asks and pages, `items` says what its answers look like and what they mean here.  Nothing
in this folder reads or writes our own database.
"""
