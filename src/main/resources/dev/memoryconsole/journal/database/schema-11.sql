-- A row that was deleted, whole, before that; and one that was put back, as it was put back. In the form of its store.
ALTER TABLE results ADD COLUMN row_before BLOB;
ALTER TABLE results ADD COLUMN row_written BLOB;
