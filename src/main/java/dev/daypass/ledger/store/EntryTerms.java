package dev.daypass.ledger.store;

import dev.daypass.ledger.json.JsonObject;
import dev.daypass.tlog.EntryNumber;
import java.util.List;
import java.util.stream.Stream;

/**
 * What details name beside a person, a role and a key, as an index has it: servers, and earlier
 * entries, which are the serials of certificates. V6__terms.sql reads older details the same way.
 */
public final class EntryTerms {
  private static final List<String> OF_SERVERS = List.of("host", "name", "reported_by", "server");
  private static final List<String> OF_ENTRIES = List.of("serial", "entry");

  private EntryTerms() {}

  /** The term of entries that name this server. */
  public static String server(String name) {
    return "server:" + name;
  }

  /** The term of entries that name this one: its certificate's failure, sessions, revocation. */
  public static String entry(EntryNumber number) {
    return "entry:" + number;
  }

  /** Each term of these details once. */
  public static List<String> of(JsonObject details) {
    return Stream.concat(
            servers(details).map(EntryTerms::server),
            Stream.concat(details.texts("serials").stream(), named(details, OF_ENTRIES))
                .map(serial -> "entry:" + serial))
        .distinct()
        .toList();
  }

  /** The servers that details name: granted, joined, reporting. */
  public static Stream<String> servers(JsonObject details) {
    return Stream.concat(details.texts("hosts").stream(), named(details, OF_SERVERS));
  }

  private static Stream<String> named(JsonObject details, List<String> members) {
    return members.stream().flatMap(member -> details.text(member).stream());
  }
}
