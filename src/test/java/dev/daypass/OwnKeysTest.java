package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.daypass.custody.KeyFile;
import dev.daypass.custody.StateFolder;
import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.PublicPart;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CASES 35: no key of the authority is certified, of today or of earlier. */
final class OwnKeysTest {
  @TempDir private Path folder;
  private TestLedger test;
  private StateFolder state;

  @BeforeEach
  void make() throws Exception {
    test = TestLedger.empty(new InMemoryLedgerStore());
    state =
        StateFolder.open(
            CaFiles.make(
                    folder,
                    folder.resolve("head").resolve("head"),
                    TestCa.with().settings("http://127.0.0.1:9/idp"))
                .state());
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void holdsTheSigningKeysTheRootAndTheBundlesKeys() throws Exception {
    TrustBundle bundle = state.newestBundle().bundle();
    assertThat(own())
        .contains(
            test.signer().keys().userCa().fingerprint(),
            test.signer().keys().hostCa().fingerprint(),
            test.signer().keys().ledger().fingerprint(),
            state.rootKey().fingerprint(),
            bundle.userCaKeys().getFirst().fingerprint(),
            bundle.hostCaKeys().getFirst().fingerprint(),
            bundle.ledgerKeys().getFirst().fingerprint(),
            bundle.channelKeys().getFirst().fingerprint())
        .hasSize(8);
  }

  @Test
  void holdsEachKindOfKeyOfBundlesThatAreNoLongerTheNewest() throws Exception {
    List<SshPublicKey> retired = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      retired.add(key());
    }
    SshSigner root = KeyFile.read(state.offlineRootKey(), Optional.empty());
    TrustBundle now = state.newestBundle().bundle();
    TrustBundle then =
        new TrustBundle(
            2,
            now.validUntil(),
            now.ledgerOrigin(),
            List.of(now.userCaKeys().getFirst(), retired.get(0)),
            List.of(retired.get(1)),
            List.of(retired.get(2)),
            List.of(retired.get(3)),
            Optional.of(retired.get(4)),
            now.witnessPolicy(),
            now.modes());
    Files.writeString(state.bundle(2), SignedTrustBundle.sign(then, root).text());
    Files.writeString(state.bundle(3), SignedTrustBundle.sign(numbered(3, now), root).text());
    assertThat(own()).containsAll(retired.stream().map(SshPublicKey::fingerprint).toList());
  }

  @Test
  void holdsWhatTheLedgerNamesWhenNoBundleDoes() throws Exception {
    Fingerprint first = key().fingerprint();
    List<Fingerprint> added = new ArrayList<>();
    test.append(
        Draft.published(
            EntryKind.LEDGER_CREATED,
            JsonObject.EMPTY,
            PublicPart.ledgerCreated(
                TestLedger.ORIGIN, Map.of("user-ca", first), Optional.empty())));
    for (int i = 0; i < 3; i++) {
      Fingerprint fingerprint = key().fingerprint();
      added.add(fingerprint);
      record(EntryKind.CA_KEY_ADDED, fingerprint);
      record(EntryKind.CA_KEY_RETIRED, fingerprint);
    }
    assertThat(own()).contains(first).containsAll(added);
  }

  @Test
  void turnsMorePagesThanOne() throws Exception {
    test.append(TestLedger.created());
    Fingerprint oldest = key().fingerprint();
    record(EntryKind.CA_KEY_ADDED, oldest);
    Draft later = added(key().fingerprint());
    test.appendTogether(Collections.nCopies(1000, later));
    assertThat(own()).contains(oldest);
  }

  @Test
  void doesNotStartOnAnEntryThatNamesNoKey() throws Exception {
    test.append(TestLedger.created());
    JsonObject part = JsonObject.builder().put("fingerprint", "SHA256:none").build();
    test.append(Draft.published(EntryKind.CA_KEY_ADDED, JsonObject.EMPTY, part));
    assertThatIllegalStateException()
        .isThrownBy(this::own)
        .withMessage("entry 1 names a key by no fingerprint");
  }

  private Set<Fingerprint> own() throws Exception {
    return OwnKeys.of(test.signer().keys(), state, test.ledger()).fingerprints();
  }

  private Receipt record(EntryKind kind, Fingerprint fingerprint) throws Exception {
    return test.append(Draft.published(kind, JsonObject.EMPTY, PublicPart.caKey(fingerprint)));
  }

  private static Draft added(Fingerprint fingerprint) {
    return Draft.published(EntryKind.CA_KEY_ADDED, JsonObject.EMPTY, PublicPart.caKey(fingerprint));
  }

  private static TrustBundle numbered(long number, TrustBundle like) {
    return new TrustBundle(
        number,
        like.validUntil(),
        like.ledgerOrigin(),
        like.userCaKeys(),
        like.hostCaKeys(),
        like.ledgerKeys(),
        like.channelKeys(),
        like.breakGlassKey(),
        like.witnessPolicy(),
        like.modes());
  }

  private static SshPublicKey key() {
    return OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
  }
}
