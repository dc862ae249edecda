package dev.daypass.e2e.host;

import dev.daypass.cert.Certificate;
import dev.daypass.e2e.Command;
import dev.daypass.e2e.machine.HostPrograms;
import dev.daypass.fleet.ServerMode;
import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.fleet.WitnessPolicy;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** What a server in proof mode has taken up: a trust bundle and a principal map, in folders. */
final class ProofHost {
  /** The account that the map opens for the role of the tests. */
  static final String ACCOUNT = "db-debug";

  /** What the map opens it to. */
  static final String PRINCIPALS =
      "daypass:prod-db-debug\ndaypass:prod-db-debug@db-1.prod.example.com\n";

  private static final String MAP =
      """
      daypass-principals-v1
      host db-1.prod.example.com
      version 12
      made 2026-11-21T01:00:00Z
      valid-until 2026-11-22T01:00:00Z
      label env=prod
      ${accounts}grace db-debug 0s
      named db-debug
      named root
      """;

  private static final SshSigner ROOT = OpenSshPrivateKey.generate(SshKeyType.ED25519);
  private static final SshSigner CHANNEL = OpenSshPrivateKey.generate(SshKeyType.ED25519);

  private final Path etc;
  private final Path run;

  private ProofHost(Path etc, Path run) {
    this.etc = etc;
    this.run = run;
  }

  /** In an existing folder; the cache is root's, as these tests run the command as root. */
  static ProofHost in(Path folder) throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
    ProofHost host = new ProofHost(Files.createDirectory(folder.resolve("etc")), run);
    host.open("account " + ACCOUNT + " " + PRINCIPALS.strip().replace('\n', ' ') + "\n");
    return host;
  }

  Path etc() {
    return etc;
  }

  Path run() {
    return run;
  }

  /** Trusts these keys and nothing else. */
  ProofHost trusts(String origin, SshPublicKey userCa, SshPublicKey ledger, String... witnesses)
      throws IOException {
    TrustBundle bundle =
        new TrustBundle(
            1,
            Instant.parse("2027-11-21T01:13:00Z"),
            origin,
            List.of(userCa),
            List.of(OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey()),
            List.of(ledger),
            List.of(CHANNEL.publicKey()),
            Optional.empty(),
            new WitnessPolicy(List.of(witnesses)),
            EnumSet.allOf(ServerMode.class));
    try {
      Files.writeString(etc.resolve("bundle"), SignedTrustBundle.sign(bundle, ROOT).text());
    } catch (SigningException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  /** Takes up a map with these lines. */
  void open(String accounts) throws IOException {
    String map = MAP.replace("${accounts}", accounts);
    try {
      SshSig signature = SshSig.sign(CHANNEL, "principals@daypass.dev", Bytes.ofUtf8(map));
      Files.writeString(etc.resolve("principals.map"), map + signature.armored());
    } catch (SigningException e) {
      throw new AssertionError(e);
    }
  }

  /** sshd's command up to its words. */
  Command command() {
    return Command.of(
        HostPrograms.PRINCIPALS.toString(), "--etc", etc.toString(), "--run", run.toString());
  }

  /** As sshd asks for this certificate. */
  Command asking(String account, Certificate certificate) {
    return asking(account, certificate, certificate.encode());
  }

  /** As sshd would ask if it had read these bytes as that certificate. */
  Command asking(String account, Certificate read, Bytes blob) {
    return command()
        .and(
            account,
            read.content().keyId().text(),
            read.content().serial().toString(),
            read.content().publicKey().type().certificateName(),
            blob.base64());
  }
}
