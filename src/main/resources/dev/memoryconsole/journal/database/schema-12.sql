-- When what is kept of a memory that a run deleted was erased for good, ms since 1970; NULL for what is kept.
ALTER TABLE entries ADD COLUMN erased_at INTEGER;
