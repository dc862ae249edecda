package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.Operator.Outcome;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.TlogProof;
import dev.sigstore.merkle.InclusionProofVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An auditor reads the ledger of a real daemon. */
final class AuditIT {
  @TempDir private Path folder;
  private final TestCa ca = TestCa.start();
  private String serial = "";

  @BeforeEach
  void issue() throws IOException {
    ca.stopDaemon();
    Path policy = ca.files().config().policy();
    Files.writeString(
        policy,
        Files.readString(policy)
            + "duties:\n  auditor: { allow: [{ when: '\"audit\" in identity.groups' }] }\n");
    ca.startDaemon();
    for (String person : List.of("alice@example.com", "bob@example.com", "alice@example.com")) {
      CaAnswer answer =
          ca.client()
              .certificate(
                  OpenSshPrivateKey.generate(SshKeyType.ED25519), ca.idp().token(person, "dba"))
              .member("reason", "INC-" + person)
              .send();
      assertThat(answer.status()).as(answer.body()).isEqualTo(201);
      serial = answer.text("serial");
    }
  }

  @AfterEach
  void stop() {
    ca.close();
  }

  @Test
  void findsWhatAPersonGot() throws Exception {
    JsonNode page = get("/v1/entries?kind=certificate.granted&person=alice@example.com").json();
    assertThat(page.get("entries").size()).isEqualTo(2);
    assertThat(page.get("entries").get(0).get("entry").asString()).isEqualTo(serial);
    assertThat(page.has("next")).isFalse();
    JsonNode first = get("/v1/entries?kind=certificate.granted&limit=1").json();
    String next = first.get("next").asString();
    JsonNode second = get("/v1/entries?kind=certificate.granted&limit=2&before=" + next).json();
    assertThat(second.get("entries").size()).isEqualTo(2);
    assertThat(get("/v1/entries?reason=inc-BOB").json().get("entries").size()).isEqualTo(1);
    ca.checkInvariants();
  }

  @Test
  void theProofOfAnEntryHoldsForOthers() throws Exception {
    JsonNode entry = get("/v1/entries/" + serial).json();
    assertThat(entry.get("details").get("identity").get("username").asString())
        .isEqualTo("alice@example.com");
    TlogProof proof = TlogProof.parse(entry.get("proof").asString());
    NoteKey key = NoteKey.ofEd25519(CaFiles.ORIGIN, ca.files().ledgerKey().point().toArray());
    Hash leaf = Hash.parse(entry.get("leaf_hash").asString());
    assertThat(proof.verifies(leaf, CaFiles.ORIGIN, key)).isTrue();
    InclusionProofVerifier.verify(
        leaf.toArray(),
        Long.parseLong(serial),
        proof.tree().size().value(),
        proof.path().stream().map(Hash::toArray).toList(),
        proof.tree().root().toArray());
  }

  @Test
  void whatIsTakenAwayVerifiesAndIsAnEntry() throws Exception {
    CaAnswer export = get("/v1/entries", "Accept", "application/x-ndjson");
    Path file = Files.writeString(folder.resolve("export"), export.body());
    Outcome verified =
        new Operator(ca.files().configFile()).run("ledger", "verify", "--from", file.toString());
    assertThat(verified.exit()).as(verified.toString()).isZero();
    assertThat(verified.out()).contains("3 within the policy in force then");

    Files.writeString(file, export.body().replaceFirst("INC-bob", "INC-b0b"));
    Outcome tampered =
        new Operator(ca.files().configFile()).run("ledger", "verify", "--from", file.toString());
    assertThat(tampered.exit()).isEqualTo(2);
    assertThat(tampered.out()).contains("the details are not those that were hashed");

    CaAnswer table =
        get("/v1/entries?kind=certificate.granted&person=bob@example.com", "Accept", "text/csv");
    assertThat(table.body().lines()).hasSize(2).anyMatch(line -> line.contains("INC-bob@"));
    List<JsonObject> made = ca.details(EntryKind.EXPORT_MADE);
    assertThat(made).hasSize(2);
    assertThat(made.get(1).text("person")).contains("bob@example.com");
    assertThat(made.get(1).object("identity").orElseThrow().text("username"))
        .contains("eve@example.com");
    ca.checkInvariants();
  }

