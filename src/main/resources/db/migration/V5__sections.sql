-- Identities and keys come in no order: in an index of all of them, each row of a batch changes a
-- page of its own, and the more the longer the ledger. Here a section for every 1024 entries
-- comes before them, so that all that is new falls into a few pages at the end. A search looks
-- into one section after another, the newest first (SectionedSearch).

DROP INDEX details_by_identity;
DROP INDEX details_by_key;

CREATE INDEX details_by_identity ON details (number >> 10, identity)
  WHERE identity IS NOT NULL;
CREATE INDEX details_by_key ON details (number >> 10, key_fingerprint)
  WHERE key_fingerprint IS NOT NULL;
