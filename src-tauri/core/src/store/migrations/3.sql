-- The archive, version 3: when providers could not reach this engine, and who posted what.

-- The IP address of the client; null where it is not known.
ALTER TABLE deliveries ADD COLUMN client TEXT;

CREATE TABLE outages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    began_at INTEGER NOT NULL,
    ended_at INTEGER, -- null while it goes on
    trouble TEXT NOT NULL, -- JSON
    dismissed INTEGER NOT NULL DEFAULT 0 CHECK (dismissed IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX outages_open ON outages (ended_at IS NULL) WHERE ended_at IS NULL;

-- What customers sent in an outage and what came after it is counted along this.
CREATE INDEX messages_sent_live ON messages (sent_at) WHERE direction = 'in' AND telling = 'live';
