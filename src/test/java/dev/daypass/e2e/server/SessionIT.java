package dev.daypass.e2e.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.TestCa;
import dev.daypass.TestHost;
import dev.daypass.cert.Certificate;
import dev.daypass.e2e.Command;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.tlog.EntryNumber;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionIT {
  private static final String SESSION = "session-of-a-test";

  @TempDir private Path folder;
  private final TestCa ca = TestCa.start();

  @AfterEach
  void stop() {
    ca.checkInvariants();
    ca.close();
  }

  @Test
  void aSessionIsTiedToItsGrantAndCountedOnceOverARestart() throws Exception {
    TestHost host = TestHost.joined(ca, "db-9.prod.example.com", "env=prod", "tier=db");
    Certificate certificate = certificate();
    CaAnswer opened = report(host, "opened", certificate, Instant.now());
    assertThat(opened.status()).as(opened.body()).isEqualTo(201);
    assertThat(opened.body()).contains("\"alarms\":[]");
    ca.restart();
    CaAnswer again = report(host, "opened", certificate, Instant.now());
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text("entry")).isEqualTo(opened.text("entry"));
    assertThat(report(host, "closed", certificate, Instant.now()).status()).isEqualTo(201);
    assertThat(entries(EntryKind.SESSION_OPENED))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.text("reported_by")).contains("db-9.prod.example.com");
          assertThat(entry.text("serial")).contains(certificate.content().serial().toString());
        });
    assertThat(entries(EntryKind.SESSION_ALARM)).isEmpty();
  }

  @Test
  void aStolenCaKeyIsAlarmedOf() throws Exception {
    TestHost host = TestHost.joined(ca, "db-9.prod.example.com", "tier=db");
    Certificate real = certificate();
    Certificate unknown = stolen("4711");
    Certificate disguised = stolen(real.content().serial().toString());
    assertThat(report(host, "opened", unknown, Instant.now()).body())
        .contains("\"alarms\":[\"never_granted\"]");
    CaAnswer copied = report(host, "closed", disguised, Instant.now());
    assertThat(copied.body()).contains("certificate_differs", "contradiction");
    assertThat(entries(EntryKind.SESSION_ALARM)).hasSize(3);
  }

  @Test
  void aSessionThatDoesNotEndIsAlarmedOf() throws Exception {
    TestHost host = TestHost.joined(ca, "db-9.prod.example.com", "tier=db");
    Certificate certificate = certificate();
    Instant late = certificate.content().window().validBefore().plus(Duration.ofMinutes(2));
    assertThat(report(host, "closed", certificate, late).body()).contains("alive_after_end");
  }

  @Test
  void nobodyElseReports() throws Exception {
    TestHost stranger = TestHost.of(ca);
    assertThat(report(stranger, "opened", certificate(), Instant.now()).code())
        .isEqualTo("host_not_joined");
    assertThat(entries(EntryKind.SESSION_OPENED)).isEmpty();
  }

  private Certificate certificate() throws IOException {
    CaAnswer answer =
        ca.client()
            .certificate(
                OpenSshPrivateKey.generate(SshKeyType.ED25519),
                ca.idp().token("alice@example.com", "dba"))
            .send();
    return answer.certificate().orElseThrow();
  }

  /** What a thief of the user CA key makes with stock OpenSSH. */
  private Certificate stolen(String serial) throws Exception {
    Path key = folder.resolve("key-" + serial);
    var _ =
        Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).output();
    var _ =
        Command.of(
                "ssh-keygen",
                "-q",
                "-s",
                ca.files().keyFile(KeyUse.USER_CA).toString(),
                "-I",
                "alice role=prod-db-debug",
                "-n",
                "daypass:prod-db-debug",
                "-V",
                "+1h",
                "-z",
                serial,
                key + ".pub")
            .output();
    String[] words = Files.readString(Path.of(key + "-cert.pub")).split(" ", 3);
    return Certificate.parse(words[0] + " " + words[1]);
  }

  private static CaAnswer report(TestHost host, String event, Certificate certificate, Instant at)
      throws IOException {
    return host.post(
        "/v1/sessions",
        "event=%s&session=%s&serial=%s&at=%s&account=db-debug&certificate=%s"
            .formatted(
                event,
                SESSION,
                certificate.content().serial(),
                encoded(at.toString()),
                encoded(certificate.line(""))));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private List<JsonObject> entries(EntryKind kind) throws Exception {
    Ledger ledger = ca.daemon().ledger();
    List<JsonObject> found = new ArrayList<>();
    for (EntryNumber number :
        ledger.search(EntrySearch.of(Optional.of(kind), SearchKeys.NONE, 100))) {
      found.add(CanonicalJson.decodeObject(ledger.details(number).orElseThrow()));
    }
    return found;
  }
}
