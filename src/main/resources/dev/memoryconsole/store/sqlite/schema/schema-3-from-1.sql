-- Version 3, second part for a store of version 1, which indexed each abstract as it was written: everything
-- but that index stays as it is.

DROP TABLE IF EXISTS memories_abstract_fts;
-- Only finds candidates, whose abstracts are then compared: so it needs neither the abstracts nor the
-- positions in them. Written by Memory Console alone, so it may use what SQLite has since 3.43. It is
-- merged in small steps between the writes, never by a write that happens to be the sixteenth.
CREATE VIRTUAL TABLE memories_abstract_fts
USING fts5(abstract, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram');
INSERT INTO memories_abstract_fts (memories_abstract_fts, rank) VALUES ('automerge', 0);
INSERT INTO memories_abstract_fts (memories_abstract_fts, rank) VALUES ('crisismerge', 1999);
INSERT INTO memories_abstract_pending (doc) SELECT doc FROM memories_doc WHERE abstract <> '';
