-- Version 3, last part: the triggers.

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
  INSERT INTO memories_text_fts (memories_text_fts, rowid, text)
  SELECT 'delete', d.doc, CAST(r.text AS TEXT)
  FROM memories_text_replaced r CROSS JOIN memories_doc d ON d.id = r.id
  WHERE r.id = new.id AND EXISTS (SELECT 1 FROM memories_text_fts_docsize WHERE id = d.doc);
  DELETE FROM memories_text_replaced WHERE id = new.id;
  INSERT INTO memories_text_fts (rowid, text)
  SELECT d.doc, CAST(m.text AS TEXT) FROM memories_doc d CROSS JOIN memories m ON m.id = d.id
  WHERE d.id = new.id AND CAST(m.text AS TEXT) <> ''
    AND NOT EXISTS (SELECT 1 FROM memories_text_fts_docsize WHERE id = d.doc);
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
  -- Only while a table is being adopted: a row that was not reached yet, whose text stays. Who has a row of
  -- memories_doc has its text indexed.
  INSERT INTO memories_text_fts (rowid, text)
  SELECT doc, CAST(new.text AS TEXT) FROM memories_doc
  WHERE id = new.id AND last_version = 0 AND CAST(new.text AS TEXT) <> ''
    AND old.id IS new.id AND old.text IS new.text
    AND NOT EXISTS (SELECT 1 FROM memories_text_fts_docsize WHERE id = doc);
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

-- What the text index knows of a memory (memories_text_fts_docsize tells whether it knows any) is the text in
-- memories_text_replaced where that has one, else the memory's own. These two see to it before a text goes, and
-- also when the statement then comes to nothing, or becomes another one: OR IGNORE, ON CONFLICT DO UPDATE.
CREATE TRIGGER memories_before_insert BEFORE INSERT ON memories
WHEN coalesce((SELECT text IS NOT new.text FROM memories WHERE id = new.id),
  (SELECT EXISTS (SELECT 1 FROM memories_text_fts_docsize s WHERE s.id = d.doc)
    FROM memories_doc d WHERE d.id = new.id))
BEGIN
  DELETE FROM memories_text_replaced
  WHERE n <= (SELECT max(n) - 8 FROM memories_text_replaced)
    OR id = new.id AND text IS (SELECT m.text FROM memories m WHERE m.id = memories_text_replaced.id);
  INSERT INTO memories_text_replaced (id, text)
  SELECT id, text FROM memories
  WHERE id = new.id AND text IS NOT new.text
    AND NOT EXISTS (SELECT 1 FROM memories_text_replaced WHERE id = new.id);
  -- A row that was replaced because of another column that is unique went unseen: nobody knows any more what
  -- the index knows of it. Its id gets another number, so that this stays with one that is nobody's.
  UPDATE memories_doc SET doc = (SELECT max(doc) + 1 FROM memories_doc), abstract = NULL
  WHERE id = new.id
    AND EXISTS (SELECT 1 FROM memories_text_fts_docsize WHERE id = doc)
    AND NOT EXISTS (SELECT 1 FROM memories WHERE id = new.id);
END;

CREATE TRIGGER memories_before_text BEFORE UPDATE OF id, text ON memories
WHEN old.id IS NOT new.id OR old.text IS NOT new.text
BEGIN
  DELETE FROM memories_text_replaced
  WHERE n <= (SELECT max(n) - 8 FROM memories_text_replaced)
    OR id IN (old.id, new.id) AND text IS (SELECT m.text FROM memories m WHERE m.id = memories_text_replaced.id);
  INSERT INTO memories_text_replaced (id, text)
  SELECT old.id, old.text
  WHERE old.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM memories_text_replaced WHERE id = old.id);
  INSERT INTO memories_text_replaced (id, text)
  SELECT id, text FROM memories
  WHERE id = new.id AND text IS NOT new.text
    AND NOT EXISTS (SELECT 1 FROM memories_text_replaced WHERE id = new.id);
  -- As above.
  UPDATE memories_doc SET doc = (SELECT max(doc) + 1 FROM memories_doc), abstract = NULL
  WHERE id = new.id
    AND EXISTS (SELECT 1 FROM memories_text_fts_docsize WHERE id = doc)
    AND NOT EXISTS (SELECT 1 FROM memories WHERE id = new.id);
END;

CREATE TRIGGER memories_text_changed AFTER UPDATE OF id, text ON memories
WHEN old.id IS NOT new.id OR old.text IS NOT new.text
BEGIN
  INSERT INTO memories_doc (id, last_version)
  SELECT new.id, 0 WHERE new.id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM memories_doc WHERE id = new.id);
  INSERT INTO memories_text_fts (memories_text_fts, rowid, text)
  SELECT 'delete', d.doc, CAST(r.text AS TEXT)
  FROM memories_text_replaced r CROSS JOIN memories_doc d ON d.id = r.id
  WHERE r.id IN (old.id, new.id) AND EXISTS (SELECT 1 FROM memories_text_fts_docsize WHERE id = d.doc);
  DELETE FROM memories_text_replaced WHERE id IN (old.id, new.id);
  INSERT INTO memories_text_fts (rowid, text)
  SELECT d.doc, CAST(m.text AS TEXT) FROM memories_doc d CROSS JOIN memories m ON m.id = d.id
  WHERE d.id = new.id AND CAST(m.text AS TEXT) <> ''
    AND NOT EXISTS (SELECT 1 FROM memories_text_fts_docsize WHERE id = d.doc);
END;

-- Unless a trigger of somebody else has just added a memory of this id again.
CREATE TRIGGER memories_after_delete AFTER DELETE ON memories BEGIN
  UPDATE memories_doc
  SET last_version = last_version + 1, flags = NULL, abstract = NULL, timestamp = NULL
  WHERE id = old.id AND NOT EXISTS (SELECT 1 FROM memories WHERE id = old.id);
  INSERT INTO memories_text_fts (memories_text_fts, rowid, text)
  SELECT 'delete', d.doc, CAST(CASE WHEN r.n IS NULL THEN old.text ELSE r.text END AS TEXT)
  FROM memories_doc d LEFT JOIN memories_text_replaced r ON r.id = d.id
  WHERE d.id = old.id AND EXISTS (SELECT 1 FROM memories_text_fts_docsize WHERE id = d.doc)
    AND NOT EXISTS (SELECT 1 FROM memories WHERE id = old.id);
  DELETE FROM memories_text_replaced WHERE id = old.id;
END;
