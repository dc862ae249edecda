package dev.daypass.ledger.json;

/** One value of the canonical JSON that the ledger hashes; there is no {@code null}. */
public sealed interface JsonValue
    permits JsonObject, JsonArray, JsonText, JsonInteger, JsonBoolean {}
