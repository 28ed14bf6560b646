"""A UID identifies a person: no log ever shows more of it than its last byte."""


def masked(uid):
    """`04A1B2C3D4E5F6` -> `…F6`; nothing at all of a text too short to be a UID."""
    return f"…{uid[-2:]}" if len(uid) >= 8 else "…"
