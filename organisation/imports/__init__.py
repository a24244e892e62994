"""Units and people from a file: what it may look like, what stands in it, what it would change.

Nothing here writes; `organisation.actions.imports` does.
"""
