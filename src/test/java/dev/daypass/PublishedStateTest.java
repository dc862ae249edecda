package dev.daypass;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.custody.KeyFile;
import dev.daypass.custody.StateFolder;
import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishedStateTest {
  @TempDir private Path folder;
  private CaFiles files;
  private StateFolder state;

  @BeforeEach
  void make() throws Exception {
    files =
        CaFiles.make(
            folder,
            folder.resolve("head").resolve("head"),
            TestCa.with().settings("http://127.0.0.1:9/idp"));
    state = StateFolder.open(files.state());
  }

  @Test
  void takesTheBundleAndTheChannelKeyThatInitMade() throws Exception {
    SignedTrustBundle bundle = PublishedState.verifiedBundle(state);
    SshPublicKey channel =
        KeyFile.read(files.keyFile(KeyUse.CHANNEL), Optional.empty()).publicKey();
    assertThatCode(() -> PublishedState.requireNamed(channel, bundle)).doesNotThrowAnyException();
  }

  @Test
  void refusesAChannelKeyThatNoServerBelieves() throws Exception {
    SignedTrustBundle bundle = PublishedState.verifiedBundle(state);
    SshPublicKey other = OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
    assertThatThrownBy(() -> PublishedState.requireNamed(other, bundle))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(
            other.fingerprint().toString(), "trust bundle 1 does not name", "Configure the key");
  }

  @Test
  void refusesABundleOfAnotherRoot() throws Exception {
    SignedTrustBundle bundle = state.newestBundle();
    Files.writeString(
        state.bundle(1),
        SignedTrustBundle.sign(bundle.bundle(), OpenSshPrivateKey.generate(SshKeyType.ED25519))
            .text());
    assertThatThrownBy(() -> PublishedState.verifiedBundle(state))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("trust bundle 1 is not signed by");
  }
}
