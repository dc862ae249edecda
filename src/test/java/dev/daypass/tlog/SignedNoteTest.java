package dev.daypass.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
  // C2SP signed-note, section Verifier keys, Example.
  private static final String EXAMPLE_VKEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
  private static final String EXAMPLE =
      """
      This is an example message.

      \u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3\
      mFXmRKuwHjG1Yu72IneyaQM=
      """;

  // The checkpoint and key of Go's checksum database, transparency-dev/formats, log/note_test.go.
  private static final String SUMDB_VKEY =
      "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
  private static final String SUMDB =
      """
      go.sum database tree
      6476701
      mb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=

      \u2014 sum.golang.org Az3grsLX85Gz+s1SiTbgkuqxgItqFq7gsMUEyVnrsa9LM7Us9S+1xbFIGu95949rj4nPRYf\
      vimWEPWL+o3GeoWwOoAw=
      """;

  private static final String TEXT = "some text\n\nwith an empty line\n";
  private static final TestNoteSigner ALICE = new TestNoteSigner("alice.example");
  private static final TestNoteSigner BOB = new TestNoteSigner("bob.example");
  private static final String GOOD = "\u2014 a AAAAAAA=\n";

  @ParameterizedTest
  @CsvSource({EXAMPLE_VKEY + "," + "example", SUMDB_VKEY + "," + "sumdb"})
  void verifiesPublishedNotes(String vkey, String which) throws TlogFormatException {
    String encoded = which.equals("example") ? EXAMPLE : SUMDB;
    SignedNote note = SignedNote.parse(encoded);
    assertThat(NoteKey.parse(vkey).verifies(note)).isTrue();
    assertThat(note.encode()).isEqualTo(encoded);
    SignedNote other = new SignedNote("T" + note.text(), note.signatures());
    assertThat(NoteKey.parse(vkey).verifies(other)).isFalse();
  }

  @Test
  void endsItsTextAtTheLastEmptyLine() throws TlogFormatException {
    SignedNote note = new SignedNote(TEXT, List.of(ALICE.sign(TEXT)));
    assertThat(SignedNote.parse(note.encode())).isEqualTo(note);
    assertThat(SignedNote.parse("\n\n" + GOOD).text()).isEqualTo("\n");
    assertThat(SignedNote.decode(note.encode().getBytes(StandardCharsets.UTF_8))).isEqualTo(note);
  }

  @Test
  void ignoresUnknownKeys() {
    SignedNote note = new SignedNote(TEXT, List.of(ALICE.sign(TEXT), BOB.sign(TEXT)));
    TestNoteSigner namesake = new TestNoteSigner("alice.example");
    assertThat(note.signers(Set.of(ALICE.key()))).containsExactly(ALICE.key());
    assertThat(note.signers(Set.of(ALICE.key(), BOB.key())))
        .containsExactlyInAnyOrder(ALICE.key(), BOB.key());
    assertThat(note.signers(Set.of(namesake.key()))).isEmpty();
    assertThat(note.signers(Set.of(namesake.key(), BOB.key()))).containsExactly(BOB.key());
    assertThat(namesake.key().verifies(note)).isFalse();
  }

  @Test
  void rejectsNoteWithBadSignatureOfKnownKey() {
    NoteSignature bad = NoteSignature.of(ALICE.key(), new byte[64]);
    SignedNote note = new SignedNote(TEXT, List.of(bad, BOB.sign(TEXT)));
    assertThat(note.signers(Set.of(BOB.key()))).containsExactly(BOB.key());
    assertThat(note.signers(Set.of(ALICE.key(), BOB.key()))).isEmpty();
    SignedNote twice = new SignedNote(TEXT, List.of(ALICE.sign(TEXT), bad));
    assertThat(ALICE.key().verifies(twice)).isFalse();
    assertThat(twice.signers(Set.of(ALICE.key()))).isEmpty();
  }

  @Test
  void rejectsSignatureUnderAnotherName() {
    NoteSignature own = ALICE.sign(TEXT);
    NoteSignature renamed = new NoteSignature("mallory.example", own.keyId(), own.blob());
    SignedNote note = new SignedNote(TEXT, List.of(renamed));
    assertThat(ALICE.key().verifies(note)).isFalse();
  }

  @Test
  void acceptsSixteenSignaturesAndManyMore() throws TlogFormatException {
    List<NoteSignature> signatures = new ArrayList<>();
    byte[] postQuantum = new byte[5000];
    for (int i = 0; i < SignedNote.MAX_SIGNATURES; i++) {
      signatures.add(new NoteSignature("witness" + i, i, Opaque.of(postQuantum)));
    }
    SignedNote note = new SignedNote(TEXT, signatures);
    assertThat(SignedNote.parse(note.encode())).isEqualTo(note);
    assertThat(SignedNote.MAX_SIGNATURES).isGreaterThanOrEqualTo(16);
    assertThatThrownBy(() -> SignedNote.parse(note.encode() + GOOD))
        .isInstanceOf(TlogFormatException.class)
        .hasMessageStartingWith("too many signatures");
  }

  @Test
  void addsASignature() {
    SignedNote note = new SignedNote(TEXT, List.of(ALICE.sign(TEXT)));
    SignedNote both = note.with(BOB.sign(TEXT));
    assertThat(both.signers(Set.of(ALICE.key(), BOB.key()))).hasSize(2);
    assertThat(both.encode()).startsWith(note.encode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "text\n",
        "text\n\n",
        "text" + GOOD,
        "text\n" + GOOD,
        "text\n\n\n" + "x",
        "text\n\n- a AAAAAAA=\n",
        "text\n\n\u2014  AAAAAAA=\n",
        "text\n\n\u2014 a\n",
        "text\n\n\u2014 a \n",
        "text\n\n\u2014 a AAAAAAA\n",
        "text\n\n\u2014 a AAAAAAB=\n",
        "text\n\n\u2014 a AAAAAA==\n",
        "text\n\n\u2014 a  AAAAAAA=\n",
        "text\n\n\u2014 a AAAAAAA= \n",
        "text\n\n\u2014 a+b AAAAAAA=\n",
        "text\n\n\u2014 a\u00a0b AAAAAAA=\n",
        "text\n\n\u2014 a\u0085b AAAAAAA=\n",
        "text\n\n\u2014 a\u2028b AAAAAAA=\n",
        "text\n\n\u2014 a AAAAAAA=",
        "text\n\n" + GOOD + "more\n",
        "text\r\n\n" + GOOD,
        "te\txt\n\n" + GOOD,
        "te\u0000xt\n\n" + GOOD,
        "te\ud800xt\n\n" + GOOD,
        "te\udc00\ud800xt\n\n" + GOOD,
      })
  void refuses(String malformed) {
    assertThatThrownBy(() -> SignedNote.parse(malformed)).isInstanceOf(TlogFormatException.class);
  }

  @Test
  void saysWhereANoteIsMalformed() {
    String note = "text\n\n" + GOOD + "\u2014 b+ AAAAAAA=\n";
    TlogFormatException fault =
        catchThrowableOfType(TlogFormatException.class, () -> SignedNote.parse(note));
    assertThat(fault.offset()).isEqualTo(note.indexOf("b+"));
    assertThat(fault).hasMessage("invalid key name at offset " + fault.offset());
  }

  @Test
  void takesAllOfUnicodeButControlCharacters() throws TlogFormatException {
    String text = "\u00e9 \ud83d\udd11 \u2028 \u0085 \u007f\n";
    SignedNote note = new SignedNote(text, List.of(ALICE.sign(text)));
    SignedNote decoded = SignedNote.decode(note.encode().getBytes(StandardCharsets.UTF_8));
    assertThat(ALICE.key().verifies(decoded)).isTrue();
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] note = ("t\u00e9xt\n\n" + GOOD).getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> SignedNote.decode(note))
        .isInstanceOf(TlogFormatException.class)
        .hasMessage("invalid UTF-8 at offset 1");
    byte[] cut = {'t', (byte) 0xe2, (byte) 0x80};
    assertThatThrownBy(() -> SignedNote.decode(cut)).hasMessage("invalid UTF-8 at offset 1");
    byte[] overlong = {'t', (byte) 0xc0, (byte) 0x8a};
    assertThatThrownBy(() -> SignedNote.decode(overlong)).hasMessage("invalid UTF-8 at offset 1");
  }

  @Test
  void refusesToHoldWhatItCouldNotEncode() {
    List<NoteSignature> one = List.of(ALICE.sign(TEXT));
    assertThatIllegalArgumentException().isThrownBy(() -> new SignedNote("no newline", one));
    assertThatIllegalArgumentException().isThrownBy(() -> new SignedNote("\r\n", one));
    assertThatIllegalArgumentException().isThrownBy(() -> new SignedNote(TEXT, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NoteSignature("a b", 1, Opaque.of(new byte[1])));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NoteSignature("a", 1, Opaque.of(new byte[0])));
  }

  @Test
  void refusesANoteOfExcessiveLength() {
    String note = "t".repeat(SignedNote.MAX_CHARACTERS) + "\n\n" + GOOD;
    assertThatThrownBy(() -> SignedNote.parse(note)).hasMessageStartingWith("note too long");
  }
}
