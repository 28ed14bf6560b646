-- The ledger's tables and the rules that PostgreSQL itself keeps. Idempotent: run at install and at each update.
--
-- 1 zero-sum     deferred trigger tibillet_ledger_seal on each transaction
-- 2 floor        CHECK tibillet_ledger_balance_floor, held >= 0; ceiling in the posting's trigger
-- 3 append only  triggers on update, delete and truncate
-- 4 once a key   UNIQUE (key), the payload's hash beside it
-- 5 chain        the posting's trigger links each posting to the head of its balance; UNIQUE (balance_id, seq)
-- 6 sum          only the posting's trigger moves a stored balance, only the hold's triggers move what is held

CREATE TABLE IF NOT EXISTS tibillet_ledger_balance (
    id        serial PRIMARY KEY,
    wallet_id integer NOT NULL REFERENCES tibillet_wallet ON DELETE RESTRICT,
    asset_id  integer NOT NULL REFERENCES tibillet_asset ON DELETE RESTRICT,
    amount    bigint NOT NULL DEFAULT 0,
    held      bigint NOT NULL DEFAULT 0,
    credit    bigint NOT NULL DEFAULT 0,
    floor     bigint NOT NULL DEFAULT 0,
    seq       bigint NOT NULL DEFAULT 0,
    head_hash bytea  NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    CONSTRAINT tibillet_ledger_balance_once UNIQUE (wallet_id, asset_id),
    CONSTRAINT tibillet_ledger_balance_held CHECK (held >= 0),
    CONSTRAINT tibillet_ledger_balance_credit CHECK (credit >= 0 AND floor >= credit),
    CONSTRAINT tibillet_ledger_balance_floor CHECK (amount - held >= -floor)
);
CREATE INDEX IF NOT EXISTS tibillet_ledger_balance_asset ON tibillet_ledger_balance (asset_id);

CREATE TABLE IF NOT EXISTS tibillet_ledger_hold (
    id           serial PRIMARY KEY,
    key          varchar NOT NULL,
    request_hash bytea NOT NULL,
    wallet_id    integer NOT NULL REFERENCES tibillet_wallet ON DELETE RESTRICT,
    place_id     integer NOT NULL REFERENCES tibillet_place ON DELETE RESTRICT,
    owner        varchar NOT NULL,
    amount       bigint NOT NULL CHECK (amount > 0),
    state        varchar NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'captured', 'released')),
    created_at   timestamp NOT NULL DEFAULT (clock_timestamp() AT TIME ZONE 'UTC'),
    closed_at    timestamp,
    xid          xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT tibillet_ledger_hold_key UNIQUE (key)
);
CREATE INDEX IF NOT EXISTS tibillet_ledger_hold_open ON tibillet_ledger_hold (owner) WHERE state = 'held';

CREATE TABLE IF NOT EXISTS tibillet_ledger_hold_line (
    id         serial PRIMARY KEY,
    hold_id    integer NOT NULL REFERENCES tibillet_ledger_hold ON DELETE RESTRICT,
    balance_id integer NOT NULL REFERENCES tibillet_ledger_balance ON DELETE RESTRICT,
    asset_id   integer NOT NULL REFERENCES tibillet_asset ON DELETE RESTRICT,
    amount     bigint NOT NULL CHECK (amount > 0)
);
CREATE INDEX IF NOT EXISTS tibillet_ledger_hold_line_hold ON tibillet_ledger_hold_line (hold_id);

