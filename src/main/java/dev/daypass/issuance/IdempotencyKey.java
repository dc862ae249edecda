package dev.daypass.issuance;

import dev.daypass.identity.Identity;
import dev.daypass.ssh.Bytes;
import java.util.Optional;

/**
 * A client's own name for a request, bound to whom it belongs: SHA-256 over identity, key and name
 * (DESIGN section 7). Only the hash is kept, in memory and as a search column.
 */
record IdempotencyKey(Bytes hash) {

  static Optional<IdempotencyKey> of(Identity identity, RequestContext context) {
    return context
        .idempotencyKey()
        .map(name ->
            new IdempotencyKey(
                Bytes.ofUtf8(
                        String.join(
                            "\n",
                            identity.id().issuer(),
                            identity.id().subject(),
                            context.provenKey().fingerprint().toString(),
                            name))
                    .sha256()));
  }
}
