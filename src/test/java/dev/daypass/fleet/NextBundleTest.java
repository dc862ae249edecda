package dev.daypass.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NextBundleTest {
  private static final Instant UNTIL = Instant.parse("2028-01-01T00:00:00.5Z");
  private static final SshPublicKey NEW = Bundles.key(SshKeyType.ED25519);

  @Test
  void changesNothingButNumberAndTime() {
    TrustBundle before = Bundles.numbered(7);
    TrustBundle next = next(Map.of(), Set.of(), Set.of()).after(before);
    assertThat(next.number()).isEqualTo(8);
    assertThat(next.validUntil()).isEqualTo(Instant.parse("2028-01-01T00:00:00Z"));
    assertThat(next.text().lines().skip(3)).isEqualTo(before.text().lines().skip(3).toList());
  }

  @Test
  void trustsTheNewKeyBesideTheOldOneThenAlone() {
    TrustBundle both =
        next(Map.of(KeyUse.USER_CA, List.of(NEW)), Set.of(), Set.of()).after(Bundles.plain());
    assertThat(both.userCaKeys()).containsExactly(Bundles.USER_CA, NEW);
    TrustBundle alone = next(Map.of(), Set.of(Bundles.USER_CA.fingerprint()), Set.of()).after(both);
    assertThat(alone.userCaKeys()).containsExactly(NEW);
    assertThat(alone.hostCaKeys()).containsExactly(Bundles.HOST_CA);
  }

  @Test
  void changesModes() {
    Set<ServerMode> proof = Set.of(ServerMode.PROOF);
    assertThat(next(Map.of(), Set.of(), proof).after(Bundles.plain()).modes()).isEqualTo(proof);
  }

  @Test
  void refusesWhatWouldBeNoBundle() {
    assertThatIllegalArgumentException()
        .as("no key left for a use")
        .isThrownBy(() ->
            next(Map.of(), Set.of(Bundles.CHANNEL.fingerprint()), Set.of()).after(Bundles.plain()));
    assertThatIllegalArgumentException()
        .as("a key with two uses")
        .isThrownBy(() ->
            next(Map.of(KeyUse.CHANNEL, List.of(Bundles.USER_CA)), Set.of(), Set.of())
                .after(Bundles.plain()));
    assertThatIllegalArgumentException()
        .as("a slip in a fingerprint")
        .isThrownBy(
            () -> next(Map.of(), Set.of(NEW.fingerprint()), Set.of()).after(Bundles.plain()))
        .withMessageContaining("names no key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> next(Map.of(KeyUse.ROOT, List.of(NEW)), Set.of(), Set.of()));
  }

  @Test
  void changesTheBreakGlassKeyAndTakesItAway() {
    TrustBundle with =
        new NextBundle(UNTIL, Map.of(), Set.of(), Optional.of(NEW), Optional.empty(), Set.of())
            .after(Bundles.plain());
    assertThat(with.breakGlassKey()).contains(NEW);
    TrustBundle same = next(Map.of(), Set.of(), Set.of()).after(with);
    assertThat(same.breakGlassKey()).contains(NEW);
    TrustBundle without = next(Map.of(), Set.of(NEW.fingerprint()), Set.of()).after(with);
    assertThat(without.breakGlassKey()).isEmpty();
  }

  @Test
  void changesWhatWitnessesAreDemanded() {
    WitnessPolicy one =
        new WitnessPolicy(List.of("witness w1 example.com/w1+0123abcd+AAAA", "quorum w1"));
    TrustBundle demanded = witnessed(one).after(Bundles.plain());
    assertThat(demanded.witnessPolicy()).isEqualTo(one);
    assertThat(next(Map.of(), Set.of(), Set.of()).after(demanded).witnessPolicy()).isEqualTo(one);
    assertThat(witnessed(WitnessPolicy.NONE).after(demanded).witnessPolicy())
        .isEqualTo(WitnessPolicy.NONE);
  }

  @Test
  void saysWhatHappensAfterItsEndUntilAnotherSaysOtherwise() throws Exception {
    TrustBundle closing = expiring(WhenExpired.CLOSE).after(Bundles.plain());
    assertThat(closing.text()).contains("Z\nwhen-expired close\norigin ");
    assertThat(TrustBundle.parse(closing.text())).isEqualTo(closing);
    TrustBundle after = next(Map.of(), Set.of(), Set.of()).after(closing);
    assertThat(after.whenExpired()).isEqualTo(WhenExpired.CLOSE);
    TrustBundle keeping = expiring(WhenExpired.KEEP).after(closing);
    assertThat(keeping.text()).doesNotContain("when-expired");
    for (String word : List.of("keep", "open", "close\nwhen-expired close", "")) {
      String text = closing.text().replace("when-expired close", "when-expired " + word);
      assertThatExceptionOfType(BundleFormatException.class)
          .as(word)
          .isThrownBy(() -> TrustBundle.parse(text));
    }
  }

  private static NextBundle expiring(WhenExpired what) {
    return new NextBundle(
        UNTIL, Optional.of(what), Map.of(), Set.of(), Optional.empty(), Optional.empty(), Set.of());
  }

  private static NextBundle witnessed(WitnessPolicy policy) {
    return new NextBundle(
        UNTIL, Map.of(), Set.of(), Optional.empty(), Optional.of(policy), Set.of());
  }

  private static NextBundle next(
      Map<KeyUse, List<SshPublicKey>> added, Set<Fingerprint> removed, Set<ServerMode> modes) {
    return new NextBundle(UNTIL, added, removed, Optional.empty(), Optional.empty(), modes);
  }
}
