package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.SignerRun;
import dev.daypass.cli.CommandLineRun.Outcome;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.custody.KeyFile;
import dev.daypass.custody.StateFolder;
import dev.daypass.custody.remote.RemoteSigner;
import dev.daypass.e2e.Command;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.signer.PublicKeys;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code daypassd init} where keys are there already: with a separate signer, in files. */
final class InitIT {
  @TempDir private Path folder;
  private CommandLineRun daypassd;

  @BeforeEach
  void copyExamples() throws IOException {
    daypassd = new CommandLineRun(folder);
  }

  @Test
  void takesTheKeysOfARunningSigner() throws Exception {
    try (SignerRun signer = SignerRun.start();
        RemoteSigner asked = RemoteSigner.open(signer.socket())) {
      configure("  signer: " + signer.socket() + "\n");
      Outcome outcome = daypassd.run("init");
      assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
      PublicKeys held = asked.keys();
      TrustBundle bundle = bundle();
      assertThat(bundle.userCaKeys()).isEqualTo(held.userCas());
      assertThat(bundle.hostCaKeys()).isEqualTo(held.hostCas());
      assertThat(bundle.ledgerKeys()).isEqualTo(held.ledgers());
      try (Stream<Path> made = Files.list(state().keys())) {
        assertThat(made.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("channel", "channel.pub");
      }
    }
  }

  @Test
  void saysThatTheSignerDoesNotAnswer() throws Exception {
    configure("  signer: " + folder.resolve("nobody") + "\n");
    Outcome outcome = daypassd.run("init");
    assertThat(outcome.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(outcome.err()).contains("does not answer", "start daypassd signer");
    assertThat(Files.exists(state().keys())).isFalse();
  }

  @Test
  void takesTheFilesThatAreThereIfToldTo() throws Exception {
    Path keys = Files.createDirectory(folder.resolve("imported"));
    Path key = keys.resolve("ca");
    var _ = Command.of("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", key.toString()).output();
    configure("  user-ca: { file: " + key + " }\n");
    Outcome refused = daypassd.run("init");
    assertThat(refused.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("already");

    Outcome outcome = daypassd.run("init", "--existing-keys");
    assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    List<SshPublicKey> userCas = bundle().userCaKeys();
    assertThat(userCas).containsExactly(KeyFile.readPublic(Path.of(key + ".pub")));
    assertThat(userCas.getFirst().type()).isEqualTo(SshKeyType.ECDSA_P256);
    assertThat(bundle().hostCaKeys().getFirst().type()).isEqualTo(SshKeyType.ED25519);
  }

  private void configure(String keys) throws IOException {
    Path file = folder.resolve("daypass.yaml");
    String text = Files.readString(file).replaceAll("(?m)^keys:\\n(?:  .*\\n)+", "keys:\n" + keys);
    assertThat(text).contains(keys);
    Files.writeString(file, text);
  }

  private TrustBundle bundle() throws IOException {
    return state().newestBundle().bundle();
  }

  private StateFolder state() {
    return new StateFolder(folder.resolve("state"));
  }
}
