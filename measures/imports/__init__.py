"""Our own results from a file: what it may look like, what stands in it, what it would change.

Nothing here writes; `measures.actions.surveys` does.
"""
