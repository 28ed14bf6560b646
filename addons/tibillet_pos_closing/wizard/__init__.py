from . import archive_make
