package dev.daypass.e2e.host;

import dev.daypass.CaAnswer;
import dev.daypass.TestCa;
import dev.daypass.cert.Certificate;
import dev.daypass.e2e.Command;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A key and a certificate for it, both as files too. */
record Holder(OpenSshPrivateKey own, Certificate certificate, Path key, Path file) {
  String serial() {
    return certificate.content().serial().toString();
  }

  /** What the CA grants to a person of the group {@code dba}. */
  static Holder granted(TestCa ca, Path folder, String person, String role, String ttl)
      throws Exception {
    OpenSshPrivateKey own = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    CaAnswer answer =
        ca.client()
            .certificate(own, ca.idp().token(person + "@example.com", "dba"))
            .role(role)
            .member("ttl", ttl)
            .send();
    Certificate certificate =
        answer.certificate().orElseThrow(() -> new AssertionError(answer.toString()));
    Path key = keyFile(folder, own);
    Path file = Files.writeString(Path.of(key + "-cert.pub"), certificate.line("c") + "\n");
    return new Holder(own, certificate, key, file);
  }

  /** What a thief of the CA key makes with {@code ssh-keygen -s}. */
  static Holder forged(TestCa ca, Path folder, String serial, List<String> principals)
      throws Exception {
    OpenSshPrivateKey own = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    Path key = keyFile(folder, own);
    Path subject = Files.writeString(Path.of(key + ".pub"), own.publicKey().line() + "\n");
    var _ =
        Command.of("ssh-keygen", "-q", "-s", ca.files().keyFile(KeyUse.USER_CA).toString())
            .and("-I", "alice@example.com role=" + TestCa.ROLE, "-z", serial)
            .and("-n", String.join(",", principals), "-V", "-1m:+5m", subject.toString())
            .output();
    Path file = Path.of(key + "-cert.pub");
    return new Holder(own, Certificate.parse(Files.readString(file)), key, file);
  }

  private static Path keyFile(Path folder, OpenSshPrivateKey own) throws IOException {
    Path key = Files.writeString(Files.createTempFile(folder, "key", ""), own.encode("k"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return key;
  }
}