  @Test
  void anOperatorSearchesInTheTerminal() {
    Outcome found =
        daypassd(
            "ledger", "search", "--person", "alice@example.com", "--kind", "certificate.granted");
    assertThat(found.exit()).as(found.toString()).isZero();
    assertThat(found.out().lines())
        .hasSize(3)
        .satisfies(lines -> assertThat(lines.get(0)).contains("ENTRY", "PERSON"))
        .satisfies(lines ->
            assertThat(lines.get(1))
                .contains(serial + "  20", "alice@example.com", "prod-db-debug", "INC-alice@"));
    Outcome cut = daypassd("ledger", "search", "--limit", "1");
    assertThat(cut.out()).contains("more with --before ");
    Outcome json = daypassd("ledger", "search", "--reason", "inc-BOB", "--json");
    assertThat(json.out().lines()).singleElement().asString().startsWith("{\"details\":{");
    assertThat(daypassd("ledger", "search", "--text", "nobody wrote this").out())
        .isEqualTo("No entry matches.\n");
    assertThat(daypassd("ledger", "search", "--kind", "nonsense").exit()).isEqualTo(1);
    assertThat(daypassd("ledger", "search", "--from", "yesterday").exit()).isEqualTo(1);
    assertThat(daypassd("ledger", "search", "--to", "2020-01-01").out()).contains("No entry");
  }

  @Test
  void anExportByCommandVerifiesAndIsAnEntry() throws Exception {
    Path file = folder.resolve("all.ndjson");
    Outcome taken = daypassd("ledger", "export", "--out", file.toString());
    assertThat(taken.exit()).as(taken.toString()).isZero();
    assertThat(taken.err()).startsWith("done: ").contains("says so");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    Outcome verified = daypassd("ledger", "verify", "--from", file.toString());
    assertThat(verified.exit()).as(verified.toString()).isZero();
    assertThat(daypassd("ledger", "export", "--out", file.toString()).err())
        .contains("is there already");

    Outcome table = daypassd("ledger", "export", "--csv", "--person", "bob@example.com");
    assertThat(table.out().lines()).anyMatch(line -> line.contains("INC-bob@"));
    assertThat(table.out().lines()).noneMatch(line -> line.contains("INC-alice@"));
    List<JsonObject> made = ca.details(EntryKind.EXPORT_MADE);
    assertThat(made).hasSize(2);
    assertThat(made.get(1).text("person")).contains("bob@example.com");
    assertThat(made.get(1).text("by").orElseThrow()).endsWith(" (local)");

    ca.stopDaemon();
    assertThat(daypassd("ledger", "export").err()).contains("No daemon answers");
    Outcome alone = daypassd("ledger", "export", "--unrecorded");
    assertThat(alone.exit()).as(alone.toString()).isZero();
    Files.writeString(folder.resolve("alone"), alone.out());
    assertThat(daypassd("ledger", "verify", "--from", folder.resolve("alone").toString()).exit())
        .isZero();
  }

  private Outcome daypassd(String... words) {
    return new Operator(ca.files().configFile()).run(words);
  }

  @Test
  void whoIsNoAuditorReadsNothing() throws Exception {
    CaAnswer refused = ask("/v1/entries", ca.idp().token("alice@example.com", "dba"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("auditor_required", "\"entry\"");
  }

  private CaAnswer get(String path, String... header) throws IOException {
    CaAnswer answer = ask(path, ca.idp().token("eve@example.com", "audit"), header);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private CaAnswer ask(String path, String token, String... header) throws IOException {
    Map<String, String> headers = new HashMap<>(Map.of("Authorization", "Bearer " + token));
    if (header.length == 2) {
      headers.put(header[0], header[1]);
    }
    return ca.client().get(path, headers);
  }
}
