-- Version 2: the text indexes, still empty.

-- Over the text alone, with rows that only a write of the text touches.
CREATE VIRTUAL TABLE IF NOT EXISTS memories_text_fts USING fts5(text, tokenize = 'trigram');
-- Only finds candidates, whose abstracts are then compared: so it needs neither the abstracts nor the
-- positions in them. Written by Memory Console alone, so it may use what SQLite has since 3.43. It is
-- merged in small steps between the writes, never by a write that happens to be the sixteenth.
CREATE VIRTUAL TABLE IF NOT EXISTS memories_abstract_fts
USING fts5(abstract, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram');
INSERT INTO memories_abstract_fts (memories_abstract_fts, rank) VALUES ('automerge', 0);
INSERT INTO memories_abstract_fts (memories_abstract_fts, rank) VALUES ('crisismerge', 1999);
