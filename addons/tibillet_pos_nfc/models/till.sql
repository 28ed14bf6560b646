CREATE INDEX IF NOT EXISTS tibillet_ledger_hold_wallet ON tibillet_ledger_hold (wallet_id, created_at);

-- Where a tap happens and whose card it is, in one statement whose plan is kept: a customer waits. No row: the session is not
-- open. No wallet: the card is unknown, not active, or must be read the long way.
CREATE OR REPLACE FUNCTION tibillet_till_at_counter(session integer, chip varchar)
RETURNS TABLE (company_id integer, place_id integer, currency_id integer, number varchar, holder varchar, wallet_id integer)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT config.company_id, place.id, config.currency_id, card.number, coalesce(person.name, ''),
           CASE WHEN card.partner_id IS NULL THEN card.wallet_id
                ELSE (SELECT w.id FROM tibillet_wallet w WHERE w.partner_id = card.partner_id) END
      FROM pos_session s
      JOIN pos_config config ON config.id = s.config_id
      LEFT JOIN tibillet_place place ON place.company_id = config.company_id AND place.active
      LEFT JOIN tibillet_card card ON card.uid_hash = chip AND card.state = 'active'
      LEFT JOIN res_partner person ON person.id = card.partner_id
     WHERE s.id = session AND s.state = 'opened';
END $$;
