"""A reader, its cards and the box, all real but the plastic: see fixtures.py."""
