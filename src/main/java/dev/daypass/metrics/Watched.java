package dev.daypass.metrics;

import dev.daypass.fleet.EndWatch;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.fleet.key.KeyBook;
import dev.daypass.ledger.Ledger;
import dev.daypass.revocation.publish.KrlShelf;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What is looked at when somebody asks how it stands.
 *
 * @param bundle the one that is served
 * @param servers how many have joined
 * @param frozen whether an operator has stopped issuance
 */
public record Watched(
    Ledger ledger,
    KeyBook keys,
    KrlShelf krls,
    Supplier<TrustBundle> bundle,
    EndWatch endings,
    IntSupplier servers,
    BooleanSupplier frozen) {}
