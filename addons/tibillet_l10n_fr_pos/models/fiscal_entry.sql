-- What was paid, in the order of payment: written in the very transaction that pays, read by the one writer who seals.
CREATE TABLE IF NOT EXISTS tibillet_fiscal_entry (
    id serial PRIMARY KEY,
    order_id integer NOT NULL UNIQUE,
    company_id integer NOT NULL,
    digest varchar NOT NULL
);
CREATE INDEX IF NOT EXISTS tibillet_fiscal_entry_company ON tibillet_fiscal_entry (company_id);

-- Everything of an order that the law freezes when it is paid: more than Odoo's chain, which leaves amounts out.
CREATE OR REPLACE FUNCTION tibillet_fiscal_digest(asked integer) RETURNS varchar LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        o.company_id, o.session_id, o.user_id, o.date_order, o.pos_reference, o.pricelist_id, o.fiscal_position_id,
        o.amount_total, o.amount_tax, o.amount_paid,
        (SELECT jsonb_agg(jsonb_build_array(
                    l.id, l.product_id, l.qty, l.price_unit, l.discount, l.notice, l.price_subtotal, l.price_subtotal_incl,
                    (SELECT jsonb_agg(t.account_tax_id ORDER BY t.account_tax_id)
                       FROM account_tax_pos_order_line_rel t WHERE t.pos_order_line_id = l.id)) ORDER BY l.id)
           FROM pos_order_line l WHERE l.order_id = o.id),
        (SELECT jsonb_agg(jsonb_build_array(p.id, p.payment_method_id, p.amount) ORDER BY p.id)
           FROM pos_payment p WHERE p.pos_order_id = o.id)
    )::text, 'UTF8')), 'hex')
    FROM pos_order o WHERE o.id = asked
$$;

CREATE OR REPLACE FUNCTION tibillet_fiscal_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was paid is never changed nor deleted (%)', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON tibillet_fiscal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION tibillet_fiscal_kept();

-- A seal is set once, whoever writes.
CREATE OR REPLACE TRIGGER tibillet_fiscal_seal BEFORE UPDATE OF l10n_fr_hash, l10n_fr_secure_sequence_number ON pos_order
    FOR EACH ROW WHEN (
        OLD.l10n_fr_secure_sequence_number > 0
        AND (OLD.l10n_fr_hash, OLD.l10n_fr_secure_sequence_number)
            IS DISTINCT FROM (NEW.l10n_fr_hash, NEW.l10n_fr_secure_sequence_number)
    ) EXECUTE FUNCTION tibillet_fiscal_kept();
