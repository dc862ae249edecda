package dev.daypass.custody;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshSigner;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ceremony makes, in the hands of a real {@code ssh-keygen}. */
class KeyCeremonyIT {
  @TempDir private Path folder;
  private KeyCeremonyReport report;

  @BeforeEach
  void perform() throws Exception {
    report =
        KeyCeremony.perform(
            KeyCeremonyPlan.withDefaults(
                folder.resolve("state"),
                folder.resolve("head"),
                "ca.example.com/daypass",
                Instant.now()));
  }

  @Test
  void sshKeygenReadsEveryPrivateKey() throws Exception {
    for (KeyUse use : KeyUse.values()) {
      Path file =
          use == KeyUse.ROOT ? report.rootKey() : folder.resolve("state/keys/" + use.keyName());
      Result result = run(Optional.empty(), "ssh-keygen", "-y", "-f", file.toString());
      assertThat(result.output()).startsWith(report.key(use).line());
      assertThat(result.exit()).isZero();
    }
  }

  @Test
  void sshKeygenVerifiesTheBundleAsAShellWouldSplitIt() throws Exception {
    Path message = split("sed '/^-----BEGIN SSH SIGNATURE-----$/,$d' ", "bundle");
    split("sed -n '/^-----BEGIN SSH SIGNATURE-----$/,$p' ", "bundle.sig");
    Result result = verify(message, "bundle@daypass.dev");
    assertThat(result.output()).contains("Good \"bundle@daypass.dev\" signature");
    assertThat(result.exit()).isZero();
    assertThat(verify(message, "krl@daypass.dev").exit()).isNotZero();

    Files.writeString(message, Files.readString(message).replace("number 1", "number 2"));
    assertThat(verify(message, "bundle@daypass.dev").exit()).isNotZero();
  }

  @Test
  void aShellReadsTheBundleWithoutAParser() throws Exception {
    Result keys = shell("sed -n 's/^user-ca //p' " + report.bundle());
    assertThat(keys.output()).isEqualTo(report.key(KeyUse.USER_CA).line() + "\n");
  }

  @Test
  void readsKeyWithThePassphraseThatSshKeygenGaveIt() throws Exception {
    Path key = folder.resolve("state/keys/user-ca");
    Result changed =
        run(
            Optional.empty(),
            "ssh-keygen",
            "-q",
            "-p",
            "-N",
            "correct horse",
            "-f",
            key.toString());
    assertThat(changed.exit()).as(changed.output()).isZero();
    Path passphrase = folder.resolve("passphrase");
    PrivateFile.create(passphrase, "correct horse\n".getBytes(StandardCharsets.UTF_8));

    SshSigner signer = KeyFile.read(key, Optional.of(passphrase));

    assertThat(signer.publicKey()).isEqualTo(report.key(KeyUse.USER_CA));
  }

  private Path split(String sed, String name) throws Exception {
    Path part = folder.resolve(name);
    Files.writeString(part, shell(sed + report.bundle()).output());
    return part;
  }

  private Result verify(Path message, String namespace) throws Exception {
    Path signers = folder.resolve("signers");
    Files.writeString(signers, "root " + report.key(KeyUse.ROOT).line() + "\n");
    return run(
        Optional.of(message.toFile()),
        "ssh-keygen",
        "-Y",
        "verify",
        "-f",
        signers.toString(),
        "-I",
        "root",
        "-n",
        namespace,
        "-s",
        message + ".sig");
  }

  private static Result shell(String command) throws Exception {
    return run(Optional.empty(), "sh", "-c", command);
  }

  private record Result(int exit, String output) {}

  private static Result run(Optional<File> input, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    input.ifPresent(builder::redirectInput);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), output);
  }
}
