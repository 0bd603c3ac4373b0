-- The archive, version 4: conversations that the user wants to hear less of, or more, and failures as news.

-- Until when popups of the conversation are not wanted.
ALTER TABLE conversations ADD COLUMN muted_until INTEGER;
-- Its popups break through the quiet hours.
ALTER TABLE conversations ADD COLUMN vip INTEGER NOT NULL DEFAULT 0 CHECK (vip IN (0, 1));

-- Messages that turned out not to be deliverable, in the order in which that became known.
CREATE TABLE failures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id INTEGER NOT NULL UNIQUE REFERENCES messages (id) ON DELETE CASCADE
) STRICT;
