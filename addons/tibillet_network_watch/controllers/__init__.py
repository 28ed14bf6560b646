from . import network_file
