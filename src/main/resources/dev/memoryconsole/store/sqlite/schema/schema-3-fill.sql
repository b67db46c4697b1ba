-- Version 3, for a store that is filled before it has indexes and triggers: what is known about every id.

-- In the order of the ids, as the view goes through them: so the index of these ids only grows at its end.
INSERT INTO memories_doc (id, last_version, timestamp, abstract, flags)
SELECT id, 1, timestamp, abstract, flags FROM memories_derived;
