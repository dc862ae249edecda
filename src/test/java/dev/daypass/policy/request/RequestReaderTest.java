package dev.daypass.policy.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.policy.AccessRequest;
import dev.daypass.policy.Restriction;
import dev.daypass.policy.Samples;
import dev.daypass.policy.address.Cidr;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.refusal.RefusalCode;
import dev.daypass.policy.role.Extension;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

  private static final Map<HostName, Host> DIRECTORY =
      Map.of(Samples.DB_1.name(), Samples.DB_1, Samples.DB_2.name(), Samples.DB_2);
  private static final RequestReader READER =
      new RequestReader(name -> Optional.ofNullable(DIRECTORY.get(name)));

  private static List<RefusalCode> codes(RawRequest raw) {
    RequestReading reading = READER.read(raw, Samples.ed25519(), Optional.empty());
    assertThat(reading).isInstanceOf(RequestReading.Unreadable.class);
    return ((RequestReading.Unreadable) reading)
        .refusal().reasons().stream().map(reason -> reason.code()).toList();
  }

  private static RawRequest times(String ttl, String validAfter) {
    return raw("r", ttl, validAfter, "", null, null, null, null);
  }

  private static RawRequest reason(String reason) {
    return new RawRequest(
        "r",
        Optional.empty(),
        Optional.empty(),
        Optional.of(reason),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static RawRequest hosts(String... hosts) {
    return raw("r", "", "", "", List.of(hosts), null, null, null);
  }

  private static RawRequest ranges(String... ranges) {
    return raw("r", "", "", "", null, List.of(ranges), null, null);
  }

  private static RawRequest command(String command) {
    return raw("r", "", "", "", null, null, command, null);
  }

  private static RawRequest raw(
      String role,
      String ttl,
      String validAfter,
      String reason,
      @Nullable List<String> hosts,
      @Nullable List<String> ranges,
      @Nullable String command,
      @Nullable List<String> without) {
    return new RawRequest(
        role,
        Optional.of(ttl).filter(text -> !text.isEmpty()),
        Optional.of(validAfter).filter(text -> !text.isEmpty()),
        Optional.of(reason).filter(text -> !text.isEmpty()),
        Optional.ofNullable(hosts),
        Optional.ofNullable(ranges),
        Optional.ofNullable(command),
        Optional.ofNullable(without));
  }

  @Test
  void readsEveryMember() {
    RawRequest raw =
        raw(
            "prod-db-debug",
            "45m",
            "2026-11-21T02:00:00Z",
            "INC-7: slow queries",
            List.of("db-1.prod.example.com"),
            List.of("10.1.0.0/16", "10.1.0.0/16"),
            "psql -X",
            List.of("permit-pty"));
    RequestReading reading = READER.read(raw, Samples.ed25519(), Optional.empty());
    assertThat(reading)
        .isEqualTo(
            new RequestReading.Read(
                new AccessRequest(
                    Samples.DEBUG,
                    Samples.ed25519(),
                    Optional.of(Duration.ofMinutes(45)),
                    Optional.of(Instant.parse("2026-11-21T02:00:00Z")),
                    Optional.of("INC-7: slow queries"),
                    List.of(Samples.DB_1),
                    new Restriction(
                        List.of(Cidr.parse("10.1.0.0/16").orElseThrow()),
                        Optional.of("psql -X"),
                        Set.of(Extension.PERMIT_PTY)),
                    Optional.empty())));
  }

  @Test
  void aRoleAloneIsEnough() {
    assertThat(READER.read(RawRequest.of("r"), Samples.ed25519(), Optional.empty()))
        .isInstanceOf(RequestReading.Read.class);
  }

  /** CASES 3 to 11, with role and host in the place of the principal. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "a,root", "a\0", "a\n", "a b", " a", "*", "!a", "Root", "\u0440oot", "\ud800"})
  void refusesNamesOutsideTheGrammar(String text) {
    assertThat(codes(RawRequest.of(text))).containsExactly(RefusalCode.ROLE_MALFORMED);
    assertThat(codes(hosts(text))).containsExactly(RefusalCode.HOST_MALFORMED);
  }

  /** CASES 1, 12 and 13. */
  @Test
  void refusesListsOfHostsThatAreEmptyLongOrRepeating() {
    assertThat(codes(hosts())).containsExactly(RefusalCode.PRINCIPALS_EMPTY);
    assertThat(codes(hosts(Collections.nCopies(33, "db-1").toArray(String[]::new))))
        .containsExactly(RefusalCode.TOO_MANY_PRINCIPALS);
    assertThat(codes(hosts("db-1.prod.example.com", "db-1.prod.example.com")))
        .containsExactly(RefusalCode.HOST_REPEATED);
    assertThat(codes(hosts("db-9.prod.example.com"))).containsExactly(RefusalCode.HOST_UNKNOWN);
  }

  /** CASES 28 and 29. */
  @ParameterizedTest
  @ValueSource(
      strings = {"0s", "-1m", "30", "9223372036854775808s", "9999999h", "1e3s", "forever", " 1h"})
  void refusesTtls(String ttl) {
    assertThat(codes(times(ttl, ""))).containsExactly(RefusalCode.TTL_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "now",
        "1700000000",
        "2026-13-01T00:00:00Z",
        "2026-11-21T02:00:00",
        "2026-11-21T02:00:00+01:00",
        "2026-11-21T02:00:00.5Z",
        "+999999999-01-01T00:00:00Z"
      })
  void refusesTimes(String time) {
    assertThat(codes(times("", time))).containsExactly(RefusalCode.VALID_AFTER_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "\u001b[2J", "a\u202eb", "\ud800"})
  void refusesReasonsThatCannotBeShown(String text) {
    assertThat(codes(reason(text))).containsExactly(RefusalCode.REASON_MALFORMED);
  }

  @Test
  void boundsReasonsAndCommands() {
    assertThat(codes(reason("x".repeat(501)))).containsExactly(RefusalCode.REASON_MALFORMED);
    assertThat(codes(command("x".repeat(1001))))
        .containsExactly(RefusalCode.FORCE_COMMAND_MALFORMED);
  }

  /** CASES 21. */
  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1/8", " 10.0.0.0/8", "!10.0.0.0/8", "", "0.0.0.0/0", "localhost"})
  void refusesSourceAddresses(String range) {
    assertThat(codes(ranges("10.1.0.0/16", range)))
        .containsExactly(RefusalCode.SOURCE_ADDRESS_MALFORMED);
    assertThat(codes(ranges())).containsExactly(RefusalCode.SOURCE_ADDRESS_MALFORMED);
  }

  /** CASES 23. */
  @ParameterizedTest
  @ValueSource(strings = {"", "id\0", "id\nreboot", "\u0007"})
  void refusesCommandsWithControlCharacters(String text) {
    assertThat(codes(command(text))).containsExactly(RefusalCode.FORCE_COMMAND_MALFORMED);
  }

  /** CASES 18, 19 and 27: only known extensions have a name here. */
  @ParameterizedTest
  @ValueSource(strings = {"force-command", "permit-PTY", "", "permit-pty\0", "p\u0435rmit-pty"})
  void refusesUnknownExtensions(String text) {
    assertThat(codes(raw("r", "", "", "", null, null, null, List.of(text))))
        .containsExactly(RefusalCode.EXTENSION_UNKNOWN);
  }

  @Test
  void namesOneReasonForAnyNumberOfUnknownExtensions() {
    List<String> many = Collections.nCopies(20_000, "x");
    assertThat(codes(raw("r", "", "", "", null, null, null, many)))
        .containsExactly(RefusalCode.EXTENSION_UNKNOWN);
  }

  @Test
  void reportsEverythingThatIsWrong() {
    assertThat(
            codes(
                raw("R", "0s", "x", "", List.of("A"), List.of("x"), "a\nb", List.of("permit-all"))))
        .containsExactly(
            RefusalCode.ROLE_MALFORMED,
            RefusalCode.TTL_MALFORMED,
            RefusalCode.VALID_AFTER_MALFORMED,
            RefusalCode.HOST_MALFORMED,
            RefusalCode.SOURCE_ADDRESS_MALFORMED,
            RefusalCode.FORCE_COMMAND_MALFORMED,
            RefusalCode.EXTENSION_UNKNOWN);
  }
}
