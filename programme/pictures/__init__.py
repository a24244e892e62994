"""Drawings of a work's tests and drivers, as SVG.  Pure: plain values in, markup out.

Each is hidden behind one sentence for those who do not see it, and never stands alone: the page
has a list with the same facts.
"""
