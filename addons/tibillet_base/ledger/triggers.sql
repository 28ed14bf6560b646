-- What the constraints of schema.sql cannot say. SQLSTATE TB001..TB009 are read by errors.py.

CREATE OR REPLACE FUNCTION tibillet_ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is append only: % of % is refused', lower(TG_OP), TG_TABLE_NAME USING ERRCODE = 'TB001';
END $$;

-- A transaction states what it is; its digest binds that to every posting of its own.
CREATE OR REPLACE FUNCTION tibillet_ledger_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.created_at := clock_timestamp() AT TIME ZONE 'UTC';
    NEW.xid := pg_current_xact_id();
    NEW.digest := sha256(convert_to(concat_ws('|', NEW.id, NEW.key, NEW.kind, NEW.place_id,
        (extract(epoch FROM NEW.created_at) * 1000000)::bigint,
        encode(NEW.request_hash, 'hex'), encode(NEW.content_hash, 'hex'),
        coalesce(encode(NEW.reason_hash, 'hex'), '-'), coalesce(NEW.reverses_id, 0), coalesce(NEW.hold_id, 0)), 'UTF8'));
    RETURN NEW;
END $$;

-- At commit: postings sum to zero per asset, and are those that the digest speaks of.
CREATE OR REPLACE FUNCTION tibillet_ledger_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    unbalanced integer;
    content bytea;
BEGIN
    SELECT count(*) FILTER (WHERE total <> 0), sha256(convert_to(string_agg(lines, ',' ORDER BY asset_id), 'UTF8'))
      INTO unbalanced, content
      FROM (SELECT asset_id, sum(amount) AS total,
                   string_agg(concat_ws(':', asset_id, wallet_id, amount), ',' ORDER BY wallet_id, amount) AS lines
              FROM tibillet_ledger_posting WHERE transaction_id = NEW.id GROUP BY asset_id) per_asset;
    IF content IS NULL THEN
        RAISE EXCEPTION 'Transaction % has no posting', NEW.key USING ERRCODE = 'TB002';
    END IF;
    IF unbalanced > 0 THEN
        RAISE EXCEPTION 'Transaction % does not sum to zero', NEW.key USING ERRCODE = 'TB002';
    END IF;
    IF content <> NEW.content_hash THEN
        RAISE EXCEPTION 'Transaction % holds other postings than it states', NEW.key USING ERRCODE = 'TB003';
    END IF;
    RETURN NULL;
END $$;

-- The one place where a stored balance moves: the posting is chained, the balance follows.
CREATE OR REPLACE FUNCTION tibillet_ledger_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head record;
    own record;
    asset record;
BEGIN
    SELECT digest, kind, place_id, created_at, xid INTO own FROM tibillet_ledger_transaction WHERE id = NEW.transaction_id;
    IF own.xid IS DISTINCT FROM pg_current_xact_id() THEN
        RAISE EXCEPTION 'Transaction % is closed', NEW.transaction_id USING ERRCODE = 'TB001';
    END IF;
    SELECT a.place_id, coalesce(a.ceiling, 0) AS ceiling INTO asset FROM tibillet_asset a WHERE a.id = NEW.asset_id;
    NEW.place_id := own.place_id;
    NEW.issuer_id := asset.place_id;
    NEW.kind := own.kind;
    NEW.created_at := own.created_at;
    IF NEW.balance_id IS NULL THEN
        IF NOT EXISTS (SELECT FROM tibillet_wallet w WHERE w.id = NEW.wallet_id AND w.place_id IS NOT NULL) THEN
            RAISE EXCEPTION 'Wallet % needs its balance', NEW.wallet_id USING ERRCODE = 'TB004';
        END IF;
        NEW.seq := NULL;
        NEW.balance_after := NULL;
        NEW.hash := sha256(own.digest || int8send(NEW.wallet_id::bigint) || int8send(NEW.asset_id::bigint)
            || int8send(NEW.amount));
        RETURN NEW;
    END IF;
    UPDATE tibillet_ledger_balance b
       SET amount = b.amount + NEW.amount,
           seq = b.seq + 1,
           -- A debt that was granted closes behind the holder as it is paid back.
           floor = greatest(b.credit, least(b.floor, b.held - b.amount - NEW.amount)),
           head_hash = sha256(b.head_hash || own.digest || int8send(b.id::bigint) || int8send(b.seq + 1)
               || int8send(NEW.amount) || int8send(b.amount + NEW.amount))
     WHERE b.id = NEW.balance_id AND b.wallet_id = NEW.wallet_id AND b.asset_id = NEW.asset_id
    RETURNING b.amount, b.seq, b.head_hash INTO head;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Balance % is not of wallet %', NEW.balance_id, NEW.wallet_id USING ERRCODE = 'TB004';
    END IF;
    IF asset.ceiling > 0 AND NEW.amount > 0 AND head.amount > asset.ceiling
        AND own.kind IN ('issue', 'top_up', 'transfer') THEN
        RAISE EXCEPTION 'Ceiling of % passed', asset.ceiling USING ERRCODE = 'TB005';
    END IF;
    NEW.seq := head.seq;
    NEW.balance_after := head.amount;
    NEW.hash := head.head_hash;
    RETURN NEW;
