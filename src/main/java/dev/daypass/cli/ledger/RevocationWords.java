package dev.daypass.cli.ledger;

import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Spans;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.revocation.RevocationDetails;
import dev.daypass.revocation.Target;
import dev.daypass.tlog.EntryNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an entry {@code revocation.added} says, as a person would. */
final class RevocationWords {
  private final JsonObject details;
  private final Target target;

  private RevocationWords(JsonObject details, Target target) {
    this.details = details;
    this.target = target;
  }

  /** Empty if the details are not of this format. */
  static Optional<RevocationWords> of(JsonObject details) {
    return RevocationDetails.target(details).map(target -> new RevocationWords(details, target));
  }

  String sentence() {
    return switch (target) {
      case Target.OfSerial(var serial) -> "Certificate " + serial + " is revoked.";
      case Target.OfUser(var user) -> "What " + user + " held then is revoked.";
      case Target.OfRole(var role) -> "What was out under the role " + role + " is revoked.";
      case Target.OfKey(var key) -> "The key " + key + " is revoked, for good.";
      case Target.OfHost(var host) -> "The server " + host + " is revoked, for good.";
      case Target.OfLogin(var login) ->
          "The login " + login.text() + " has ended; what was granted under it is revoked.";
      case Target.OfCaKey(var key) ->
          "The CA key " + key + " is revoked, for good, and all that it signed.";
      case Target.OfWindow(var from, var to) ->
          "What was granted from "
              + Spans.exact(from)
              + " until "
              + Spans.exact(to)
              + " and was alive is revoked.";
    };
  }

  Facts facts() {
    List<EntryNumber> serials = RevocationDetails.serials(details);
    return new Facts()
        .add("user", details.object("identity").flatMap(identity -> identity.text("username")))
        .add("why", details.text("why"))
        .add("by", details.text("by"))
        .add("as", details.text("cause"))
        .add("certificates", Integer.toString(serials.size()))
        .add("serials", serials.isEmpty() ? Optional.empty() : Optional.of(ranges(serials)));
  }

  /** Neighbours together: {@code 4, 7 to 12}. */
  private static String ranges(List<EntryNumber> serials) {
    List<Long> sorted = serials.stream().map(EntryNumber::value).sorted().distinct().toList();
    List<String> ranges = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || sorted.get(i) != sorted.get(i - 1) + 1) {
        ranges.add(
            i - from == 1
                ? sorted.get(from).toString()
                : sorted.get(from) + " to " + sorted.get(i - 1));
        from = i;
      }
    }
    return String.join(", ", ranges);
  }
}
