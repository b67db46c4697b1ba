-- Version 2: the indexes over the memories themselves. A large table of another program goes without: to make
-- one takes longer than the store's lock may be held.

CREATE INDEX IF NOT EXISTS memories_time ON memories (timestamp, id);
CREATE INDEX IF NOT EXISTS memories_scope ON memories (scope, category);
