package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.TestCa;
import dev.daypass.cert.Certificate;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ssh.SshPublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CA key of somebody who signed with {@code ssh-keygen -s} so far. */
final class CaImportIT {
  private static final Parts PARTS = new Parts();

  @TempDir private Path folder;

  private static String account;

  @BeforeAll
  static void start() throws IOException {
    account = PARTS.started(new LocalAccounts()).make("imp");
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @Test
  void serversThatTrustItGoOn() throws Exception {
    try (TestCa ca = TestCa.start()) {
      Operator operator = new Operator(ca);
      Path key = folder.resolve("old-ca");
      var _ =
          Command.of("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", key.toString()).output();
      SshPublicKey imported = CaKeyFilesIT.half(key);
      configure(ca, "user-ca: [{ file: keys/user-ca }, { file: %s }]".formatted(key));
      Path draft = folder.resolve("draft");
      assertThat(operator.run("ca", "import", "user-ca", "--out", draft.toString()))
          .contains("is next", draft.toString());
      publish(ca, operator, draft);
      operator.run("ca", "activate", imported.fingerprint().toString());
      assertThat(operator.run("ca", "list"))
          .contains("user-ca      active", "user-ca      retiring", "host-ca      active")
          .contains(imported.fingerprint().toString());

      Certificate certificate = new CaLogin(ca, folder, account).succeeds();
      assertThat(certificate.content().caKey()).isEqualTo(imported);
      assertThat(ca.details(EntryKind.CA_KEY_ADDED).getLast().text("origin")).contains("imported");
      ca.restart();
      assertThat(new CaLogin(ca, folder, account).succeeds().content().caKey()).isEqualTo(imported);
    }
  }

  @Test
  void oneKeyHasOneUse() throws Exception {
    try (TestCa ca = TestCa.start()) {
      configure(ca, "host-ca: [{ file: keys/host-ca }, { file: keys/channel-copy }]");
      Path keys = ca.files().state().resolve("keys");
      Files.copy(keys.resolve("channel"), keys.resolve("channel-copy"));
      assertThat(new Operator(ca).refused("ca", "import", "host-ca"))
          .contains("keys.host-ca and keys.channel are one key");
      ca.checkInvariants();
    }
  }

  private void publish(TestCa ca, Operator operator, Path draft) {
    Path root = ca.files().state().resolve("offline").resolve("root");
    String signed = folder.resolve("signed").toString();
    operator.run("bundle", "sign", draft.toString(), "--root", root.toString(), "--out", signed);
    operator.run("bundle", "publish", signed);
  }

  private static void configure(TestCa ca, String key) throws IOException {
    String yaml = "keys:\n  " + key + "\n";
    Files.writeString(ca.files().configFile(), yaml, StandardOpenOption.APPEND);
  }
}
