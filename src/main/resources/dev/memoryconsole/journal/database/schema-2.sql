-- An undo is a run of its own that takes another one back.
ALTER TABLE runs ADD COLUMN of_run INTEGER; -- the run taken back; NULL for what is no undo
-- What a run used of a model, JSON: calls, retries, tokens, cost.
ALTER TABLE runs ADD COLUMN usage TEXT NOT NULL DEFAULT '';
