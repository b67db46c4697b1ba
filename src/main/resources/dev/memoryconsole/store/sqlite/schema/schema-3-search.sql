-- Version 3: the text indexes, still empty.

-- The texts as the index knows them; it keeps none itself.
CREATE VIEW IF NOT EXISTS memories_texts AS
SELECT d.doc AS doc, CAST(m.text AS TEXT) AS text FROM memories_doc d CROSS JOIN memories m ON m.id = d.id
WHERE CAST(m.text AS TEXT) <> '';
-- Over the text alone, with rows that only a write of the text touches. To forget a row it has to be told
-- the text that it knows of it.
CREATE VIRTUAL TABLE IF NOT EXISTS memories_text_fts
USING fts5(content = 'memories_texts', content_rowid = 'doc', text, tokenize = 'trigram');
-- Only finds candidates, whose abstracts are then compared: so it needs neither the abstracts nor the
-- positions in them. Written by Memory Console alone, so it may use what SQLite has since 3.43. It is
-- merged in small steps between the writes, never by a write that happens to be the sixteenth.
CREATE VIRTUAL TABLE IF NOT EXISTS memories_abstract_fts
USING fts5(abstract, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram');
INSERT INTO memories_abstract_fts (memories_abstract_fts, rank) VALUES ('automerge', 0);
INSERT INTO memories_abstract_fts (memories_abstract_fts, rank) VALUES ('crisismerge', 1999);
