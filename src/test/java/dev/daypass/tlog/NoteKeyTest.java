package dev.daypass.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteKeyTest {
  private static final String MATERIAL = "+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
  private static final String CHECKPOINT =
      new Checkpoint("log.example", TreeSize.ZERO, Hash.EMPTY_ROOT).text();

  // C2SP signed-note; transparency-dev/formats, log/note_test.go and note/note_cosigv1_test.go.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "Known+451c786d+AXAQ0T7lbwuY4ABJ9/MYY9bWV3hmSyOGVt2x42NkmdUH",
        "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
        "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
      })
  void readsAndWritesPublishedKeys(String vkey) throws TlogFormatException {
    assertThat(NoteKey.parse(vkey).vkey()).isEqualTo(vkey);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com/foo",
        "example.com/foo+530d903a",
        "example.com/foo+530d903b" + MATERIAL,
        "example.com/foo+530D903A" + MATERIAL,
        "example.com/foo+0530d903a" + MATERIAL,
        "example.com/fop+530d903a" + MATERIAL,
        "+530d903a" + MATERIAL,
        "example com+530d903a" + MATERIAL,
        "example.com/foo+530d903a" + MATERIAL + "\n",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U0=",
        "rekor.sigstore.dev+12345678+AwEB",
        "rekor.sigstore.dev+12345678+THIS_IS_NOT_BASE64!",
        "example.com/foo+530d903a+BukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
      })
  void refuses(String vkey) {
    assertThatThrownBy(() -> NoteKey.parse(vkey)).isInstanceOf(TlogFormatException.class);
  }

  // C2SP signed-note, section Signature types, and tlog-cosignature, section Format.
  @Test
  void knowsTheAssignedTypes() {
    assertThat(NoteKey.Algorithm.ED25519.type()).isEqualTo((byte) 0x01);
    assertThat(NoteKey.Algorithm.ED25519_COSIGNATURE.type()).isEqualTo((byte) 0x04);
  }

  @Test
  void hasAnIdPerType() {
    TestNoteSigner signer = new TestNoteSigner("log.example");
    assertThat(signer.key().keyId()).isNotEqualTo(signer.cosignerKey().keyId());
  }

  @Test
  void refusesKeysOfOtherLengths() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NoteKey.ofEd25519("log.example", new byte[31]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NoteKey.ofEd25519("log example", new byte[32]));
  }

  // A real checkpoint, signed by its log and cosigned by witnesses that nobody here runs.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f",
        "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
        "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO",
      })
  void verifiesARealCheckpoint(String vkey) throws TlogFormatException {
    verifies(vkey, "valid_cosigned_checkpoint.txt");
  }

  @Test
  void verifiesAnotherRealCosignature() throws TlogFormatException {
    verifies(
        "witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G",
        "valid_witnessed_checkpoint.txt");
  }

  @Test
  void refusesCosignaturesThatDoNotHold() {
    TestNoteSigner witness = new TestNoteSigner("witness.example");
    NoteSignature good = witness.cosign(CHECKPOINT, 1679315147);
    assertThat(witness.cosignerKey().verifies(note(CHECKPOINT, good))).isTrue();

    byte[] later = good.blob().toArray();
    later[7]++;
    assertThat(refusedBlob(witness, later)).isTrue();
    assertThat(refusedBlob(witness, new byte[64])).isTrue();
    assertThat(refusedBlob(witness, witness.sign(CHECKPOINT).blob().toArray())).isTrue();
    // Section Format: the timestamp must not exceed 2^63 - 1.
    assertThat(refusedBlob(witness, witness.cosign(CHECKPOINT, -1).blob().toArray())).isTrue();
    // A cosignature is made over a checkpoint.
    String text = "no checkpoint\n";
    assertThat(witness.cosignerKey().verifies(note(text, witness.cosign(text, 1)))).isFalse();
  }

  @Test
  void doesNotTakeOneTypeForTheOther() {
    TestNoteSigner signer = new TestNoteSigner("log.example");
    SignedNote cosigned = note(CHECKPOINT, signer.cosign(CHECKPOINT, 1));
    SignedNote signed = note(CHECKPOINT, signer.sign(CHECKPOINT));
    assertThat(signer.key().verifies(cosigned)).isFalse();
    assertThat(signer.cosignerKey().verifies(signed)).isFalse();
  }

  @Test
  void verifiesWithBouncyCastleToo() {
    TestNoteSigner signer = new TestNoteSigner("log.example");
    NoteSignature good = signer.sign(CHECKPOINT);
    byte[] bad = good.blob().toArray();
    bad[0] ^= 1;
    Opaque key = signer.key().publicKey();
    byte[] message = StrictText.utf8(CHECKPOINT);
    BouncyCastleProvider provider = new BouncyCastleProvider();
    assertThat(Ed25519.verifies(provider, key, message, good.blob().toArray())).isTrue();
    assertThat(Ed25519.verifies(provider, key, message, bad)).isFalse();
    assertThat(Ed25519.verifies(provider, key, message, new byte[63])).isFalse();
    assertThat(Ed25519.verifies(provider, Opaque.of(new byte[31]), message, bad)).isFalse();
  }

  @Test
  void neverThrowsForAKeyThatIsNoPoint() {
    byte[] nonsense = new byte[32];
    nonsense[0] = 2;
    nonsense[31] = 0x7f;
    NoteKey key = NoteKey.ofEd25519("log.example", nonsense);
    assertThat(key.verifies(note(CHECKPOINT, NoteSignature.of(key, new byte[64])))).isFalse();
  }

  private static void verifies(String vkey, String file) throws TlogFormatException {
    NoteKey key = NoteKey.parse(vkey);
    String encoded = Fixtures.text(file);
    SignedNote note = SignedNote.parse(encoded);
    assertThat(note.encode()).isEqualTo(encoded);
    assertThat(key.verifies(note)).isTrue();
    Checkpoint real = Checkpoint.parse(note.text());
    Checkpoint larger = new Checkpoint(real.origin(), real.size().plus(1), real.root());
    assertThat(key.verifies(new SignedNote(larger.text(), note.signatures()))).isFalse();
  }

  private static boolean refusedBlob(TestNoteSigner witness, byte[] blob) {
    NoteSignature signature = NoteSignature.of(witness.cosignerKey(), blob);
    return !witness.cosignerKey().verifies(note(CHECKPOINT, signature));
  }

  private static SignedNote note(String text, NoteSignature signature) {
    return new SignedNote(text, List.of(signature));
  }
}
