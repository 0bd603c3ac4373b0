-- The archive, version 2: every kind of message has its content, and what two deliveries tell differently is decided by what
-- they tell and not by which came first. `edition` is the reader's that wrote a row; see `webhook::EDITION`.

-- `phone_number_id`, '' where the payload names none, `sms:` and the address for text messages.
ALTER TABLE channels RENAME COLUMN phone_number_id TO key;
ALTER TABLE channels ADD COLUMN kind TEXT NOT NULL DEFAULT 'whatsapp' CHECK (kind IN ('whatsapp', 'sms'));

-- What the business calls them in its own address book; '' where the entry was taken away.
ALTER TABLE people ADD COLUMN contact_name TEXT;
ALTER TABLE people ADD COLUMN contact_name_at INTEGER;

-- Since when the person has another name of this kind.
ALTER TABLE names ADD COLUMN superseded_at INTEGER;

-- What a group is called.
ALTER TABLE conversations ADD COLUMN subject TEXT;
ALTER TABLE conversations ADD COLUMN subject_at INTEGER;

-- The table is built anew, because what it checks cannot be changed in place.
CREATE TABLE messages_2 (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel_id INTEGER NOT NULL REFERENCES channels (id),
    key TEXT NOT NULL,
    wamid TEXT, -- null where the payload has no id
    conversation_id INTEGER NOT NULL REFERENCES conversations (id),
    author_id INTEGER REFERENCES people (id),
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    -- 'status': known by its statuses only; 'call': no message, but known by its steps as well
    telling TEXT NOT NULL CHECK (telling IN ('live', 'echo', 'history', 'status', 'call')),
    kind TEXT NOT NULL,
    text TEXT, -- the words as they are now
    original TEXT, -- the words as they were before an edit
    content TEXT, -- JSON; null where there is nothing but words
    preview TEXT NOT NULL,
    context TEXT, -- JSON
    referral TEXT, -- JSON
    problem TEXT, -- JSON
    reply_to TEXT, -- key of the message that it answers
    sent_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    tick INTEGER, -- rank on the ladder
    tick_told INTEGER, -- the same, as told with the message and not by a status
    unread INTEGER NOT NULL CHECK (unread IN (0, 1)),
    arrival INTEGER UNIQUE, -- counts what is news to the user; null for what is not
    edited_at INTEGER,
    revoked_at INTEGER,
    -- Of two that are told under one key, the one with the greater of these counts.
    edition INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    fingerprint INTEGER NOT NULL,
    UNIQUE (channel_id, key)
) STRICT;
INSERT INTO messages_2 (id, channel_id, key, wamid, conversation_id, author_id, direction, telling, kind, text, preview, context,
    reply_to, sent_at, received_at, delivery_id, tick, unread, arrival, edited_at, revoked_at, edition, rank, fingerprint)
SELECT id, channel_id, key, wamid, conversation_id, author_id, direction, telling, kind, text, preview, context,
    reply_to, sent_at, received_at, delivery_id, tick, unread, arrival, edited_at, revoked_at, 1, 0, 0
FROM messages;
DROP TABLE messages;
ALTER TABLE messages_2 RENAME TO messages;
CREATE INDEX messages_by_time ON messages (conversation_id, sent_at, id);
CREATE INDEX messages_incoming ON messages (conversation_id, sent_at) WHERE direction = 'in' AND kind NOT IN ('system', 'request_welcome');
CREATE INDEX messages_unread ON messages (conversation_id, sent_at, id) WHERE unread = 1;
CREATE INDEX messages_failed ON messages (conversation_id) WHERE tick = 2;
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

ALTER TABLE statuses ADD COLUMN seconds INTEGER; -- how long a call lasted
ALTER TABLE statuses ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;
ALTER TABLE statuses ADD COLUMN fingerprint INTEGER NOT NULL DEFAULT 0;

ALTER TABLE amendments ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;
ALTER TABLE amendments ADD COLUMN fingerprint INTEGER NOT NULL DEFAULT 0;

ALTER TABLE notices ADD COLUMN topic TEXT NOT NULL DEFAULT 'unknown';
ALTER TABLE notices ADD COLUMN facts TEXT; -- JSON
ALTER TABLE notices ADD COLUMN concern TEXT NOT NULL DEFAULT 'nothing' CHECK (concern IN ('nothing', 'problem', 'over', 'progress'));
ALTER TABLE notices ADD COLUMN subject TEXT; -- what the concern is about: the newest of one subject holds
ALTER TABLE notices ADD COLUMN percent INTEGER;
ALTER TABLE notices ADD COLUMN moment INTEGER NOT NULL DEFAULT 0; -- when it was told, else when it came
ALTER TABLE notices ADD COLUMN dismissed INTEGER NOT NULL DEFAULT 0 CHECK (dismissed IN (0, 1));
ALTER TABLE notices ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;
CREATE INDEX notices_by_subject ON notices (subject, moment) WHERE subject IS NOT NULL;
