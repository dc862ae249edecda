package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.TestCa;
import dev.daypass.TestHost;
import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateType;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The whole way from a request to a shell, under whatever keys a {@link TestCa} signs with. */
final class CaLogin {
  private static final String ALICE = "alice@example.com";

  private final OpenSshPrivateKey key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
  private final TestCa ca;
  private final Path folder;
  private final String account;

  CaLogin(TestCa ca, Path folder, String account) {
    this.ca = ca;
    this.folder = folder;
    this.account = account;
  }

  /** Asks once. */
  CaAnswer ask() throws IOException {
    return ca.client().certificate(key, ca.idp().token(ALICE, "dba")).send();
  }

  /** What a server gets that joins. */
  Certificate ofServer() throws IOException {
    TestHost host = TestHost.of(ca);
    CaAnswer answer = host.join(TestHost.token(ca, "db-3.prod.example.com"));
    Certificate certificate =
        answer.certificate().orElseThrow(() -> new AssertionError(answer.toString()));
    assertThat(certificate.content().type()).isEqualTo(CertificateType.HOST);
    assertThat(certificate.signatureVerifies()).isTrue();
    return certificate;
  }

  /** Issued, and taken by a stock {@code sshd} that trusts the CA key alone. */
  Certificate succeeds() throws IOException {
    CaAnswer answer = ask();
    Certificate certificate =
        answer.certificate().orElseThrow(() -> new AssertionError(answer.toString()));
    ca.checkInvariants();
    try (Sshd sshd = Sshd.start(certificate.content().caKey().line())) {
      sshd.open(account, List.of("daypass:" + TestCa.ROLE));
      Path secret = Files.writeString(folder.resolve("login-key"), key.encode("k"));
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
      Path half = Files.writeString(folder.resolve("cert.pub"), certificate.line("c") + "\n");
      Command.Result shell = SshLogin.with(sshd, secret, half).as(account, "id -un");
      assertThat(shell.out()).as(sshd.log()).isEqualTo(account + "\n");
    }
    return certificate;
  }
}
