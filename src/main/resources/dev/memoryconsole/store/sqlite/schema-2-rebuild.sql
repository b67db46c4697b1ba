-- Version 2, second part for a new store, the table of another program, and a store whose triggers got
-- lost: derives everything from the memories.

DROP TABLE IF EXISTS memories_text_fts;
-- Over the text alone, with rows that only a write of the text touches.
CREATE VIRTUAL TABLE memories_text_fts USING fts5(text, tokenize = 'trigram');
DROP TABLE IF EXISTS memories_abstract_fts;
-- Only finds candidates, whose abstracts are then compared: so it needs neither the abstracts nor the
-- positions in them. Written by Memory Console alone, so it may use what SQLite has since 3.43. It is
-- merged in small steps between the writes, never by a write that happens to be the sixteenth.
CREATE VIRTUAL TABLE memories_abstract_fts
USING fts5(abstract, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram');
INSERT INTO memories_abstract_fts (memories_abstract_fts, rank) VALUES ('automerge', 0);
INSERT INTO memories_abstract_fts (memories_abstract_fts, rank) VALUES ('crisismerge', 1999);

-- Whatever was written while there were no triggers counts as one write of every row.
UPDATE memories SET version = 1
WHERE typeof(version) <> 'integer' OR version < 1 OR version >= 4611686018427387904;
UPDATE memories SET version = max(version, (SELECT last_version FROM memories_doc d WHERE d.id = memories.id) + 1)
WHERE EXISTS (SELECT 1 FROM memories_doc d WHERE d.id = memories.id);
UPDATE memories_doc SET flags = NULL, abstract = NULL, timestamp = NULL;
INSERT INTO memories_doc (id, last_version)
SELECT id, version FROM memories WHERE NOT EXISTS (SELECT 1 FROM memories_doc d WHERE d.id = memories.id);
UPDATE memories_doc SET last_version = m.version FROM memories m WHERE m.id = memories_doc.id;
-- One pass over the view: looked up for each row it would be made anew for each.
UPDATE memories_doc SET flags = v.flags, abstract = v.abstract, timestamp = v.timestamp
FROM memories_derived v WHERE v.id = memories_doc.id;
INSERT INTO memories_text_fts (rowid, text)
SELECT d.doc, CAST(m.text AS TEXT) FROM memories m JOIN memories_doc d ON d.id = m.id
WHERE CAST(m.text AS TEXT) <> '';
DELETE FROM memories_abstract_pending;
INSERT INTO memories_abstract_pending (doc) SELECT doc FROM memories_doc WHERE abstract <> '';