END $$;

-- A stored balance starts empty; a place has none.
CREATE OR REPLACE FUNCTION tibillet_ledger_open_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.amount := 0;
    NEW.held := 0;
    NEW.seq := 0;
    NEW.head_hash := decode(repeat('00', 32), 'hex');
    IF EXISTS (SELECT FROM tibillet_wallet w WHERE w.id = NEW.wallet_id AND w.place_id IS NOT NULL) THEN
        RAISE EXCEPTION 'A place has no stored balance' USING ERRCODE = 'TB004';
    END IF;
    RETURN NEW;
END $$;

-- It is moved by postings and holds, that is from inside their triggers, never by hand: only what it may owe is set.
CREATE OR REPLACE FUNCTION tibillet_ledger_guard_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.wallet_id, NEW.asset_id, NEW.amount, NEW.held, NEW.seq, NEW.head_hash)
        IS DISTINCT FROM (OLD.id, OLD.wallet_id, OLD.asset_id, OLD.amount, OLD.held, OLD.seq, OLD.head_hash) THEN
        RAISE EXCEPTION 'A balance moves by postings and holds only' USING ERRCODE = 'TB001';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION tibillet_ledger_guard_delete_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.seq > 0 OR OLD.held > 0 THEN
        RAISE EXCEPTION 'A balance with a history is kept' USING ERRCODE = 'TB001';
    END IF;
    RETURN OLD;
END $$;

CREATE OR REPLACE FUNCTION tibillet_ledger_hold_line_take() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    own record;
BEGIN
    SELECT wallet_id, state, xid INTO own FROM tibillet_ledger_hold WHERE id = NEW.hold_id;
    UPDATE tibillet_ledger_balance SET held = held + NEW.amount
     WHERE id = NEW.balance_id AND wallet_id = own.wallet_id AND asset_id = NEW.asset_id
       AND own.state = 'held' AND own.xid = pg_current_xact_id();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Hold % is closed or of another wallet', NEW.hold_id USING ERRCODE = 'TB001';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION tibillet_ledger_hold_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.state := 'held';
    NEW.closed_at := NULL;
    NEW.created_at := clock_timestamp() AT TIME ZONE 'UTC';
    NEW.xid := pg_current_xact_id();
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION tibillet_ledger_hold_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    line record;
BEGIN
    IF (NEW.id, NEW.key, NEW.request_hash, NEW.wallet_id, NEW.place_id, NEW.owner, NEW.amount, NEW.created_at, NEW.xid)
        IS DISTINCT FROM
       (OLD.id, OLD.key, OLD.request_hash, OLD.wallet_id, OLD.place_id, OLD.owner, OLD.amount, OLD.created_at, OLD.xid)
        OR (OLD.state, NEW.state) NOT IN (('held', 'captured'), ('held', 'released'), ('released', 'captured')) THEN
        RAISE EXCEPTION 'Hold % cannot become %', OLD.key, NEW.state USING ERRCODE = 'TB001';
    END IF;
    NEW.closed_at := clock_timestamp() AT TIME ZONE 'UTC';
    IF OLD.state = 'held' THEN
        FOR line IN SELECT balance_id, amount FROM tibillet_ledger_hold_line
                     WHERE hold_id = NEW.id ORDER BY balance_id LOOP
            UPDATE tibillet_ledger_balance SET held = held - line.amount WHERE id = line.balance_id;
        END LOOP;
    END IF;
    RETURN NEW;
END $$;

-- At commit: what is held is what the lines hold.
CREATE OR REPLACE FUNCTION tibillet_ledger_hold_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT coalesce(sum(amount), 0) FROM tibillet_ledger_hold_line WHERE hold_id = NEW.id) <> NEW.amount THEN
        RAISE EXCEPTION 'Hold % differs from its lines', NEW.key USING ERRCODE = 'TB003';
    END IF;
    RETURN NULL;
