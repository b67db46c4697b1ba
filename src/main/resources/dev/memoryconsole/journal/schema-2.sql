-- An undo is a run of its own that takes another one back.
ALTER TABLE runs ADD COLUMN of_run INTEGER; -- the run taken back; NULL for what is no undo