CREATE TABLE IF NOT EXISTS tibillet_ledger_transaction (
    id           serial PRIMARY KEY,
    key          varchar NOT NULL,
    kind         varchar NOT NULL CHECK (kind IN (
        'issue', 'top_up', 'spend', 'refund', 'cash_out', 'transfer', 'merge', 'reversal', 'void')),
    place_id     integer NOT NULL REFERENCES tibillet_place ON DELETE RESTRICT,
    created_at   timestamp NOT NULL,
    request_hash bytea NOT NULL,
    content_hash bytea NOT NULL,
    reason_hash  bytea,
    digest       bytea NOT NULL,
    reverses_id  integer REFERENCES tibillet_ledger_transaction ON DELETE RESTRICT,
    hold_id      integer REFERENCES tibillet_ledger_hold ON DELETE RESTRICT,
    xid          xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT tibillet_ledger_transaction_key UNIQUE (key),
    CONSTRAINT tibillet_ledger_transaction_reversed_once UNIQUE (reverses_id),
    CONSTRAINT tibillet_ledger_transaction_captured_once UNIQUE (hold_id)
);
CREATE INDEX IF NOT EXISTS tibillet_ledger_transaction_place ON tibillet_ledger_transaction (place_id, created_at);

CREATE TABLE IF NOT EXISTS tibillet_ledger_posting (
    id             serial PRIMARY KEY,
    transaction_id integer NOT NULL REFERENCES tibillet_ledger_transaction ON DELETE RESTRICT,
    wallet_id      integer NOT NULL REFERENCES tibillet_wallet ON DELETE RESTRICT,
    asset_id       integer NOT NULL REFERENCES tibillet_asset ON DELETE RESTRICT,
    balance_id     integer REFERENCES tibillet_ledger_balance ON DELETE RESTRICT,
    place_id       integer NOT NULL,
    issuer_id      integer NOT NULL,
    kind           varchar NOT NULL,
    created_at     timestamp NOT NULL,
    amount         bigint NOT NULL CHECK (amount <> 0),
    seq            bigint,
    balance_after  bigint,
    hash           bytea NOT NULL,
    CONSTRAINT tibillet_ledger_posting_chain UNIQUE (balance_id, seq)
);
CREATE INDEX IF NOT EXISTS tibillet_ledger_posting_transaction ON tibillet_ledger_posting (transaction_id);
CREATE INDEX IF NOT EXISTS tibillet_ledger_posting_place_side
    ON tibillet_ledger_posting (wallet_id, asset_id) INCLUDE (amount) WHERE balance_id IS NULL;
CREATE INDEX IF NOT EXISTS tibillet_ledger_posting_place ON tibillet_ledger_posting (place_id, asset_id);
CREATE INDEX IF NOT EXISTS tibillet_ledger_posting_issuer ON tibillet_ledger_posting (issuer_id);

-- The words stand apart: they may be erased on request, their hash stays in the chain.
CREATE TABLE IF NOT EXISTS tibillet_ledger_reason (
    id             serial PRIMARY KEY,
    transaction_id integer NOT NULL UNIQUE REFERENCES tibillet_ledger_transaction ON DELETE RESTRICT,
    text           varchar NOT NULL
);

CREATE TABLE IF NOT EXISTS tibillet_ledger_anchor (
    id         serial PRIMARY KEY,
    label      varchar NOT NULL,
    created_at timestamp NOT NULL DEFAULT (clock_timestamp() AT TIME ZONE 'UTC'),
    previous   bytea NOT NULL,
    merkle     bytea NOT NULL,
    root       bytea NOT NULL UNIQUE,
    heads      integer NOT NULL CHECK (heads > 0),
    CONSTRAINT tibillet_ledger_anchor_line UNIQUE (previous)
);
CREATE TABLE IF NOT EXISTS tibillet_ledger_anchor_head (
    id         serial PRIMARY KEY,
    anchor_id  integer NOT NULL REFERENCES tibillet_ledger_anchor ON DELETE RESTRICT,
    balance_id integer NOT NULL REFERENCES tibillet_ledger_balance ON DELETE RESTRICT,
    seq        bigint NOT NULL,
    head_hash  bytea NOT NULL,
    CONSTRAINT tibillet_ledger_anchor_head_once UNIQUE (balance_id, seq)
);
CREATE INDEX IF NOT EXISTS tibillet_ledger_anchor_head_anchor ON tibillet_ledger_anchor_head (anchor_id);
