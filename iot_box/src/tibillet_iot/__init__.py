"""The reader daemon of TiBillet: PC/SC readers on one side, tills on the other."""

__version__ = "19.0.1.0.0"
