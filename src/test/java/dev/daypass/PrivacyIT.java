package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.Operator.Outcome;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.tlog.TreeSize;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody asks a real daemon's operator to be forgotten. */
@Timeout(120)
final class PrivacyIT {
  private static final List<String> WORDS = List.of("mallory", "Mallory");

  @TempDir private Path copy;
  private final TestCa ca = TestCa.start();
  private long serial;

  @BeforeEach
  void issue() throws IOException {
    ca.stopDaemon();
    Path policy = ca.files().config().policy();
    Files.writeString(
        policy,
        Files.readString(policy)
            + "duties:\n  operator: { allow: [{ when: '\"sre\" in identity.groups' }] }\n");
    ca.restartAs(
        text -> text.replace("ledger: {", "ledger: { copies: [{ folder: " + copy + " }],"));
    assertThat(ask("mallory@example.com", "web", "INC-of-m").status()).isEqualTo(403);
    CaAnswer granted = ask("alice@example.com", "dba", "INC-of-a");
    assertThat(granted.status()).as(granted.body()).isEqualTo(201);
    serial = Long.parseLong(granted.text("serial"));
  }

  @AfterEach
  void stop() {
    ca.close();
  }

  @Test
  void noFileOfTheStateFolderNamesThePersonAnyMore() throws Exception {
    assertThat(found(ca.files().state())).as("before").contains("mallory");
    Outcome erased =
        daypassd("ledger", "erase", "--person", "mallory@example.com", "--reason", "R", "--yes");
    assertThat(erased.exit()).as(erased.toString()).isZero();
    assertThat(erased.out())
        .startsWith("done: everything about mallory@example.com is erased")
        .contains("in the files    gone", "the log of sshd", "backups");
    assertThat(found(ca.files().state())).isEmpty();
    Waiting.until("the copy has the erasure", () -> size(copy) == ledgerSize().value());
    assertThat(found(copy)).isEmpty();
    ca.checkInvariants();
    Outcome verified = daypassd("ledger", "verify");
    assertThat(verified.exit()).as(verified.toString()).isZero();
    assertThat(verified.out()).contains("1 erased");
    assertThat(
            daypassd("ledger", "erase", "--person", "mallory@example.com", "--reason", "R").err())
        .contains("nobody is here to confirm it: add --yes");
  }

  @Test
  void aLiveCertificateIsWaitedForAndTheLocalDoorSaysSo() {
    String number = String.valueOf(serial);
    Outcome live = daypassd("ledger", "erase", number, "--reason", "R", "--yes");
    assertThat(live.exit()).isEqualTo(2);
    assertThat(live.err()).contains("is still alive");
    Outcome kept = daypassd("ledger", "erase", "0", "--reason", "R", "--yes");
    assertThat(kept.err()).contains("Details of ledger.created are kept");
    Outcome both = daypassd("ledger", "erase", "0", "--person", "x", "--reason", "R", "--yes");
    assertThat(both.exit()).isEqualTo(1);
  }

  @Test
  void operatorsEraseOverHttp() throws Exception {
    long refusal = serial - 1;
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(erase(http, refusal, "dba").statusCode()).isEqualTo(403);
      assertThat(found(ca.files().state())).isNotEmpty();
      assertThat(erase(http, refusal, "sre").statusCode()).isEqualTo(201);
    }
    assertThat(found(ca.files().state())).isEmpty();
    ca.checkInvariants();
  }

  private HttpResponse<String> erase(HttpClient http, long entry, String group) throws Exception {
    URI place = URI.create(ca.client().origin() + "/v1/entries/" + entry + "/erase");
    return http.send(
        HttpRequest.newBuilder(place)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + ca.idp().token("eve@example.com", group))
            .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"asked to\"}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private TreeSize ledgerSize() {
    return ca.daemon().ledger().size();
  }

  private static long size(Path copy) throws IOException {
    Path checkpoint = copy.resolve("checkpoint");
    return Files.exists(checkpoint)
        ? Long.parseLong(Files.readString(checkpoint).split("\n", -1)[1])
        : 0;
  }

  private static List<String> found(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return WORDS.stream().filter(word -> all.indexOf(word) >= 0).toList();
  }

  private CaAnswer ask(String person, String group, String reason) throws IOException {
    return ca.client()
        .certificate(OpenSshPrivateKey.generate(SshKeyType.ED25519), ca.idp().token(person, group))
        .member("reason", reason)
        .send();
  }

  private Outcome daypassd(String... words) {
    return new Operator(ca.files().configFile()).run(words);
  }
}
