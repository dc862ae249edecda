package dev.daypass.outward.alarm;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Bytes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;

/**
 * A person used an account: a login was bound, or a certificate granted.
 *
 * @param network where from: the /24 of an IPv4 address, the /48 of an IPv6 one
 * @param computer what a login calls itself; nobody checked it
 */
record Use(long number, Instant at, Optional<String> network, Optional<String> computer) {
  private static final int IPV4_PREFIX = 24;
  private static final int IPV6_PREFIX = 48;

  /** Empty if the entry tells of no person's use. */
  static Optional<Use> of(ReadEntry entry) {
    EntryKind kind = entry.entry().kind();
    Optional<JsonObject> details = entry.details().filter(d -> isUse(kind, d) && isPerson(d));
    return details.map(known ->
        new Use(
            entry.number().value(),
            entry.entry().at(),
            address(known).map(Use::network),
            kind == EntryKind.LOGIN_OPENED ? known.text("hostname") : Optional.empty()));
  }

  static Optional<String> addressText(JsonObject details) {
    return details.text("bound_from").or(() -> details.text("address"));
  }

  /** The hour of the day, in UTC: 0 to 23. */
  int hour() {
    return at.atOffset(ZoneOffset.UTC).getHour();
  }

  private static boolean isUse(EntryKind kind, JsonObject details) {
    return kind == EntryKind.CERTIFICATE_GRANTED
        || (kind == EntryKind.LOGIN_OPENED
            && !details.text("step").equals(Optional.of("consented")));
  }

  private static boolean isPerson(JsonObject details) {
    return details
        .object("identity")
        .flatMap(who -> who.text("kind"))
        .equals(Optional.of("person"));
  }

  private static Optional<IpAddress> address(JsonObject details) {
    return addressText(details).flatMap(IpAddress::parse);
  }

  private static String network(IpAddress address) {
    int prefix = address.isIpv4() ? IPV4_PREFIX : IPV6_PREFIX;
    byte[] octets = address.octets().toArray();
    Arrays.fill(octets, prefix / Byte.SIZE, octets.length, (byte) 0);
    return new IpAddress(Bytes.of(octets)) + "/" + prefix;
  }
}
