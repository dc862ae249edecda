-- What details name beside a person, a role and a key, so that it is found by an index: servers,
-- and earlier entries, which are the serials of certificates. In sections of 1024 entries, as V5.

CREATE TABLE terms (
  section INTEGER NOT NULL,                      -- number >> 10
  term    TEXT NOT NULL,                         -- server:NAME or entry:NUMBER
  number  INTEGER NOT NULL REFERENCES details (number),
  PRIMARY KEY (section, term, number)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO terms
  SELECT number >> 10, 'server:' || host.value, number
    FROM details, json_each(CAST(details AS TEXT), '$.hosts') AS host
    WHERE details IS NOT NULL AND host.type = 'text';

INSERT OR IGNORE INTO terms
  SELECT number >> 10, 'entry:' || serial.value, number
    FROM details, json_each(CAST(details AS TEXT), '$.serials') AS serial
    WHERE details IS NOT NULL AND serial.type = 'text';

INSERT OR IGNORE INTO terms
  SELECT number >> 10,
         iif(member.key IN ('serial', 'entry'), 'entry:', 'server:') || member.value,
         number
    FROM details, json_each(CAST(details AS TEXT)) AS member
    WHERE details IS NOT NULL AND member.type = 'text'
      AND member.key IN ('host', 'name', 'reported_by', 'server', 'serial', 'entry');
