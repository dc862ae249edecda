package dev.daypass.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.identity.Username;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.login.LoginId;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.role.RoleName;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.EntryNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RevocationDetailsTest {
  private static final Revoker ROOT = new Revoker.Local("root");
  private static final Fingerprint KEY = RevocationScenario.ALICES_KEY.fingerprint();
  private static final Instant FROM = Instant.parse("2026-11-21T08:00:00Z");

  static Stream<Target> targets() {
    return Stream.of(
        new Target.OfSerial(new EntryNumber(17)),
        new Target.OfUser(new Username("alice@example.com")),
        new Target.OfRole(new RoleName("prod-db-debug")),
        new Target.OfKey(KEY),
        new Target.OfHost(new HostName("db-1.prod.example.com")),
        new Target.OfLogin(LoginId.parse("AAAAAAAAAAAAAAAAAAAAAA").orElseThrow()),
        new Target.OfCaKey(KEY),
        new Target.OfWindow(FROM, FROM.plusSeconds(60)));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void readsBackWhatItWrote(Target target) {
    List<EntryNumber> serials = List.of(new EntryNumber(3), new EntryNumber(9));
    JsonObject details = RevocationDetails.of(target, ROOT, "laptop lost", serials);
    assertThat(RevocationDetails.target(details)).contains(target);
    assertThat(RevocationDetails.serials(details)).isEqualTo(serials);
    assertThat(details.text("target")).contains(target.kind());
    assertThat(details.text("why")).contains("laptop lost");
    assertThat(details.text("by")).contains("root");
    assertThat(details.text("cause")).contains("operator");
  }

  @ParameterizedTest
  @MethodSource("targets")
  void findsAgainWhatHoldsForGood(Target target) {
    boolean found =
        RevocationDetails.searchKeys(target)
            .identity()
            .equals(RevocationDetails.standing().identity());
    assertThat(found).isEqualTo(target.standing());
  }

  @Test
  void aFullEntryFitsIntoDetails() {
    List<EntryNumber> serials =
        IntStream.range(0, RevocationDetails.MAX_SERIALS)
            .mapToObj(i -> new EntryNumber(Long.MAX_VALUE - i))
            .toList();
    JsonObject details =
        RevocationDetails.of(
            new Target.OfUser(new Username("\u0001".repeat(500))),
            ROOT,
            "\u0001".repeat(500),
            serials);
    assertThat(CanonicalJson.encode(details).size()).isLessThan(60 * 1024);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"serial", "user", "role", "key", "host", "login", "ca_key", "window", "", "else"})
  void whatLacksItsMemberIsNoTarget(String kind) {
    assertThat(RevocationDetails.target(JsonObject.builder().put("target", kind).build()))
        .isEqualTo(Optional.empty());
  }

  @Test
  void aTargetThatIsMalformedIsNone() {
    assertThat(target("serial", "serial", "0")).isEmpty();
    assertThat(target("serial", "serial", "007")).isEmpty();
    assertThat(target("role", "role", "Prod")).isEmpty();
    assertThat(target("host", "host", "db_1")).isEmpty();
    assertThat(target("key", "key", "SHA256:x")).isEmpty();
    assertThat(
            RevocationDetails.target(
                JsonObject.builder()
                    .put("target", "window")
                    .put("from", FROM.toString())
                    .put("to", FROM.toString())
                    .build()))
        .isEmpty();
  }

  @Test
  void passesOverWhatIsNoSerial() {
    JsonObject details =
        JsonObject.builder()
            .put("serials", JsonArray.ofTexts(List.of("0", "4", "-1", "x", "5")))
            .build();
    assertThat(RevocationDetails.serials(details))
        .containsExactly(new EntryNumber(4), new EntryNumber(5));
  }

  /** CASES 62. */
  @Test
  void serialZeroIsNobodys() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Target.OfSerial(new EntryNumber(0)));
  }

  private static Optional<Target> target(String kind, String name, String value) {
    return RevocationDetails.target(
        JsonObject.builder().put("target", kind).put(name, value).build());
  }
}
