-- DESIGN, section 4: whom a key belongs to, for ever; open logins; ends that wait for their entries.

CREATE TABLE bound_keys (
  key_fingerprint BLOB PRIMARY KEY CHECK (length(key_fingerprint) = 32),
  issuer          TEXT NOT NULL,
  subject         TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE logins (
  id                TEXT PRIMARY KEY,
  key_fingerprint   BLOB NOT NULL REFERENCES bound_keys (key_fingerprint),
  key               TEXT NOT NULL,
  issuer            TEXT NOT NULL,
  subject           TEXT NOT NULL,
  identity          TEXT NOT NULL,               -- JSON, as of the last check
  hostname          TEXT NOT NULL,
  mode              TEXT NOT NULL,
  address           TEXT NOT NULL,
  opened_at         INTEGER NOT NULL,            -- milliseconds since 1970, as all times here
  until             INTEGER NOT NULL,
  token             BLOB,                        -- sealed
  checked_at        INTEGER NOT NULL,
  unreachable_since INTEGER,
  check_in_flight   INTEGER NOT NULL CHECK (check_in_flight IN (0, 1)),
  ended_at          INTEGER,
  end_cause         TEXT,
  end_by            TEXT,
  end_why           TEXT,
  end_revokes       INTEGER CHECK (end_revokes IN (0, 1)),
  CHECK ((ended_at IS NULL) = (end_cause IS NULL)),
  CHECK (ended_at IS NULL OR token IS NULL)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX open_login_by_key ON logins (key_fingerprint) WHERE ended_at IS NULL;
CREATE INDEX logins_by_identity ON logins (issuer, subject);
