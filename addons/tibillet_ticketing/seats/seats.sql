-- Seats: how many a quota has given away, counted where two buyers meet. Every path that makes an attendee passes here,
-- since a trigger counts; a hold counts as the attendees that it will become, so that paying changes no shared row.
--
-- A quota is (scope, ref, slot): 'event' (ref: the event), 'ticket' (a price), 'quota' (prices that share a capacity);
-- slot 0 where the event has none.

CREATE TABLE IF NOT EXISTS tibillet_seat_count (
    scope text NOT NULL CHECK (scope IN ('event', 'ticket', 'quota')),
    ref integer NOT NULL,
    slot integer NOT NULL,
    used integer NOT NULL DEFAULT 0 CONSTRAINT tibillet_seat_count_positive CHECK (used >= 0),
    PRIMARY KEY (scope, ref, slot)
);

CREATE TABLE IF NOT EXISTS tibillet_seat_hold (
    id serial PRIMARY KEY,
    key text NOT NULL,
    event_id integer NOT NULL REFERENCES event_event ON DELETE CASCADE,
    slot_id integer REFERENCES event_slot ON DELETE CASCADE,
    ticket_id integer REFERENCES event_event_ticket ON DELETE CASCADE,
    seats integer NOT NULL CHECK (seats >= 0),
    expires_at timestamp NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS tibillet_seat_hold_once
    ON tibillet_seat_hold (key, event_id, COALESCE(slot_id, 0), COALESCE(ticket_id, 0));
CREATE INDEX IF NOT EXISTS tibillet_seat_hold_expiry ON tibillet_seat_hold (expires_at) WHERE seats > 0;

-- The quotas that an attendee of this event, slot and price counts in, limited or not, in the order of their locks.
CREATE OR REPLACE FUNCTION tibillet_seat_quotas(the_event integer, the_slot integer, the_ticket integer)
RETURNS TABLE (scope text, ref integer, slot integer, size integer) LANGUAGE sql STABLE AS $$
    SELECT 'event', event.id, COALESCE(the_slot, 0), CASE WHEN event.seats_limited THEN NULLIF(event.seats_max, 0) END
      FROM event_event event WHERE event.id = the_event
     UNION ALL
    SELECT 'quota', quota.id, COALESCE(the_slot, 0), quota.seats
      FROM tibillet_quota quota
      JOIN tibillet_quota_ticket_rel rel ON rel.quota_id = quota.id
     WHERE rel.ticket_id = the_ticket AND quota.event_id = the_event
     UNION ALL
    SELECT 'ticket', ticket.id, COALESCE(the_slot, 0), NULLIF(ticket.seats_max, 0)
      FROM event_event_ticket ticket WHERE ticket.id = the_ticket
     ORDER BY 1, 2, 3
$$;

-- How many attendees and held seats a quota has, by counting them.
CREATE OR REPLACE FUNCTION tibillet_seat_truth(the_scope text, the_ref integer, the_slot integer)
RETURNS integer LANGUAGE sql STABLE AS $$
    WITH price AS (
        SELECT ticket_id FROM tibillet_quota_ticket_rel WHERE the_scope = 'quota' AND quota_id = the_ref
        UNION ALL
        SELECT the_ref WHERE the_scope = 'ticket'
    ), place AS (
        SELECT the_ref AS event_id WHERE the_scope = 'event'
        UNION
        SELECT event_id FROM event_event_ticket WHERE id IN (SELECT ticket_id FROM price)
    )
    SELECT COALESCE(sum(seats), 0)::integer
      FROM (SELECT event_id, event_slot_id AS slot_id, event_ticket_id AS ticket_id, 1 AS seats
              FROM event_registration WHERE active AND state IN ('open', 'done')
             UNION ALL
            SELECT event_id, slot_id, ticket_id, seats FROM tibillet_seat_hold WHERE seats > 0) seat
     WHERE event_id IN (SELECT event_id FROM place) AND COALESCE(slot_id, 0) = the_slot
       AND (the_scope = 'event' OR ticket_id IN (SELECT ticket_id FROM price))
$$;

-- What is counted in a quota and free to whoever has `the_key`: what the key holds beyond its attendees who are not paid yet,
-- and what was held too long.
CREATE OR REPLACE FUNCTION tibillet_seat_mine(the_key text, the_scope text, the_ref integer, the_slot integer)
RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT GREATEST(COALESCE(sum(seats), 0), 0)::integer
      FROM (SELECT event_id, slot_id, ticket_id, seats FROM tibillet_seat_hold
              WHERE seats > 0 AND (key = the_key OR expires_at < now() AT TIME ZONE 'UTC')
             UNION ALL
            SELECT event_id, event_slot_id, event_ticket_id, -1 FROM event_registration
             WHERE tibillet_seat_key = the_key AND active AND state = 'draft') seat
     WHERE COALESCE(slot_id, 0) = the_slot
       AND CASE the_scope WHEN 'event' THEN event_id = the_ref
                          WHEN 'ticket' THEN ticket_id = the_ref
                          ELSE ticket_id IN (SELECT rel.ticket_id FROM tibillet_quota_ticket_rel rel
                                              WHERE rel.quota_id = the_ref) END
$$;

-- Count `seats` more (fewer below zero) in one quota; the change itself is not written yet. A quota that has no count is
-- counted: so a count may be deleted at any time, and is when prices begin or cease to share places.
CREATE OR REPLACE FUNCTION tibillet_seat_bump(
    the_scope text, the_ref integer, the_slot integer, size integer, seats integer
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    now_used integer;
BEGIN
    UPDATE tibillet_seat_count c SET used = GREATEST(c.used + seats, 0)
     WHERE c.scope = the_scope AND c.ref = the_ref AND c.slot = the_slot
     RETURNING c.used INTO now_used;
    IF NOT FOUND THEN
        INSERT INTO tibillet_seat_count AS c (scope, ref, slot, used)
             VALUES (the_scope, the_ref, the_slot, GREATEST(tibillet_seat_truth(the_scope, the_ref, the_slot) + seats, 0))
        ON CONFLICT (scope, ref, slot) DO UPDATE SET used = GREATEST(c.used + seats, 0)
        RETURNING c.used INTO now_used;
    END IF;
    IF seats > 0 AND now_used > size THEN
        RAISE EXCEPTION 'sold out' USING
            ERRCODE = 'TBSEA', DETAIL = format('%s %s %s', the_scope, the_ref, GREATEST(size - now_used + seats, 0));
    END IF;
END $$;

-- Count in every quota of this event, slot and price. Above a size: TBSEA, its detail being the scope and how many are left.
CREATE OR REPLACE FUNCTION tibillet_seat_add(
    the_event integer, the_slot integer, the_ticket integer, seats integer
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    quota record;
BEGIN
    -- The event's row first: who holds it is alone at this event. Only then the question which places are shared.
    FOR quota IN SELECT * FROM tibillet_seat_quotas(the_event, the_slot, the_ticket) found WHERE found.scope = 'event' LOOP
        PERFORM tibillet_seat_bump(quota.scope, quota.ref, quota.slot, quota.size, seats);
    END LOOP;
    FOR quota IN SELECT * FROM tibillet_seat_quotas(the_event, the_slot, the_ticket) found WHERE found.scope <> 'event' LOOP
        PERFORM tibillet_seat_bump(quota.scope, quota.ref, quota.slot, quota.size, seats);
    END LOOP;
END $$;

-- Give back what was held too long. Rows that another transaction works on are left to it.
CREATE OR REPLACE FUNCTION tibillet_seat_expire(only_event integer DEFAULT NULL)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    old record;
    given integer := 0;
BEGIN
    FOR old IN
        SELECT * FROM tibillet_seat_hold h
         WHERE h.seats > 0 AND h.expires_at < now() AT TIME ZONE 'UTC' AND (only_event IS NULL OR h.event_id = only_event)
         ORDER BY h.id FOR UPDATE SKIP LOCKED
    LOOP
        PERFORM tibillet_seat_add(old.event_id, old.slot_id, old.ticket_id, -old.seats);
        UPDATE tibillet_seat_hold SET seats = 0 WHERE id = old.id;
        given := given + old.seats;
    END LOOP;
    DELETE FROM tibillet_seat_hold h WHERE h.seats = 0 AND h.expires_at < now() AT TIME ZONE 'UTC' - interval '1 day';
    RETURN given;
END $$;

-- Hold `wanted` seats in all under a key until a moment: more or fewer than before is the difference, asked once or twice.
CREATE OR REPLACE FUNCTION tibillet_seat_hold_set(
    the_key text, the_event integer, the_slot integer, the_ticket integer, wanted integer, until timestamp
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    old tibillet_seat_hold;
    change integer;
BEGIN
    INSERT INTO tibillet_seat_hold (key, event_id, slot_id, ticket_id, seats, expires_at)
         VALUES (the_key, the_event, the_slot, the_ticket, 0, until)
    ON CONFLICT DO NOTHING;
    SELECT * INTO old FROM tibillet_seat_hold h
     WHERE h.key = the_key AND h.event_id = the_event
       AND COALESCE(h.slot_id, 0) = COALESCE(the_slot, 0) AND COALESCE(h.ticket_id, 0) = COALESCE(the_ticket, 0)
       FOR UPDATE;
    change := wanted - old.seats;
    IF change <> 0 THEN
        BEGIN
            PERFORM tibillet_seat_add(the_event, the_slot, the_ticket, change);
        EXCEPTION WHEN SQLSTATE 'TBSEA' THEN
            -- Somebody's time may be over and nobody has counted it yet.
            IF tibillet_seat_expire(the_event) = 0 THEN
                RAISE;
            END IF;
            PERFORM tibillet_seat_add(the_event, the_slot, the_ticket, change);
        END;
    END IF;
    -- Not for a minute's gain: the order that pays reads this row in a snapshot of its own.
    IF change <> 0 OR old.expires_at < until - interval '1 minute' THEN
        UPDATE tibillet_seat_hold SET seats = wanted, expires_at = GREATEST(expires_at, until) WHERE id = old.id;
    END IF;
END $$;

-- An attendee takes its seat: from its order's hold where one is left, else from the quotas.
CREATE OR REPLACE FUNCTION tibillet_seat_take(
    the_key text, the_event integer, the_slot integer, the_ticket integer
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF the_key IS NOT NULL THEN
        UPDATE tibillet_seat_hold SET seats = seats - 1
         WHERE key = the_key AND event_id = the_event AND seats > 0
           AND COALESCE(slot_id, 0) = COALESCE(the_slot, 0) AND COALESCE(ticket_id, 0) = COALESCE(the_ticket, 0);
        IF FOUND THEN
            RETURN;
        END IF;
    END IF;
    PERFORM tibillet_seat_add(the_event, the_slot, the_ticket, 1);
END $$;

-- An attendee leaves its seat: to its order's hold while the order is being paid, else to everybody.
CREATE OR REPLACE FUNCTION tibillet_seat_leave(
    the_key text, the_event integer, the_slot integer, the_ticket integer
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF the_key IS NOT NULL THEN
        UPDATE tibillet_seat_hold SET seats = seats + 1
         WHERE key = the_key AND event_id = the_event AND expires_at > now() AT TIME ZONE 'UTC'
           AND COALESCE(slot_id, 0) = COALESCE(the_slot, 0) AND COALESCE(ticket_id, 0) = COALESCE(the_ticket, 0);
        IF FOUND THEN
            RETURN;
        END IF;
    END IF;
    PERFORM tibillet_seat_add(the_event, the_slot, the_ticket, -1);
END $$;

CREATE OR REPLACE FUNCTION tibillet_seat_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before boolean := TG_OP <> 'INSERT' AND OLD.active AND OLD.state IN ('open', 'done');
    after boolean := TG_OP <> 'DELETE' AND NEW.active AND NEW.state IN ('open', 'done');
BEGIN
    IF before AND after AND (OLD.event_id, OLD.event_slot_id, OLD.event_ticket_id)
            IS NOT DISTINCT FROM (NEW.event_id, NEW.event_slot_id, NEW.event_ticket_id) THEN
        RETURN NEW;
    END IF;
    IF before THEN
        -- A free order that becomes one to pay keeps its seats until it is paid; any other attendee gives back.
        PERFORM tibillet_seat_leave(
            CASE WHEN TG_OP = 'UPDATE' AND NEW.active AND NEW.state = 'draft' THEN OLD.tibillet_seat_key END,
            OLD.event_id, OLD.event_slot_id, OLD.event_ticket_id
        );
    END IF;
    IF after THEN
        PERFORM tibillet_seat_take(NEW.tibillet_seat_key, NEW.event_id, NEW.event_slot_id, NEW.event_ticket_id);
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

-- Before, not after: of several attendees in one statement each is counted when those before it stand there, and no other.
CREATE OR REPLACE TRIGGER tibillet_seat_counted
    BEFORE INSERT OR DELETE OR UPDATE OF state, active, event_id, event_slot_id, event_ticket_id ON event_registration
    FOR EACH ROW EXECUTE FUNCTION tibillet_seat_counted();
