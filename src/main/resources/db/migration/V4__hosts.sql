-- DESIGN, sections 6, 7 and 9: the servers that joined, and how they come to.

CREATE TABLE hosts (
  name            TEXT PRIMARY KEY,
  key_fingerprint BLOB NOT NULL UNIQUE CHECK (length(key_fingerprint) = 32),
  key             TEXT NOT NULL,
  labels          TEXT NOT NULL,                 -- name=value, a space between each two
  mode            TEXT NOT NULL,
  joined_at       INTEGER NOT NULL,              -- milliseconds since 1970, as all times here
  joined          INTEGER NOT NULL,              -- the number of host.joined
  changed         INTEGER NOT NULL               -- the number of the newest entry about it
) STRICT, WITHOUT ROWID;

-- Changes that wait for their entries: one of a name, and one of a key.
CREATE TABLE host_changes (
  name            TEXT PRIMARY KEY,
  key_fingerprint BLOB NOT NULL UNIQUE CHECK (length(key_fingerprint) = 32),
  id              TEXT NOT NULL,
  kind            TEXT NOT NULL,
  basis           INTEGER,
  key             TEXT NOT NULL,
  labels          TEXT NOT NULL,
  mode            TEXT NOT NULL,
  by              TEXT NOT NULL,
  why             TEXT NOT NULL,
  at              INTEGER NOT NULL,
  CHECK ((basis IS NULL) = (kind = 'JOINED'))
) STRICT, WITHOUT ROWID;

CREATE TABLE join_tokens (
  sha256      BLOB PRIMARY KEY CHECK (length(sha256) = 32),
  name        TEXT NOT NULL,
  labels      TEXT NOT NULL,
  valid_until INTEGER NOT NULL,
  made_by     TEXT NOT NULL,
  used        INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE asking_hosts (
  key_fingerprint BLOB PRIMARY KEY CHECK (length(key_fingerprint) = 32),
  key             TEXT NOT NULL,
  claimed         TEXT NOT NULL,
  mode            TEXT NOT NULL,
  address         TEXT NOT NULL,
  asked_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
