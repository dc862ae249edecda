-- DESIGN, section 6: the public entries, the private details beside them, and the tree.

CREATE TABLE entries (
  number INTEGER PRIMARY KEY CHECK (number >= 0),
  entry  BLOB NOT NULL CHECK (length(entry) BETWEEN 1 AND 1024)
) STRICT;

-- What an erasure takes away stands here and nowhere else: details and search columns together.
CREATE TABLE details (
  number          INTEGER PRIMARY KEY REFERENCES entries (number),
  kind            TEXT NOT NULL,
  at              INTEGER NOT NULL,              -- milliseconds since 1970
  erased_by       INTEGER REFERENCES entries (number),
  identity        TEXT,
  role            TEXT,
  key_fingerprint BLOB CHECK (length(key_fingerprint) = 32),
  idempotency_key BLOB,
  details         BLOB,                          -- canonical JSON; null once erased
  CHECK ((details IS NULL) = (erased_by IS NOT NULL))
) STRICT;

CREATE INDEX details_by_kind ON details (kind, number);
CREATE INDEX details_by_at ON details (at, number);
CREATE INDEX details_by_identity ON details (identity, number) WHERE identity IS NOT NULL;
CREATE INDEX details_by_role ON details (role, number) WHERE role IS NOT NULL;
CREATE INDEX details_by_key ON details (key_fingerprint, number) WHERE key_fingerprint IS NOT NULL;
CREATE INDEX details_by_idempotency ON details (idempotency_key, number)
  WHERE idempotency_key IS NOT NULL;

-- Full tiles only (C2SP tlog-tiles). The root comes before the hashes, so that reading a row of
-- roots does not read the tiles.
CREATE TABLE tiles (
  level  INTEGER NOT NULL,
  tile   INTEGER NOT NULL,
  root   BLOB NOT NULL CHECK (length(root) = 32),
  hashes BLOB NOT NULL CHECK (length(hashes) = 8192),
  PRIMARY KEY (level, tile)
) STRICT;

-- One row: a start reads it instead of the tree, and a second writer is noticed by its size.
CREATE TABLE head (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  size       INTEGER NOT NULL,
  peaks      BLOB NOT NULL,                      -- largest subtree first, 32 bytes each
  newest_at  INTEGER NOT NULL,
  checkpoint TEXT                                -- signed note of an earlier size, or null
) STRICT;

INSERT INTO head VALUES (1, 0, x'', 0, NULL);

-- Written to learn whether a full volume has space again.
CREATE TABLE probe (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  count INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

INSERT INTO probe VALUES (1, 0, x'');
