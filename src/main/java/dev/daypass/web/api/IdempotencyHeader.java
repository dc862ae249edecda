package dev.daypass.web.api;

import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.RequestFailed;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The Idempotency-Key header: 1 to 128 printable ASCII characters, at most once. */
final class IdempotencyHeader {
  private static final Pattern GRAMMAR = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private IdempotencyHeader() {}

  static Optional<String> value(Exchange exchange) throws RequestFailed {
    List<String> values = exchange.headers("Idempotency-Key");
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (values.size() > 1 || !GRAMMAR.matcher(values.getFirst()).matches()) {
      throw new RequestFailed(
          Problem.of(
              400,
              "idempotency_key_malformed",
              "Idempotency-Key is not one word of 1 to 128 printable ASCII characters.",
              "Send one such word, new for each new request."));
    }
    return Optional.of(values.getFirst());
  }
}
