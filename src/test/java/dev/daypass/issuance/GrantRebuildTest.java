package dev.daypass.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.Serial;
import dev.daypass.identity.Identity;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.PublicPart;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.verify.LedgerFault;
import dev.daypass.ledger.verify.LedgerReport;
import dev.daypass.ledger.verify.LedgerVerifier;
import dev.daypass.ledger.verify.RebuildFailed;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GrantRebuildTest {
  private static final Identity ALICE = IssuanceScenario.person("alice", "dba");

  private IssuanceScenario scenario;
  private SshPublicKey userCa;
  private Certificate certificate;
  private JsonObject details;

  @BeforeEach
  void grant() throws Exception {
    scenario = new IssuanceScenario();
    userCa = scenario.ledger.signer().keys().userCa();
    certificate = ((IssuanceOutcome.Issued) scenario.ask(ALICE, "debug")).certificate();
    details = CanonicalJson.decodeObject(stored().details().orElseThrow());
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void makesTheBytesAgainThatTheEntryCommitsTo() throws Exception {
    var content = rebuild().content(EntryKind.CERTIFICATE_GRANTED, details).orElseThrow();

    Serial serial = certificate.content().serial();
    assertThat(content.withSerial(serial)).isEqualTo(certificate.content().withoutProof());
    assertThat(Entry.decode(stored().entry()).commitSsh())
        .contains(content.withSerial(serial).commitment());
  }

  @Test
  void leavesKindsAloneWhoseDetailsItDoesNotKnow() throws Exception {
    assertThat(rebuild().content(EntryKind.CERTIFICATE_FAILED, details)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "certificate_nonce",
        "key",
        "key_id",
        "principals",
        "valid_after",
        "valid_before",
        "critical_options",
        "extensions",
        "ca_key"
      })
  void namesTheMemberThatIsMissing(String name) {
    SortedMap<String, JsonValue> members = new TreeMap<>(details.members());
    members.remove(name);

    assertThatThrownBy(() -> content(new JsonObject(members)))
        .isInstanceOf(RebuildFailed.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @CsvSource({
    "certificate_nonce,%", "key,ssh-ed25519 AAAA", "valid_after,yesterday",
    "valid_before,1999-01-01T00:00:00Z", "ca_key,SHA256:unknown", "principals,alice",
    "extensions,permit-pty"
  })
  void refusesAMemberThatIsUnsound(String name, String value) {
    assertThatThrownBy(() -> content(with(name, value))).isInstanceOf(RebuildFailed.class);
  }

  @Test
  void opensEveryCommitmentOfALedger() throws Exception {
    scenario.ask(ALICE, "own");

    LedgerReport report = verify(rebuild());

    assertThat(report.faults()).isEmpty();
    assertThat(report.rebuilt()).isEqualTo(2);
  }

  @Test
  void takesCaKeysFromTheEntriesThatAddThem() throws Exception {
    addCaKey(userCa.line());

    assertThat(verify(GrantRebuild.ofKeysIn(scenario.ledger.store())).rebuilt()).isEqualTo(1);
  }

  @Test
  void aCaKeyThatNoEntryNamesIsAFaultOfItsCertificates() throws Exception {
    addCaKey("no key");

    assertThat(verify(GrantRebuild.ofKeysIn(scenario.ledger.store())).faults())
        .containsExactly(
            fault(
                "its certificate cannot be made again: no entry names the CA key "
                    + userCa.fingerprint()));
  }

  @Test
  void aDetailThatWasChangedAfterwardsIsFoundAndNamed() throws Exception {
    tamper(stored().entry(), CanonicalJson.encode(with("key_id", "mallory role=own")));

    assertThat(verify(rebuild()).faults())
        .contains(fault("the details are not those that were hashed"));
  }

  @Test
  void aDetailThatWasChangedTogetherWithItsHashIsFoundByTheCommitment() throws Exception {
    Bytes changed = CanonicalJson.encode(with("key_id", "mallory role=own"));
    Entry entry = Entry.decode(stored().entry());
    Entry forged =
        new Entry(
            entry.at(), entry.kind(), entry.commitSsh(), changed.sha256(), entry.publicPart());
    tamper(forged.encode(), changed);

    assertThat(verify(rebuild()).faults())
        .contains(fault("it commits to another certificate, or another serial"));
  }

  private GrantRebuild rebuild() {
    return GrantRebuild.of(List.of(userCa));
  }

  private void content(JsonObject changed) throws RebuildFailed {
    var _ = rebuild().content(EntryKind.CERTIFICATE_GRANTED, changed);
  }

  private JsonObject with(String name, String value) {
    SortedMap<String, JsonValue> members = new TreeMap<>(details.members());
    members.put(name, new JsonText(value));
    return new JsonObject(members);
  }

  private void addCaKey(String line) throws Exception {
    scenario
        .ledger
        .ledger()
        .append(
            Draft.published(
                EntryKind.CA_KEY_ADDED,
                JsonObject.builder().put("key", line).build(),
                PublicPart.caKey(userCa.fingerprint())));
  }

  private LedgerReport verify(GrantRebuild rebuild) throws Exception {
    return new LedgerVerifier(
            scenario.ledger.store(), TestLedger.ORIGIN, scenario.ledger.ledgerKey(), rebuild)
        .verify(List.of());
  }

  private void tamper(Bytes entry, Bytes changed) {
    scenario.store.tamper(number(), entry, changed);
  }

  private StoredEntry stored() throws Exception {
    return scenario.store.entry(number()).orElseThrow();
  }

  private EntryNumber number() {
    return new EntryNumber(certificate.content().serial().bits());
  }

  private LedgerFault fault(String problem) {
    return new LedgerFault(Optional.of(number()), problem);
  }
}
