package dev.daypass.login.store;

import dev.daypass.login.Ender;
import java.util.Optional;

/**
 * The end of a login as it is written down.
 *
 * @param cause one word
 * @param by an operator, or the login that took its place
 * @param why the identity provider's or the operator's own word
 * @param revokes whether its live certificates are revoked
 */
public record LoginEnd(String cause, Optional<String> by, Optional<String> why, boolean revokes) {
  /** What an ender is in the ledger. */
  public static LoginEnd of(Ender ender) {
    return switch (ender) {
      case Ender.Owner _ -> of("logout", Optional.empty(), Optional.empty(), ender);
      case Ender.Operator(String who, String reason) ->
          of("operator", Optional.of(who), Optional.of(reason), ender);
      case Ender.Provider(String error) ->
          of("provider", Optional.empty(), Optional.of(error), ender);
      case Ender.DoubtfulCheck(String error) ->
          of(
              "provider",
              Optional.empty(),
              Optional.of(error + " after a check that was cut off; its certificates stay"),
              ender);
      case Ender.Replaced(var by) ->
          of("replaced", Optional.of(by.text()), Optional.empty(), ender);
      case Ender.Expiry _ -> of("expired", Optional.empty(), Optional.empty(), ender);
    };
  }

  private static LoginEnd of(String cause, Optional<String> by, Optional<String> why, Ender ender) {
    return new LoginEnd(cause, by, why, ender.revokes());
  }
}
