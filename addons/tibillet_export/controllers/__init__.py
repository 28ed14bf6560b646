from . import export_file
