-- Version 3 of a memory store in one SQLite file, first part: the tables. Creates what is not there and
-- takes the triggers away; the last part brings them back. All parts run inside one transaction. Other
-- programs fire the triggers with SQLite libraries of their own, from 3.38 on: neither they nor the tables
-- they write may use a newer feature.

DROP TRIGGER IF EXISTS memories_after_insert;
DROP TRIGGER IF EXISTS memories_after_update;
DROP TRIGGER IF EXISTS memories_after_delete;
DROP TRIGGER IF EXISTS memories_before_insert;
DROP TRIGGER IF EXISTS memories_before_text;
DROP TRIGGER IF EXISTS memories_text_changed;
DROP TRIGGER IF EXISTS memories_after_text;
DROP TRIGGER IF EXISTS memories_abstract_changed;
DROP TRIGGER IF EXISTS memories_doc_added;
DROP TRIGGER IF EXISTS memories_doc_changed;
DROP VIEW IF EXISTS memories_derived;

CREATE TABLE IF NOT EXISTS memories (
  id TEXT PRIMARY KEY NOT NULL,
  text TEXT,
  vector BLOB,
  category TEXT,
  scope TEXT,
  importance REAL,
  timestamp INTEGER,
  metadata TEXT,
  version INTEGER DEFAULT 1
);

-- What is known about every id that ever was. Rows stay when their memory is deleted (flags is NULL then),
-- so that the version of an id that comes back goes on rising. doc is the row number of the text indexes:
-- unlike the row numbers of memories it survives VACUUM.
-- flags: 1 has a memory_category, 2 is never legacy, 4 has an upgrade_error, 8 was upgraded by 'simple', 16 is
-- of the plugin's corpus (and so 2), 32 nothing says who upgraded or made it, 64 and 128 its tier (1 core,
-- 2 peripheral, 3 working, 0 none of these), 256 all of these are told: rows of before have 1 to 16 alone.
CREATE TABLE IF NOT EXISTS memories_doc (
  doc INTEGER PRIMARY KEY,
  id TEXT UNIQUE NOT NULL,
  last_version INTEGER NOT NULL,
  timestamp INTEGER,
  abstract TEXT,
  flags INTEGER,
  state TEXT GENERATED ALWAYS AS (CASE
    WHEN flags IS NULL THEN NULL
    WHEN flags & 3 = 0 THEN 'LEGACY'
    WHEN flags & 4 THEN 'FALLBACK'
    ELSE 'UPGRADED' END) VIRTUAL
);
-- With the flags behind, so that it alone tells all of a row that is asked of many.
CREATE INDEX IF NOT EXISTS memories_doc_state ON memories_doc (state, timestamp, id, flags);
CREATE INDEX IF NOT EXISTS memories_doc_retryable ON memories_doc (timestamp, id) WHERE flags & 12;

-- The rows of memories_doc whose abstract changed since it was indexed. Indexing one costs more than all
-- the rest of a write of metadata, so it is done later, outside of anybody's write; until then a search
-- reads these abstracts themselves.
CREATE TABLE IF NOT EXISTS memories_abstract_pending (doc INTEGER PRIMARY KEY);

-- Texts that the index still knows of a row while a statement takes them away: INSERT OR REPLACE fires no
-- delete trigger. What a statement leaves, because it came to nothing, is the text that the row still has;
-- only the last few of these stay.
CREATE TABLE IF NOT EXISTS memories_text_replaced (n INTEGER PRIMARY KEY, id TEXT NOT NULL, text);

-- The legacy rule and what else is read from a row, in one pass over its metadata. json_each and not
-- json_extract: of a key that comes twice the last one counts, as everywhere outside of SQLite. So the
-- highest position is taken with the answer behind it: doubled, plus a bit; or in twelve digits, then
-- whether the value is a text, then the value (as a blob, for substr ends a text at a zero byte).
CREATE VIEW memories_derived AS
SELECT
  m.id AS id,
  CAST(m.text AS TEXT) AS text,
  m.timestamp AS timestamp,
  CASE WHEN substr(max(CASE WHEN "key" = 'l0_abstract'
      THEN printf('%012d%d', j.id, type = 'text') || value END), 13, 1) = '1'
    THEN CAST(substr(CAST(max(CASE WHEN "key" = 'l0_abstract'
      THEN printf('%012d%d', j.id, type = 'text') || value END) AS BLOB), 14) AS TEXT)
    END AS abstract,
  coalesce(max(CASE WHEN "key" = 'memory_category'
      THEN j.id * 2 + (type NOT IN ('null', 'false') AND value <> ''
        AND NOT (type IN ('integer', 'real') AND value = 0)) END) & 1, 0)
    | coalesce(max(CASE WHEN "key" = 'type'
      THEN j.id * 2 + (type = 'text' AND value IN (
        'memory-reflection', 'memory-reflection-event', 'memory-reflection-item',
        'memory-reflection-mapped')) END) & 1, 0) * 2
    | coalesce(max(CASE WHEN "key" = 'upgrade_error'
      THEN j.id * 2 + (type = 'text' AND value <> '') END) & 1, 0) * 4
    | coalesce(max(CASE WHEN "key" = 'upgraded_by'
      THEN j.id * 2 + (type = 'text' AND value = 'simple') END) & 1, 0) * 8
    | coalesce(max(CASE WHEN "key" = 'openclaw_corpus'
      THEN j.id * 2 + (type = 'true') END) & 1, 0) * 18
    | coalesce(CAST(m.category AS TEXT) = 'reflection', 0) * 2
    | (count(CASE WHEN "key" IN ('upgraded_at', 'upgraded_by') THEN 1 END)
      + coalesce(max(CASE WHEN "key" = 'source'
        THEN j.id * 2 + (type = 'text' AND value NOT IN ('', 'legacy')) END) & 1, 0)
      + coalesce(max(CASE WHEN "key" = 'type'
        THEN j.id * 2 + (type = 'text' AND value = 'session-summary') END) & 1, 0)
      + coalesce(max(CASE WHEN "key" = 'compacted' THEN j.id * 2 + (type = 'true') END) & 1, 0)
      = 0) * 32
    | coalesce(max(CASE WHEN "key" = 'tier'
      THEN j.id * 4 + CASE WHEN type <> 'text' THEN 0
        WHEN value = 'core' THEN 1 WHEN value = 'peripheral' THEN 2 WHEN value = 'working' THEN 3
        ELSE 0 END END) & 3, 0) * 64
    | 256 AS flags
FROM memories m
LEFT JOIN json_each(
    CASE WHEN json_valid(CAST(m.metadata AS TEXT)) THEN CAST(m.metadata AS TEXT) ELSE '{}' END) j
  ON j."key" IN ('l0_abstract', 'memory_category', 'type', 'upgrade_error', 'upgraded_by', 'openclaw_corpus',
    'upgraded_at', 'source', 'compacted', 'tier')
GROUP BY m.id;
