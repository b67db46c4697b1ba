-- A mend: what is to be done with the entry, and what the admin saw, JSON. NULL in every other run.
ALTER TABLE entries ADD COLUMN plan TEXT;
-- What columns beside the metadata were before the write and what was written, JSON; NULL for none.
ALTER TABLE results ADD COLUMN columns_before TEXT;
ALTER TABLE results ADD COLUMN columns_written TEXT;
