package dev.daypass.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.ssh.signature.SshSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
  @TempDir private Path folder;

  @Test
  void sendsToInitWhereThereIsNone() {
    assertThatIOException()
        .isThrownBy(() -> StateFolder.open(folder.resolve("none")))
        .withMessageContaining("daypassd init");
  }

  @Test
  void refusesFolderThatOthersMayEnter() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
    assertThatIOException()
        .isThrownBy(() -> StateFolder.open(folder))
        .withMessageContaining("open to others");
  }

  @Test
  void readsTheBundleWithTheHighestNumber() throws Exception {
    StateFolder state = made();
    String one = Files.readString(state.bundle(1));
    for (String other : new String[] {"02", "1.new", "-3", "99999999999999999999"}) {
      Files.writeString(state.bundle(1).resolveSibling(other), "not a bundle");
    }
    assertThat(state.newestBundle().text()).isEqualTo(one);

    Files.writeString(state.bundle(10), one);
    Files.writeString(state.bundle(9), "not a bundle");
    assertThat(state.newestBundle().text()).isEqualTo(one);
  }

  @Test
  void readsEveryBundleInTheOrderOfTheirNumbers() throws Exception {
    StateFolder state = made();
    TrustBundle first = state.newestBundle().bundle();
    SshSigner root = KeyFile.read(state.offlineRootKey(), Optional.empty());
    for (long number : new long[] {10, 9, 2}) {
      Files.writeString(
          state.bundle(number), SignedTrustBundle.sign(numbered(number, first), root).text());
    }
    assertThat(state.bundles())
        .extracting(signed -> signed.bundle().number())
        .containsExactly(1L, 2L, 9L, 10L);

    Files.writeString(state.bundle(9), "not a bundle");
    assertThatIOException()
        .isThrownBy(state::bundles)
        .withMessageContaining(state.bundle(9).toString());
  }

  @Test
  void namesTheBundleThatIsNone() throws Exception {
    StateFolder state = made();
    Files.writeString(state.bundle(2), "not a bundle");
    assertThatIOException()
        .isThrownBy(state::newestBundle)
        .withMessageContaining(state.bundle(2).toString());
  }

  @Test
  void readsTheRootKey() throws Exception {
    StateFolder state = made();
    assertThat(Files.readString(state.rootPublicKey())).startsWith(state.rootKey().line());

    Files.writeString(state.rootPublicKey(), "not a key");
    assertThatIOException()
        .isThrownBy(state::rootKey)
        .withMessageContaining(state.rootPublicKey().toString());
  }

  @Test
  void saysWhenThereIsNoBundle() throws Exception {
    StateFolder state = made();
    Files.delete(state.bundle(1));
    assertThatIOException().isThrownBy(state::newestBundle).withMessageContaining("bundles");
  }

  private static TrustBundle numbered(long number, TrustBundle like) {
    return new TrustBundle(
        number,
        like.validUntil(),
        like.ledgerOrigin(),
        like.userCaKeys(),
        like.hostCaKeys(),
        like.ledgerKeys(),
        like.channelKeys(),
        like.breakGlassKey(),
        like.witnessPolicy(),
        like.modes());
  }

  private StateFolder made() throws Exception {
    Path path = folder.resolve("state");
    KeyCeremony.perform(
        KeyCeremonyPlan.withDefaults(
            path, folder.resolve("head"), "ca.example.com", Instant.parse("2026-11-21T01:13:00Z")));
    return StateFolder.open(path);
  }
}
