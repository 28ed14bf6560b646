from . import acceptance, network_volume, network_watch
