-- The engine's hot statements. In a function PostgreSQL keeps their plan: planning cost more than running them.

CREATE OR REPLACE FUNCTION tibillet_ledger_take_keys(
    keys varchar[], kinds varchar[], places integer[], requests bytea[], contents bytea[], reasons bytea[],
    reverses integer[], holds integer[]
) RETURNS TABLE (key varchar, id integer) LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    INSERT INTO tibillet_ledger_transaction
           (key, kind, place_id, request_hash, content_hash, reason_hash, reverses_id, hold_id)
    SELECT * FROM unnest(keys, kinds, places, requests, contents, reasons, reverses, holds)
        ON CONFLICT (key) DO NOTHING RETURNING key, id;
END $$;

-- Lock the stored balances of (wallet, asset) pairs by ascending id; a pair of a place, or not opened yet, has no id.
CREATE OR REPLACE FUNCTION tibillet_ledger_lock(wallets integer[], assets integer[])
RETURNS TABLE (wallet_id integer, asset_id integer, of_place boolean, id integer, available bigint, floor bigint)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH line AS (SELECT * FROM unnest(wallets, assets) AS l(wallet_id, asset_id)),
         locked AS (SELECT b.id, b.wallet_id, b.asset_id, b.amount - b.held AS available, b.floor
                      FROM tibillet_ledger_balance b JOIN line USING (wallet_id, asset_id)
                     ORDER BY b.id FOR NO KEY UPDATE OF b)
    SELECT l.wallet_id, l.asset_id, w.place_id IS NOT NULL, b.id, b.available, b.floor
      FROM line l JOIN tibillet_wallet w ON w.id = l.wallet_id
      LEFT JOIN locked b ON b.wallet_id = l.wallet_id AND b.asset_id = l.asset_id;
END $$;

-- Insert postings in the order given; the triggers chain them and move the balances.
CREATE OR REPLACE FUNCTION tibillet_ledger_insert_postings(
    transactions integer[], wallets integer[], assets integer[], amounts bigint[], balances integer[]
) RETURNS TABLE (transaction_id integer, wallet_id integer, asset_id integer, balance_after bigint)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    INSERT INTO tibillet_ledger_posting (transaction_id, wallet_id, asset_id, amount, balance_id)
    SELECT * FROM unnest(transactions, wallets, assets, amounts, balances)
    RETURNING transaction_id, wallet_id, asset_id, balance_after;
END $$;

-- Reserve an amount on a wallet, asset after asset in the order given, all or nothing. A key taken before, or a balance too
-- short, leaves everything as it was: no id. `free` is what these assets could pay before.
CREATE OR REPLACE FUNCTION tibillet_ledger_take_hold(
    hold_key varchar, request bytea, wallet integer, place integer, holder varchar, total bigint, debit_order integer[],
    OUT taken integer, OUT assets integer[], OUT amounts bigint[], OUT free bigint
) LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    stored record;
    balances integer[];
    rest bigint := total;
BEGIN
    PERFORM FROM tibillet_ledger_balance b WHERE b.wallet_id = wallet AND b.asset_id = ANY(debit_order)
      ORDER BY b.id FOR NO KEY UPDATE;
    free := 0;
    FOR stored IN SELECT b.id, b.asset_id, greatest(b.amount - b.held + b.floor, 0) AS free
                    FROM tibillet_ledger_balance b
                   WHERE b.wallet_id = wallet AND b.asset_id = ANY(debit_order)
                   ORDER BY array_position(debit_order, b.asset_id) LOOP
        free := free + stored.free;
        IF rest > 0 AND stored.free > 0 THEN
            balances := balances || stored.id;
            assets := assets || stored.asset_id;
            amounts := amounts || least(rest, stored.free);
            rest := rest - least(rest, stored.free);
        END IF;
    END LOOP;
    IF rest > 0 THEN
        RETURN;
    END IF;
    INSERT INTO tibillet_ledger_hold (key, request_hash, wallet_id, place_id, owner, amount)
    VALUES (hold_key, request, wallet, place, holder, total) ON CONFLICT (key) DO NOTHING RETURNING id INTO taken;
    IF taken IS NOT NULL THEN
        INSERT INTO tibillet_ledger_hold_line (hold_id, balance_id, asset_id, amount)
        SELECT taken, * FROM unnest(balances, assets, amounts);
    END IF;
END $$;

CREATE OR REPLACE FUNCTION tibillet_ledger_read_holds(keys varchar[])
RETURNS TABLE (id integer, key varchar, state varchar, wallet_id integer, owner varchar, amount bigint,
               request_hash bytea, assets integer[], amounts bigint[])
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT h.id, h.key, h.state, h.wallet_id, h.owner, h.amount, h.request_hash,
           array_agg(l.asset_id ORDER BY l.id), array_agg(l.amount ORDER BY l.id)
      FROM tibillet_ledger_hold h JOIN tibillet_ledger_hold_line l ON l.hold_id = h.id
     WHERE h.key = ANY(keys) GROUP BY h.id;
END $$;

-- A kept plan outlives the size that its table had: made when the tables were empty, it would read them whole ever after.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['take_keys', 'lock', 'insert_postings', 'take_hold', 'read_holds', 'seal', 'chain',
                                'hold_line_take', 'hold_change', 'hold_seal', 'capture_seal', 'capture_of_hold'] LOOP
        EXECUTE format('ALTER FUNCTION tibillet_ledger_%s SET enable_seqscan = off', name);
    END LOOP;
END $$;
