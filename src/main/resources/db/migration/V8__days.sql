-- What a day brought, for charts: kept by a reader of the ledger that comes after its writer
-- (ledger.count). Numbers and names of roles alone: an erasure leaves them as they are.

CREATE TABLE counted (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  next INTEGER NOT NULL CHECK (next >= 0)        -- every entry below it is counted
) STRICT;

INSERT INTO counted VALUES (1, 0);

CREATE TABLE day_counts (
  what  TEXT NOT NULL CHECK (what IN ('role', 'hour', 'refusals', 'alarms')),
  day   INTEGER NOT NULL,                        -- days since 1970, UTC
  name  TEXT NOT NULL,                           -- the role or the hour of grants; else empty
  count INTEGER NOT NULL,
  PRIMARY KEY (what, day, name)
) STRICT, WITHOUT ROWID;

-- A few of each day. These say something of one certificate: an erasure takes them with it.
CREATE TABLE day_longest (
  day     INTEGER NOT NULL,
  seconds INTEGER NOT NULL,
  number  INTEGER NOT NULL UNIQUE REFERENCES details (number),
  PRIMARY KEY (day, seconds, number)
) STRICT, WITHOUT ROWID;
