package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.config.policy.PolicyFile;
import dev.daypass.issuance.GrantPolicyReview;
import dev.daypass.issuance.GrantRebuild;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.verify.GrantReview.Verdict;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerReader;
import dev.daypass.tlog.EntryNumber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A grant of a real daemon, and what it could have been, by the policy that stands beside it. */
final class GrantPolicyReviewIT {
  private static final GrantRebuild REBUILD = GrantRebuild.learning();
  private static GrantPolicyReview review;
  private static TestCa ca;
  private static JsonObject details = JsonObject.EMPTY;
  private static Instant at = Instant.EPOCH;
  private static long number;

  @BeforeAll
  static void issue() throws Exception {
    ca =
        TestCa.with()
            .moreRoles(
                """
                picky:
                  description: Everything that a role can demand
                  accounts: [picky]
                  hosts: { env: prod, tier: db }
                  ttl: { default: 5m, max: 10m }
                  extensions: [permit-pty]
                  force-command: /usr/bin/true
                  source-address: [10.0.0.0/8]
                  keys: { types: [ed25519] }
                  reason: "INC-[0-9]+"
                  allow:
                    - when: '"dba" in identity.groups && request.reason.startsWith("INC")'
                    - when: 'identity.claims.never == "sent"'
                  deny:
                    - when: 'identity.username == "mallory@example.com"'
                """)
            .start();
    CaAnswer answer =
        ca.client()
            .certificate(
                OpenSshPrivateKey.generate(SshKeyType.ED25519),
                ca.idp().token("alice@example.com", "dba"))
            .member("role", "picky")
            .member("reason", "INC-7")
            .send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    number = Long.parseLong(answer.text("serial"));
    review = new GrantPolicyReview(PolicyFile::ofText);
    try (SqliteDatabase database = SqliteDatabase.openForReading(ca.files().store())) {
      for (StoredEntry stored :
          new SqliteLedgerReader(database).entries(new EntryNumber(0), 1000)) {
        learn(stored);
      }
    }
  }

  @AfterAll
  static void stop() {
    ca.close();
  }

  @Test
  void whatADaemonGrantedIsWithinItsPolicy() {
    assertThat(judge(details)).isEqualTo(new Verdict(true, Optional.empty()));
  }

  @Test
  void namesWhatThePolicyDidNotGive() {
    requireObjection("role", new JsonText("nobodys"), "had no role nobodys");
    requireObjection("rule", new JsonText("roles.picky.allow[9]"), "had no rule");
    requireObjection("reason", new JsonText("because"), "reason");
    requireObjection("valid_before", text(at.plusSeconds(7200)), "last 10m");
    requireObjection("valid_after", text(at.minusSeconds(7200)), "");
    requireObjection("principals", JsonArray.ofTexts(List.of("root")), "other principals");
    requireObjection("key_id", new JsonText("alice"), "another key ID");
    requireObjection("critical_options", JsonObject.EMPTY, "other critical options");
    requireObjection(
        "extensions",
        JsonObject.ofTexts(Map.of("permit-user-rc", "")),
        "the extension permit-user");
    requireObjection("policy", new JsonText("AAAA"), "was not in force");
  }

  @Test
  void namesWhoThePolicyDidNotMean() {
    requireObjection("identity", with("groups", JsonArray.ofTexts(List.of())), "does not allow it");
    JsonObject mallory = with("username", new JsonText("mallory@example.com"));
    JsonObject changed =
        replaced(
            replaced(details, "identity", mallory),
            "key_id",
            new JsonText("mallory@example.com role=picky"));
    assertThat(judge(changed).objection().orElseThrow()).contains("refuses it by the rule");
    requireObjection("identity", with("kind", new JsonText("service")), "service");
  }

  /** Claims are not written down. */
  @Test
  void aRuleOnWhatIsNotWrittenDownAccusesNobody() {
    JsonObject other = replaced(details, "rule", new JsonText("roles.picky.allow[1]"));
    assertThat(judge(other)).isEqualTo(new Verdict(true, Optional.empty()));
  }

  private static void learn(StoredEntry stored) throws Exception {
    Entry entry = Entry.decode(stored.entry());
    JsonObject object = CanonicalJson.decodeObject(stored.details().orElseThrow());
    REBUILD.learn(entry.kind(), object);
    review.learn(stored.number().value(), entry.at(), entry.kind(), object);
    if (stored.number().value() == number) {
      details = object;
      at = entry.at();
    }
  }

  private static void requireObjection(String member, JsonValue value, String words) {
    assertThat(judge(replaced(details, member, value)).objection().orElse("none"))
        .as(member)
        .isNotEqualTo("none")
        .contains(words);
  }

  private static Verdict judge(JsonObject object) {
    try {
      return review.judge(
          number, at, REBUILD.content(EntryKind.CERTIFICATE_GRANTED, object).orElseThrow(), object);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static JsonObject with(String member, JsonValue value) {
    return replaced(details.object("identity").orElseThrow(), member, value);
  }

  private static JsonObject replaced(JsonObject object, String member, JsonValue value) {
    TreeMap<String, JsonValue> members = new TreeMap<>(object.members());
    members.put(member, value);
    return new JsonObject(members);
  }

  private static JsonText text(Instant moment) {
    return new JsonText(Instant.ofEpochSecond(moment.getEpochSecond()).toString());
  }
}
