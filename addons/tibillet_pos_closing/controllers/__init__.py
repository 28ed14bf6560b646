from . import archive_download
