package dev.daypass.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustBundleTest {
  @Test
  void writesOneLineForEachMember() {
    assertThat(Bundles.plain().text())
        .isEqualTo(
            """
            daypass-trust-bundle-v1
            number 1
            valid-until 2027-11-21T01:13:00Z
            origin ca.example.com/daypass
            user-ca %s
            host-ca %s
            ledger %s
            channel %s
            mode file
            """
                .formatted(
                    Bundles.USER_CA.line(),
                    Bundles.HOST_CA.line(),
                    Bundles.LEDGER.line(),
                    Bundles.CHANNEL.line()));
  }

  @Test
  void writesWhatIsThereSeveralTimesInOrder() {
    List<String> names =
        Bundles.full().text().lines().map(line -> line.replaceAll(" .*", "")).toList();
    assertThat(names)
        .containsExactly(
            "daypass-trust-bundle-v1",
            "number",
            "valid-until",
            "origin",
            "user-ca",
            "user-ca",
            "host-ca",
            "host-ca",
            "ledger",
            "ledger",
            "channel",
            "channel",
            "break-glass",
            "witness-policy",
            "witness-policy",
            "witness-policy",
            "mode",
            "mode");
  }

  @Test
  void parsesWhatItWrote() throws Exception {
    for (TrustBundle bundle : List.of(Bundles.plain(), Bundles.full())) {
      assertThat(TrustBundle.parse(bundle.text())).isEqualTo(bundle);
    }
  }

  @Test
  void refusesEveryOtherWayToWriteIt() {
    String good = Bundles.full().text();
    List<UnaryOperator<String>> faults =
        List.of(
            text -> "",
            text -> text + "\n",
            text -> text + "mode file\n",
            text -> text + "unknown 1\n",
            text -> text.substring(0, text.length() - 1),
            text -> "\n" + text,
            text -> text.replace("\n", "\r\n"),
            text -> text.replace("bundle-v1", "bundle-v2"),
            text -> text.replaceFirst("number 9", "number 09"),
            text -> text.replaceFirst("number 9", "number +9"),
            text -> text.replaceFirst("number \\d+", "number 0"),
            text -> text.replaceFirst("number \\d+", "number 9223372036854775808"),
            text -> text.replaceFirst("number \\d+\n", ""),
            text -> text.replaceFirst("(number \\d+\n)", "$1$1"),
            text -> text.replace("01:13:00Z", "01:13:00.000Z"),
            text -> text.replace("01:13:00Z", "01:13:00+00:00"),
            text -> text.replace("2027-11-21", "2027-11-31"),
            text -> text.replace("origin ", "origin  "),
            text -> text.replaceFirst("origin .*", "origin a b"),
            text -> text.replaceFirst("(user-ca .*)", "$1 comment"),
            text -> text.replaceFirst("user-ca ssh-ed25519", "user-ca ssh-rsa"),
            text -> text.replaceFirst("(user-ca .*\n)", "$1$1"),
            text -> text.replaceAll("user-ca .*\n", ""),
            text -> text.replaceAll("channel .*\n", ""),
            text -> text.replaceFirst("(break-glass .*\n)", "$1$1"),
            text -> text.replace("mode file\nmode proof\n", "mode proof\nmode file\n"),
            text -> text.replace("mode file", "mode open"),
            text -> text.replaceAll("mode .*\n", ""),
            text -> text.replace("quorum g", "quorum g\nwitness-policy quorum none"),
            text -> text.replace("witness-policy group", "witness-policy log"));
    for (int i = 0; i < faults.size(); i++) {
      String bad = faults.get(i).apply(good);
      assertThat(bad).as("fault %d changes the text", i).isNotEqualTo(good);
      assertThatExceptionOfType(BundleFormatException.class)
          .as("fault %d", i)
          .isThrownBy(() -> TrustBundle.parse(bad));
    }
  }

  @Test
  void namesTheLineOfTheFault() {
    String bad = Bundles.plain().text().replace("origin ", "ledger-origin ");
    assertThatExceptionOfType(BundleFormatException.class)
        .isThrownBy(() -> TrustBundle.parse(bad))
        .satisfies(e -> assertThat(e.line()).isEqualTo(4))
        .withMessageContaining("origin");
  }

  @Test
  void whatParsesIsWhatWasWritten() {
    String good = Bundles.full().text();
    Random random = new Random(17);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.setCharAt(at, (char) (random.nextInt(10) == 0 ? 10 : 32 + random.nextInt(96)));
        } else {
          text.deleteCharAt(at);
        }
      }
      try {
        assertThat(TrustBundle.parse(text.toString()).text()).isEqualTo(text.toString());
      } catch (BundleFormatException e) {
        assertThat(e.line()).isPositive();
      }
    }
  }

  @Test
  void givesEachKeyOneUse() {
    SshPublicKey key = Bundles.USER_CA;
    Stream.<Runnable>of(
            () -> bundle(List.of(key), List.of(key), Optional.empty()),
            () -> bundle(List.of(key, key), List.of(Bundles.HOST_CA), Optional.empty()),
            () -> bundle(List.of(key), List.of(Bundles.HOST_CA), Optional.of(key)))
        .forEach(making -> assertThatIllegalArgumentException().isThrownBy(making::run));
  }

  @Test
  void hasOneToSixteenKeysForEachUse() {
    List<SshPublicKey> many =
        Stream.generate(() -> Bundles.key(SshKeyType.ED25519)).limit(17).toList();
    assertThat(bundle(many.subList(0, 16), List.of(Bundles.HOST_CA), Optional.empty()).userCaKeys())
        .hasSize(16);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bundle(many, List.of(Bundles.HOST_CA), Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bundle(many.subList(0, 1), List.of(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a+b", "a\nb", "ä", "a\0"})
  void hasAnOriginThatCanNameANoteKey(String origin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bundle(1, Bundles.VALID_UNTIL, origin, Set.of(ServerMode.FILE)));
  }

  @Test
  void isNumberedFromOneAndValidUntilAWholeSecond() {
    Set<ServerMode> modes = Set.of(ServerMode.FILE);
    Instant until = Bundles.VALID_UNTIL;
    assertThatIllegalArgumentException().isThrownBy(() -> bundle(0, until, "o", modes));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bundle(1, until.plusMillis(1), "o", modes));
    assertThatIllegalArgumentException().isThrownBy(() -> bundle(1, Instant.MAX, "o", modes));
    assertThatIllegalArgumentException().isThrownBy(() -> bundle(1, until, "o", Set.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"quorum", "log a", "quorum a\nb", "quorum  a", "quorum ä", " quorum a"})
  void witnessPolicyHasLinesOfTlogPolicyOnly(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> new WitnessPolicy(List.of(line)));
  }

  @Test
  void witnessPolicyHasOneQuorum() {
    assertThat(new WitnessPolicy(List.of("quorum none")).lines()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WitnessPolicy(List.of("witness w v https://w.example/")));
  }

  private static TrustBundle bundle(
      List<SshPublicKey> userCa, List<SshPublicKey> hostCa, Optional<SshPublicKey> breakGlass) {
    return new TrustBundle(
        1,
        Bundles.VALID_UNTIL,
        "ca.example.com",
        userCa,
        hostCa,
        List.of(Bundles.LEDGER),
        List.of(Bundles.CHANNEL),
        breakGlass,
        WitnessPolicy.NONE,
        Set.of(ServerMode.FILE));
  }

  private static TrustBundle bundle(
      long number, Instant validUntil, String origin, Set<ServerMode> modes) {
    return new TrustBundle(
        number,
        validUntil,
        origin,
        List.of(Bundles.USER_CA),
        List.of(Bundles.HOST_CA),
        List.of(Bundles.LEDGER),
        List.of(Bundles.CHANNEL),
        Optional.empty(),
        WitnessPolicy.NONE,
        modes);
  }
}
