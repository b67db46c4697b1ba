-- Version 3, second part for a store whose triggers got lost and for a snapshot: derives everything from the
-- memories.

-- Whatever was written while there were no triggers counts as one write of every row.
UPDATE memories SET version = 1
WHERE typeof(version) <> 'integer' OR version < 1 OR version >= 4611686018427387904;
UPDATE memories SET version = max(version, (SELECT last_version FROM memories_doc d WHERE d.id = memories.id) + 1)
WHERE EXISTS (SELECT 1 FROM memories_doc d WHERE d.id = memories.id);
UPDATE memories_doc SET flags = NULL, abstract = NULL, timestamp = NULL;
INSERT INTO memories_doc (id, last_version)
SELECT id, version FROM memories WHERE id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM memories_doc d WHERE d.id = memories.id);
UPDATE memories_doc SET last_version = m.version FROM memories m WHERE m.id = memories_doc.id;
-- One pass over the view: looked up for each row it would be made anew for each.
UPDATE memories_doc SET flags = v.flags, abstract = v.abstract, timestamp = v.timestamp
FROM memories_derived v WHERE v.id = memories_doc.id;
INSERT INTO memories_text_fts (rowid, text)
SELECT d.doc, CAST(m.text AS TEXT) FROM memories m JOIN memories_doc d ON d.id = m.id
WHERE CAST(m.text AS TEXT) <> '';
DELETE FROM memories_abstract_pending;
INSERT INTO memories_abstract_pending (doc) SELECT doc FROM memories_doc WHERE abstract <> '';
