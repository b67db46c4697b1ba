-- A restore is a run: the snapshot that it brings back, and the one that holds what was there before.
-- The second is NULL before anything can take effect, and again where it is known that nothing did.
ALTER TABLE runs ADD COLUMN snapshot TEXT;
ALTER TABLE runs ADD COLUMN safety TEXT;
