from . import export_make
