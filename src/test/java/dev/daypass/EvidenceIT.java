package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.daypass.Operator.Outcome;
import dev.daypass.e2e.Command;
import dev.daypass.e2e.browser.Chromium;
import dev.daypass.e2e.browser.Screens;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TlogProof;
import dev.sigstore.merkle.InclusionProofVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An evidence pack of a real daemon's ledger, checked by programs that are not ours. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EvidenceIT {
  private final TestCa ca = TestCa.start();
  private Path pack = Path.of("");

  @BeforeAll
  void make(@TempDir Path folder) throws Exception {
    for (String reason : List.of("INC-7 <b>&", "INC-8", "=1+1, \"quoted\"")) {
      assertThat(ask("alice@example.com", "dba", reason).status()).isEqualTo(201);
    }
    assertThat(ask("bob@example.com", "dba", "INC-9").status()).isEqualTo(201);
    assertThat(ask("mallory@example.com", "web", "let me").status()).isEqualTo(403);
    assertThat(
            daypassd("revoke", "--user", "bob@example.com", "--reason", "left us", "--yes").exit())
        .isZero();
    pack = folder.resolve("pack");
    Outcome made =
        daypassd(
            "ledger",
            "report",
            "--from",
            "2026-01-01",
            "--to",
            "2100-01-01",
            "--out",
            pack.toString());
    assertThat(made.exit()).as(made.toString()).isZero();
    assertThat(made.out()).startsWith("done: evidence of ").contains("index.html");
  }

  @AfterAll
  void stop() {
    ca.close();
  }

  @Test
  void ourVerifierAndAProgramThatIsNotOursFindItGood() throws Exception {
    Outcome verified =
        daypassd(
            "ledger",
            "verify",
            "--from",
            pack.resolve("ledger").toString(),
            "--key",
            Files.readString(pack.resolve("ledger-key.vkey")).strip());
    assertThat(verified.exit()).as(verified.toString()).isZero();
    assertThat(Command.of("python3", pack.resolve("verify.py").toString()).output())
        .startsWith("good: ");
  }

  @Test
  void aChangedDetailIsFoundByTheProgramThatIsNotOurs(@TempDir Path other) throws Exception {
    copy(pack, other);
    Path entries = other.resolve("entries.ndjson");
    Files.writeString(entries, Files.readString(entries).replaceFirst("INC-8", "INC-0"));
    assertThat(failing(other)).contains("NOT GOOD", "are not those that were hashed");
    copy(pack, other);
    Path checkpoint = other.resolve("ledger/checkpoint");
    Files.writeString(
        checkpoint, Files.readString(checkpoint).replaceFirst("\n([0-9]+)\n", "\n9$1\n"));
    assertThat(failing(other)).contains("the ledger key has not signed");
  }

  @Test
  void eachProofHoldsForSigstore() throws Exception {
    List<JsonNode> lines = lines();
    for (JsonNode line : lines) {
      Path file = pack.resolve("proofs/" + line.get("number").asString() + ".tlog-proof");
      if (!Files.exists(file)) {
        continue; // a kind that no table tells
      }
      TlogProof proof = TlogProof.parse(Files.readString(file));
      byte[] entry = canonical(line.get("entry"));
      InclusionProofVerifier.verify(
          Hash.leaf(entry).toArray(),
          Long.parseLong(line.get("number").asString()),
          proof.tree().size().value(),
          proof.path().stream().map(Hash::toArray).toList(),
          proof.tree().root().toArray());
    }
    assertThat(lines.size()).isGreaterThan(10);
    try (var proofs = Files.list(pack.resolve("proofs"))) {
      assertThat(proofs).hasSizeGreaterThan(10);
    }
  }

  @Test
  void tablesTellWhatHappened() throws Exception {
    List<String> granted = Files.readAllLines(pack.resolve("access-granted.csv"));
    assertThat(granted).hasSize(5);
    assertThat(granted.get(1))
        .contains("alice@example.com,prod-db-debug,", ",INC-7 <b>&,", ",yes,no,no,");
    assertThat(granted.get(3)).contains("\"'=1+1, \"\"quoted\"\"\"");
    assertThat(granted.get(4)).contains("bob@example.com", ",yes,no,yes,");
    assertThat(Files.readAllLines(pack.resolve("access-refused.csv")))
        .hasSize(2)
        .satisfies(lines -> assertThat(lines.get(1)).contains("mallory@example.com"));
    assertThat(Files.readString(pack.resolve("access-revoked.csv")))
        .contains("user,bob@example.com,left us,1");
    assertThat(Files.readString(pack.resolve("policy-and-keys.csv"))).contains("policy.loaded");
    assertThat(ca.details(EntryKind.EXPORT_MADE))
        .anyMatch(made -> made.text("format").orElse("").equals("report"));
  }

  @Test
  void anAuditorReadsItWithoutScriptOrNetwork() throws Exception {
    String html = Files.readString(pack.resolve("index.html"));
    assertThat(html)
        .doesNotContain("<script", "http://", "https://", "<b>&")
        .contains("SOC 2 CC6.1", "HIPAA 164.312(d)");
    try (Chromium chromium = Chromium.start();
        BrowserContext auditor = chromium.withoutScripts()) {
      Page page = auditor.newPage();
      List<String> asked = new ArrayList<>();
      page.onRequest(request -> asked.add(request.url()));
      page.navigate(pack.resolve("index.html").toUri().toString());
      assertThat(page.locator("h1").textContent()).isEqualTo("Evidence of access");
      assertThat(page.locator("#granted tbody tr").count()).isEqualTo(4);
      assertThat(asked).hasSize(1);
      Screens.take(page, "evidence");
      page.pdf(
          new Page.PdfOptions()
              .setPath(Path.of("target/screens/evidence.pdf"))
              .setPreferCSSPageSize(true));
    }
  }

  @Test
  void whatIsThereIsNeverOverwrittenAndNothingHalfIsLeft(@TempDir Path folder) throws Exception {
    Path there = Files.createDirectory(folder.resolve("there"));
    assertThat(report("2026-01-01", "2026-02-01", there).err()).contains("is there already");
    assertThat(report("2026-02-01", "2026-01-01", folder.resolve("x")).exit()).isEqualTo(1);
    assertThat(report("2020-01-01", "2020-02-01", folder.resolve("empty")).exit()).isZero();
    assertThat(Files.readString(folder.resolve("empty/index.html")))
        .contains("Nobody was granted access in this time.", "None in this time.");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  private Outcome report(String from, String to, Path out) {
    return daypassd("ledger", "report", "--from", from, "--to", to, "--out", out.toString());
  }

  private static String failing(Path folder) throws Exception {
    Command.Result result = Command.of("python3", folder.resolve("verify.py").toString()).run();
    assertThat(result.exit()).as(result.toString()).isEqualTo(1);
    return result.out();
  }

  private List<JsonNode> lines() throws IOException {
    JsonMapper mapper = new JsonMapper();
    return Files.readAllLines(pack.resolve("entries.ndjson")).stream()
        .map(mapper::readTree)
        .toList();
  }

  /** The members stand sorted in the line already, and no space between them. */
  private static byte[] canonical(JsonNode entry) {
    return new JsonMapper().writeValueAsBytes(entry);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.write(target, Files.readAllBytes(file));
        }
      }
    }
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
