-- The last marker (upgraded_at) that a run announced: those of later writes of the store are greater.
ALTER TABLE runs ADD COLUMN last_marker INTEGER NOT NULL DEFAULT 0;
UPDATE runs SET last_marker = coalesce((SELECT max(upgraded_at) FROM entries WHERE run = runs.id), 0);
-- Writes with markers up to this one are no longer looked after: a restore came since.
ALTER TABLE runs ADD COLUMN unwatched INTEGER NOT NULL DEFAULT 0;
