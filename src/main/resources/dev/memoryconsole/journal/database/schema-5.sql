-- Whether the writes of a run were looked at again: see Verification.
ALTER TABLE runs ADD COLUMN verification TEXT NOT NULL DEFAULT 'NONE';
-- How often the write of an entry was made again because another program had overwritten it.
ALTER TABLE entries ADD COLUMN reapplied INTEGER NOT NULL DEFAULT 0;
