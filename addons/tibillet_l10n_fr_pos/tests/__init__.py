from . import (
    test_access,
    test_closing,
    test_frozen,
    test_i18n,
    test_proof,
    test_rights,
    test_seal,
    test_sealer,
)
