from . import fec_export
