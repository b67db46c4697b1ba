-- Version 3: how many memories there are of each flags that tell all; those that are of the corpus by their id have
-- 18 as well. Kept by triggers of memories_doc, which knows what a row counted as even where another program replaces
-- it without a delete. A store of before gets this with its new flags, row by row.

DROP TRIGGER IF EXISTS memories_doc_added;
DROP TRIGGER IF EXISTS memories_doc_changed;
CREATE TABLE IF NOT EXISTS memories_counts (flags INTEGER PRIMARY KEY, memories INTEGER NOT NULL);

CREATE TRIGGER memories_doc_added AFTER INSERT ON memories_doc WHEN new.flags & 256
BEGIN
  INSERT INTO memories_counts (flags, memories)
  SELECT new.flags | (new.id >= 'corpus:' AND new.id < 'corpus;') * 18, 0
  WHERE NOT EXISTS (SELECT 1 FROM memories_counts
    WHERE flags = new.flags | (new.id >= 'corpus:' AND new.id < 'corpus;') * 18);
  UPDATE memories_counts SET memories = memories + 1
  WHERE flags = new.flags | (new.id >= 'corpus:' AND new.id < 'corpus;') * 18;
END;

CREATE TRIGGER memories_doc_changed AFTER UPDATE OF flags ON memories_doc WHEN old.flags IS NOT new.flags
BEGIN
  UPDATE memories_counts SET memories = memories - 1
  WHERE flags = old.flags | (old.id >= 'corpus:' AND old.id < 'corpus;') * 18;
  INSERT INTO memories_counts (flags, memories)
  SELECT new.flags | (new.id >= 'corpus:' AND new.id < 'corpus;') * 18, 0
  WHERE new.flags & 256 AND NOT EXISTS (SELECT 1 FROM memories_counts
    WHERE flags = new.flags | (new.id >= 'corpus:' AND new.id < 'corpus;') * 18);
  UPDATE memories_counts SET memories = memories + 1
  WHERE flags = new.flags | (new.id >= 'corpus:' AND new.id < 'corpus;') * 18;
END;
