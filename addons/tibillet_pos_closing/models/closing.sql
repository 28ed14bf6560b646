-- A closing is for good: what the ORM refuses, PostgreSQL refuses too.
CREATE OR REPLACE FUNCTION tibillet_closing_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Closings are append only: % is refused', lower(TG_OP) USING ERRCODE = 'TB001';
END $$;
CREATE OR REPLACE TRIGGER tibillet_closing_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON tibillet_closing
    FOR EACH STATEMENT EXECUTE FUNCTION tibillet_closing_append_only();
