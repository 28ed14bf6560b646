-- The journal is for good, as closings are.
CREATE OR REPLACE TRIGGER tibillet_archive_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON tibillet_archive_entry FOR EACH STATEMENT EXECUTE FUNCTION tibillet_closing_append_only();
