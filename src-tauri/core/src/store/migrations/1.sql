-- The archive, version 1. Times are milliseconds since 1970 UTC. Keys of items are opaque texts, see `ItemKey`.

-- The exact bytes of deliveries, each kept once however often it came.
CREATE TABLE bodies (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE, -- SHA-256
    bytes BLOB NOT NULL
) STRICT;

-- The event log: one line for every POST.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at INTEGER NOT NULL,
    hook TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('read', 'unread', 'rejected')),
    note TEXT, -- what could not be understood
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    repeats INTEGER REFERENCES deliveries (id) ON DELETE SET NULL -- the first delivery of the same bytes
) STRICT;
CREATE INDEX deliveries_by_body ON deliveries (body_id, id);
CREATE INDEX deliveries_by_first ON deliveries (repeats) WHERE repeats IS NOT NULL;
CREATE INDEX deliveries_unusual ON deliveries (outcome, id) WHERE outcome <> 'read';

CREATE TABLE channels (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    phone_number_id TEXT NOT NULL UNIQUE, -- '' where the payload names none
    number TEXT
) STRICT;

CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel_id INTEGER NOT NULL REFERENCES channels (id),
    name TEXT,
    name_at INTEGER,
    username TEXT,
    username_at INTEGER
) STRICT;

-- Every name that people can be found by. A person is known to one business number only.
CREATE TABLE names (
    channel_id INTEGER NOT NULL REFERENCES channels (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id),
    PRIMARY KEY (channel_id, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX names_by_person ON names (person_id);

-- With a person, with a group, or (both null) with nobody that the payload names.
CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel_id INTEGER NOT NULL REFERENCES channels (id),
    person_id INTEGER UNIQUE REFERENCES people (id),
    group_id TEXT,
    last_message_id INTEGER, -- null while there is no message in it
    last_at INTEGER
) STRICT;
CREATE UNIQUE INDEX conversations_by_group ON conversations (channel_id, coalesce(group_id, '')) WHERE person_id IS NULL;
CREATE INDEX conversations_by_time ON conversations (last_at, id) WHERE last_message_id IS NOT NULL;

CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel_id INTEGER NOT NULL REFERENCES channels (id),
    key TEXT NOT NULL,
    wamid TEXT, -- null where the payload has no id
    conversation_id INTEGER NOT NULL REFERENCES conversations (id),
    author_id INTEGER REFERENCES people (id),
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    telling TEXT NOT NULL CHECK (telling IN ('live', 'echo', 'history', 'status')), -- 'status': known by its statuses only
    kind TEXT NOT NULL,
    text TEXT,
    preview TEXT NOT NULL,
    context TEXT, -- JSON
    reply_to TEXT, -- key of the message that it answers
    sent_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    tick INTEGER, -- rank on the ladder
    unread INTEGER NOT NULL CHECK (unread IN (0, 1)),
    arrival INTEGER UNIQUE, -- counts what is news to the user; null for what is not
    edited_at INTEGER,
    revoked_at INTEGER,
    UNIQUE (channel_id, key)
) STRICT;
CREATE INDEX messages_by_time ON messages (conversation_id, sent_at, id);
CREATE INDEX messages_incoming ON messages (conversation_id, sent_at) WHERE direction = 'in';
CREATE INDEX messages_unread ON messages (conversation_id, sent_at, id) WHERE unread = 1;
CREATE INDEX messages_failed ON messages (conversation_id) WHERE tick = 2;

-- Every step told, by key of the message and not by its row: it may come first.
CREATE TABLE statuses (
    channel_id INTEGER NOT NULL REFERENCES channels (id),
    message_key TEXT NOT NULL,
    status TEXT NOT NULL,
    whom TEXT NOT NULL, -- participant, else recipient, else ''
    recipient TEXT,
    participant TEXT,
    at INTEGER NOT NULL,
    at_told INTEGER NOT NULL CHECK (at_told IN (0, 1)),
    code INTEGER,
    title TEXT,
    details TEXT,
    terms TEXT, -- JSON
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    PRIMARY KEY (channel_id, message_key, status, whom)
) STRICT, WITHOUT ROWID;

-- Reactions, edits and deletions, by key of the message and not by its row: they may come first.
CREATE TABLE amendments (
    channel_id INTEGER NOT NULL REFERENCES channels (id),
    key TEXT NOT NULL,
    target TEXT NOT NULL,
    deed TEXT NOT NULL CHECK (deed IN ('reaction', 'edit', 'revoke')),
    author_id INTEGER REFERENCES people (id), -- null: the business, or nobody named
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    value TEXT, -- emoji ('' takes it away) or new text
    at INTEGER NOT NULL,
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    PRIMARY KEY (channel_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX amendments_by_target ON amendments (channel_id, target, deed, at, key);

-- Everything else that was told.
CREATE TABLE notices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel_id INTEGER NOT NULL REFERENCES channels (id),
    field TEXT NOT NULL,
    key TEXT NOT NULL,
    at INTEGER,
    summary TEXT NOT NULL,
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    UNIQUE (channel_id, field, key)
) STRICT;

-- How far each consumer of messages has come.
CREATE TABLE cursors (
    name TEXT PRIMARY KEY,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The search index over the texts of messages. It holds words, the texts stay where they are.
CREATE VIRTUAL TABLE message_words USING fts5 (
    text, content = 'messages', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER messages_added AFTER INSERT ON messages WHEN new.text IS NOT NULL BEGIN
    INSERT INTO message_words (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER messages_removed AFTER DELETE ON messages WHEN old.text IS NOT NULL BEGIN
    INSERT INTO message_words (message_words, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER messages_text_changed AFTER UPDATE OF text ON messages WHEN new.text IS NOT old.text BEGIN
    INSERT INTO message_words (message_words, rowid, text) SELECT 'delete', old.id, old.text WHERE old.text IS NOT NULL;
    INSERT INTO message_words (rowid, text) SELECT new.id, new.text WHERE new.text IS NOT NULL;
END;
