-- The metadata when the run began with the row, where another one was written before the run wrote:
-- '' if there was none, NULL where nobody came before.
ALTER TABLE results ADD COLUMN seen TEXT;
