-- Who is at work on a run: the name of a process, whose file beside the journal is locked as long
-- as it lives. NULL for a program that gave itself none.
ALTER TABLE runs ADD COLUMN owner TEXT;
-- Raised each time a process takes the run; what others write of it from then on is refused.
ALTER TABLE runs ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lock_sessions ADD COLUMN owner TEXT;
-- 1 until the first step of an entry. Only then its id is indexed: a run begins with a million of
-- them, and putting ids of no order into an index takes thirty times as long as the rest.
ALTER TABLE entries ADD COLUMN waiting INTEGER;
DROP INDEX entries_by_id;
CREATE INDEX entries_by_id ON entries (id, run) WHERE waiting IS NULL;
