package dev.daypass.login.store;

import java.time.Instant;

/** A login that has ended, whose end may not be in the ledger yet. */
public record EndedLogin(StoredLogin login, LoginEnd end, Instant endedAt) {}
