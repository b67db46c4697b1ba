-- Version 2, last part: the triggers.

-- Every way an abstract comes and goes is an update of this column, for rows of memories_doc stay.
CREATE TRIGGER memories_abstract_changed AFTER UPDATE OF abstract ON memories_doc
WHEN old.abstract IS NOT new.abstract
BEGIN
  INSERT INTO memories_abstract_pending (doc)
  SELECT new.doc WHERE NOT EXISTS (SELECT 1 FROM memories_abstract_pending WHERE doc = new.doc);
END;

-- No "OR ..." in any trigger: the conflict clause of the statement that fires it would override it.
CREATE TRIGGER memories_after_insert AFTER INSERT ON memories BEGIN
  SELECT RAISE(ABORT, 'a memory needs an id') WHERE new.id IS NULL;
  INSERT INTO memories_doc (id, last_version)
  SELECT new.id, 0 WHERE NOT EXISTS (SELECT 1 FROM memories_doc WHERE id = new.id);
  UPDATE memories_doc
  SET last_version = CASE
      WHEN typeof(new.version) = 'integer' AND new.version > last_version
        AND new.version < 4611686018427387904 THEN new.version
      ELSE last_version + 1 END,
    (flags, abstract, timestamp) =
      (SELECT flags, abstract, timestamp FROM memories_derived WHERE id = new.id)
  WHERE id = new.id;
  UPDATE memories SET version = (SELECT last_version FROM memories_doc WHERE id = new.id)
  WHERE id = new.id
    AND version IS NOT (SELECT last_version FROM memories_doc WHERE id = new.id);
  DELETE FROM memories_text_fts
  WHERE rowid = (SELECT doc FROM memories_doc WHERE id = new.id) AND text IS NOT CAST(new.text AS TEXT);
  INSERT INTO memories_text_fts (rowid, text)
  SELECT doc, CAST(new.text AS TEXT) FROM memories_doc
  WHERE id = new.id AND new.text <> ''
    AND NOT EXISTS (SELECT 1 FROM memories_text_fts WHERE rowid = doc);
END;

-- The condition leaves out the write of the version by the triggers themselves, which fires this one too;
-- a write by anybody else finds old.version = last_version.
CREATE TRIGGER memories_after_update AFTER UPDATE ON memories
WHEN old.id IS NOT new.id OR old.version IS new.version
  OR NOT EXISTS (SELECT 1 FROM memories_doc WHERE id = new.id AND last_version = new.version)
BEGIN
  SELECT RAISE(ABORT, 'a memory needs an id') WHERE new.id IS NULL AND old.id IS NOT NULL;
  UPDATE memories_doc
  SET last_version = last_version + 1, flags = NULL, abstract = NULL, timestamp = NULL
  WHERE id = old.id AND old.id IS NOT new.id;
  INSERT INTO memories_doc (id, last_version)
  SELECT new.id, 0 WHERE new.id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM memories_doc WHERE id = new.id);
  -- Only while a table is being adopted: a row that was not reached yet. Who has a row of memories_doc has
  -- its text indexed.
  INSERT INTO memories_text_fts (rowid, text)
  SELECT doc, CAST(new.text AS TEXT) FROM memories_doc
  WHERE id = new.id AND last_version = 0 AND new.text <> ''
    AND NOT EXISTS (SELECT 1 FROM memories_text_fts WHERE rowid = doc);
  UPDATE memories_doc
  SET last_version = CASE
      WHEN typeof(new.version) = 'integer' AND new.version > last_version
        AND new.version < 4611686018427387904 THEN new.version
      ELSE last_version + 1 END,
    (flags, abstract, timestamp) =
      (SELECT flags, abstract, timestamp FROM memories_derived WHERE id = new.id)
  WHERE id = new.id;
  UPDATE memories SET version = (SELECT last_version FROM memories_doc WHERE id = new.id)
  WHERE id = new.id
    AND version IS NOT (SELECT last_version FROM memories_doc WHERE id = new.id);
END;

CREATE TRIGGER memories_after_text AFTER UPDATE OF id, text ON memories
WHEN old.id IS NOT new.id OR old.text IS NOT new.text
BEGIN
  INSERT INTO memories_doc (id, last_version)
  SELECT new.id, 0 WHERE new.id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM memories_doc WHERE id = new.id);
  DELETE FROM memories_text_fts
  WHERE rowid = (SELECT doc FROM memories_doc WHERE id = old.id) AND old.id IS NOT new.id;
  DELETE FROM memories_text_fts
  WHERE rowid = (SELECT doc FROM memories_doc WHERE id = new.id) AND text IS NOT CAST(new.text AS TEXT);
  INSERT INTO memories_text_fts (rowid, text)
  SELECT doc, CAST(new.text AS TEXT) FROM memories_doc
  WHERE id = new.id AND new.text <> ''
    AND NOT EXISTS (SELECT 1 FROM memories_text_fts WHERE rowid = doc);
END;

CREATE TRIGGER memories_after_delete AFTER DELETE ON memories BEGIN
  UPDATE memories_doc
  SET last_version = last_version + 1, flags = NULL, abstract = NULL, timestamp = NULL
  WHERE id = old.id;
  DELETE FROM memories_text_fts WHERE rowid = (SELECT doc FROM memories_doc WHERE id = old.id);
END;
