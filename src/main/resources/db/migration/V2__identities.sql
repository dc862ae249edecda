-- DESIGN, sections 4 and 5: a username and an account belong to one identity each.

CREATE TABLE usernames (
  username TEXT PRIMARY KEY,                     -- folded, so that look-alikes by case are one
  issuer   TEXT NOT NULL,
  subject  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
  account TEXT PRIMARY KEY,
  issuer  TEXT NOT NULL,
  subject TEXT NOT NULL
) STRICT, WITHOUT ROWID;