END $$;

-- At commit: what is captured was posted, by the same amounts from the same balances.
CREATE OR REPLACE FUNCTION tibillet_ledger_capture_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT balance_id, amount FROM tibillet_ledger_hold_line WHERE hold_id = NEW.id
                     UNION ALL
                     SELECT p.balance_id, p.amount FROM tibillet_ledger_transaction t
                       JOIN tibillet_ledger_posting p ON p.transaction_id = t.id
                      WHERE t.hold_id = NEW.id AND p.balance_id IS NOT NULL) side
         GROUP BY balance_id HAVING sum(amount) <> 0) THEN
        RAISE EXCEPTION 'Hold % was captured for another amount', NEW.key USING ERRCODE = 'TB003';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tibillet_ledger_capture_of_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM tibillet_ledger_hold WHERE id = NEW.hold_id) <> 'captured' THEN
        RAISE EXCEPTION 'Transaction % speaks of a hold that is not captured', NEW.key USING ERRCODE = 'TB003';
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['transaction', 'posting', 'anchor', 'anchor_head', 'hold_line'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON tibillet_ledger_%s
            FOR EACH STATEMENT EXECUTE FUNCTION tibillet_ledger_append_only()', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['hold', 'balance'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER no_truncate BEFORE TRUNCATE ON tibillet_ledger_%s
            FOR EACH STATEMENT EXECUTE FUNCTION tibillet_ledger_append_only()', t);
    END LOOP;
END $$;
CREATE OR REPLACE TRIGGER no_delete BEFORE DELETE ON tibillet_ledger_hold
    FOR EACH STATEMENT EXECUTE FUNCTION tibillet_ledger_append_only();
CREATE OR REPLACE TRIGGER no_update BEFORE UPDATE ON tibillet_ledger_reason
    FOR EACH STATEMENT EXECUTE FUNCTION tibillet_ledger_append_only();
CREATE OR REPLACE TRIGGER open BEFORE INSERT ON tibillet_ledger_transaction
    FOR EACH ROW EXECUTE FUNCTION tibillet_ledger_open();
CREATE OR REPLACE TRIGGER chain BEFORE INSERT ON tibillet_ledger_posting
    FOR EACH ROW EXECUTE FUNCTION tibillet_ledger_chain();
CREATE OR REPLACE TRIGGER open BEFORE INSERT ON tibillet_ledger_balance
    FOR EACH ROW EXECUTE FUNCTION tibillet_ledger_open_balance();
CREATE OR REPLACE TRIGGER guard BEFORE UPDATE ON tibillet_ledger_balance
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION tibillet_ledger_guard_balance();
CREATE OR REPLACE TRIGGER guard_delete BEFORE DELETE ON tibillet_ledger_balance
    FOR EACH ROW EXECUTE FUNCTION tibillet_ledger_guard_delete_balance();
CREATE OR REPLACE TRIGGER take BEFORE INSERT ON tibillet_ledger_hold_line
    FOR EACH ROW EXECUTE FUNCTION tibillet_ledger_hold_line_take();
CREATE OR REPLACE TRIGGER open BEFORE INSERT ON tibillet_ledger_hold
    FOR EACH ROW EXECUTE FUNCTION tibillet_ledger_hold_open();
CREATE OR REPLACE TRIGGER change BEFORE UPDATE ON tibillet_ledger_hold
    FOR EACH ROW EXECUTE FUNCTION tibillet_ledger_hold_change();

DROP TRIGGER IF EXISTS seal ON tibillet_ledger_transaction;
CREATE CONSTRAINT TRIGGER seal AFTER INSERT ON tibillet_ledger_transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tibillet_ledger_seal();
DROP TRIGGER IF EXISTS capture_of_hold ON tibillet_ledger_transaction;
CREATE CONSTRAINT TRIGGER capture_of_hold AFTER INSERT ON tibillet_ledger_transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.hold_id IS NOT NULL)
    EXECUTE FUNCTION tibillet_ledger_capture_of_hold();
DROP TRIGGER IF EXISTS seal ON tibillet_ledger_hold;
CREATE CONSTRAINT TRIGGER seal AFTER INSERT ON tibillet_ledger_hold
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tibillet_ledger_hold_seal();
DROP TRIGGER IF EXISTS capture_seal ON tibillet_ledger_hold;
CREATE CONSTRAINT TRIGGER capture_seal AFTER UPDATE ON tibillet_ledger_hold
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'captured')
    EXECUTE FUNCTION tibillet_ledger_capture_seal();
