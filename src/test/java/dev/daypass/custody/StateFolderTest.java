package dev.daypass.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
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

  private StateFolder made() throws Exception {
    Path path = folder.resolve("state");
    KeyCeremony.perform(
        KeyCeremonyPlan.withDefaults(
            path, folder.resolve("head"), "ca.example.com", Instant.parse("2026-11-21T01:13:00Z")));
    return StateFolder.open(path);
  }
}
