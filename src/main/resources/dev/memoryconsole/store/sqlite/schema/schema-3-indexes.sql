-- Version 3: the indexes over the memories themselves. A large table of another program goes without: to make
-- one takes longer than the store's lock may be held.

CREATE INDEX IF NOT EXISTS memories_time ON memories (timestamp, id);
CREATE INDEX IF NOT EXISTS memories_scope ON memories (scope, category);
-- The orders that the window offers, each with what breaks ties. Nobody's write of metadata touches them. What a
-- text begins with is enough to find its place, and keeps the index small.
CREATE INDEX IF NOT EXISTS memories_by_text ON memories (substr(text, 1, 60), id);
CREATE INDEX IF NOT EXISTS memories_by_category ON memories (category, timestamp, id);
CREATE INDEX IF NOT EXISTS memories_by_scope ON memories (scope, timestamp, id);
CREATE INDEX IF NOT EXISTS memories_by_importance ON memories (importance, timestamp, id);
