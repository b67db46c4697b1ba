-- Version 3, for a store that is filled before it has indexes and triggers: the text indexes, with few large pieces
-- that are put together once, where the sizes for single writes would write each row again and again.

INSERT INTO memories_text_fts (memories_text_fts, rank) VALUES ('automerge', 0);
INSERT INTO memories_text_fts (memories_text_fts, rank) VALUES ('crisismerge', 1999);
INSERT INTO memories_text_fts (memories_text_fts, rank) VALUES ('hashsize', 67108864);
INSERT INTO memories_text_fts (rowid, text)
SELECT d.doc, CAST(m.text AS TEXT) FROM memories_doc d CROSS JOIN memories m ON m.id = d.id
WHERE CAST(m.text AS TEXT) <> '';
INSERT INTO memories_text_fts (memories_text_fts) VALUES ('optimize');
-- As SQLite has them.
INSERT INTO memories_text_fts (memories_text_fts, rank) VALUES ('automerge', 4);
INSERT INTO memories_text_fts (memories_text_fts, rank) VALUES ('crisismerge', 16);
INSERT INTO memories_text_fts (memories_text_fts, rank) VALUES ('hashsize', 1048576);

INSERT INTO memories_abstract_fts (rowid, abstract)
SELECT doc, abstract FROM memories_doc WHERE abstract <> '' ORDER BY doc;
