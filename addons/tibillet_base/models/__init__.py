from . import (
    asset,
    card,
    card_batch,
    debit_order,
    federation,
    federation_member,
    federation_share,
    place,
    res_company,
)
