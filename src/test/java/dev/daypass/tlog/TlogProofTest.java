package dev.daypass.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TlogProofTest {
  private static final String ORIGIN = "ca.example.com/daypass";
  private static final TestNoteSigner LOG = new TestNoteSigner(ORIGIN);
  private static final List<byte[]> ENTRIES = ReferenceTree.entries(7);
  private static final TreeProver PROVER = new TreeProver(InMemoryHashes.of(ENTRIES));
  private static final Opaque EXTRA = Opaque.of("extra\n".getBytes(StandardCharsets.US_ASCII));

  @Test
  void isWrittenAsTheDocumentSays() {
    TlogProof proof = proof(4, Optional.of(EXTRA));
    assertThat(proof.encode())
        .isEqualTo(
            "c2sp.org/tlog-proof@v1\n"
                + "extra ZXh0cmEK\n"
                + "index 4\n"
                + proof.path().get(0).base64()
                + "\n"
                + proof.path().get(1).base64()
                + "\n"
                + proof.path().get(2).base64()
                + "\n\n"
                + proof.checkpoint().encode());
    assertThat(proof(4, Optional.empty()).encode()).startsWith("c2sp.org/tlog-proof@v1\nindex 4\n");
  }

  @Test
  void readsWhatItWrote() throws TlogFormatException {
    for (int index = 0; index < ENTRIES.size(); index++) {
      TlogProof proof = proof(index, index % 2 == 0 ? Optional.empty() : Optional.of(EXTRA));
      assertThat(TlogProof.parse(proof.encode())).isEqualTo(proof);
      byte[] bytes = proof.encode().getBytes(StandardCharsets.UTF_8);
      assertThat(proof.encodeUtf8()).isEqualTo(bytes);
      assertThat(TlogProof.decode(bytes)).isEqualTo(proof);
      assertThat(proof.verifies(leaf(index), ORIGIN, LOG.key())).isTrue();
    }
  }

  @Test
  void needsNoHashInATreeOfOne() throws TlogFormatException {
    Hash root = leaf(0);
    SignedNote note = sign(new Checkpoint(ORIGIN, new TreeSize(1), root));
    TlogProof proof = new TlogProof(new EntryNumber(0), List.of(), note, Optional.empty());
    assertThat(TlogProof.parse(proof.encode()).verifies(root, ORIGIN, LOG.key())).isTrue();
    assertThat(proof.encode()).startsWith("c2sp.org/tlog-proof@v1\nindex 0\n\n" + ORIGIN);
  }

  // The example of C2SP tlog-proof, its shortened signatures put in full and its path completed.
  @Test
  void readsTheExampleOfTheDocument() throws TlogFormatException {
    String text =
        """
        c2sp.org/tlog-proof@v1
        extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6
        index 109481
        gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
        B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
        EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
        RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=
        AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=
        AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=
        AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=
        AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=
        AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=
        AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=

        example.com/fancylog
        109482
        sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

        \u2014 example.com/fancylog hI2DJwAA
        \u2014 witness1.example mJirIklj
        """;
    assertThat(InclusionProof.length(new EntryNumber(109481), new TreeSize(109482))).isEqualTo(10);
    TlogProof proof = TlogProof.parse(text);
    assertThat(proof.index()).isEqualTo(new EntryNumber(109481));
    assertThat(proof.tree().size()).isEqualTo(new TreeSize(109482));
    assertThat(proof.extra().orElseThrow().toArray())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("age-v1.2.1-darwin-arm64.tar.gz");
    assertThat(proof.encode()).isEqualTo(text);
  }

  @Test
  void doesNotVerifyForAnotherLeafOriginOrKey() {
    TlogProof proof = proof(4, Optional.empty());
    assertThat(proof.verifies(leaf(3), ORIGIN, LOG.key())).isFalse();
    assertThat(proof.verifies(leaf(4), "ca.example.com/other", LOG.key())).isFalse();
    assertThat(proof.verifies(leaf(4), ORIGIN, new TestNoteSigner(ORIGIN).key())).isFalse();
  }

  @Test
  void noProofWithOneByteChangedVerifies() {
    TlogProof proof = proof(4, Optional.empty());
    byte[] bytes = proof.encode().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] mutated = bytes.clone();
        mutated[i] ^= (byte) (1 << bit);
        assertThat(accepts(mutated, leaf(4))).as("bit %d of byte %d", bit, i).isFalse();
      }
    }
    assertThat(accepts(bytes, leaf(4))).isTrue();
  }

  @Test
  void refusesMalformedProofs() {
    String good = proof(4, Optional.of(EXTRA)).encode();
    List<String> malformed = new ArrayList<>();
    malformed.add("");
    malformed.add(good.replace("@v1", "@v2"));
    malformed.add("\n" + good);
    malformed.add(good.replace("extra ZXh0cmEK\n", "extra ZXh0cmEK\nextra ZXh0cmEK\n"));
    malformed.add(good.replace("extra ZXh0cmEK\n", "extra \n"));
    malformed.add(good.replace("extra ZXh0cmEK\n", "extra\n"));
    malformed.add(good.replace("extra ZXh0cmEK\n", "extra ZXh0cmEL=\n"));
    malformed.add(good.replace("extra ZXh0cmEK\n", "Extra ZXh0cmEK\n"));
    malformed.add(good.replace("extra ZXh0cmEK\nindex 4\n", "index 4\nextra ZXh0cmEK\n"));
    malformed.add(good.replace("index 4\n", ""));
    malformed.add(good.replace("index 4\n", "index 04\n"));
    malformed.add(good.replace("index 4\n", "index  4\n"));
    malformed.add(good.replace("index 4\n", "index -4\n"));
    malformed.add(good.replace("index 4\n", "index 7\n"));
    malformed.add(good.replace("index 4\n", "index 6\n"));
    malformed.add(good.replace("index 4\n", "index 9223372036854775808\n"));
    malformed.add(good.replace("index 4\n", "index 4\n\n"));
    malformed.add(good.replace("index 4\n", "index 4\nAAAA\n"));
    malformed.add(good.replace("index 4\n", "index 4\n" + Hash.EMPTY_ROOT + "\n"));
    malformed.add(good.replace("index 4\n", "index 4\n" + (Hash.EMPTY_ROOT + "\n").repeat(99)));
    malformed.add(good.replace("\n\n" + ORIGIN, "\n" + ORIGIN));
    malformed.add(good.replace("\n", "\r\n"));
    malformed.add(good + "\n");
    malformed.add(good + "x");
    malformed.add(good.substring(0, good.length() - 1));
    malformed.add(good.replace("\n7\n", "\n7\nextension\n"));
    for (String text : malformed) {
      assertThatThrownBy(() -> TlogProof.parse(text)).isInstanceOf(TlogFormatException.class);
    }
  }

  @Test
  void saysWhereAProofIsMalformed() {
    String text = proof(4, Optional.empty()).encode().replace("\n7\n", "\n07\n");
    TlogFormatException fault =
        catchThrowableOfType(TlogFormatException.class, () -> TlogProof.parse(text));
    assertThat(fault.offset()).isEqualTo(text.indexOf("07\n"));
  }

  @Test
  void refusesToHoldWhatItCouldNotEncode() {
    TlogProof proof = proof(4, Optional.empty());
    EntryNumber index = proof.index();
    SignedNote note = proof.checkpoint();
    List<Hash> path = proof.path();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlogProof(index, List.of(), note, Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlogProof(new EntryNumber(7), path, note, Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlogProof(index, path, note, Optional.of(Opaque.of(new byte[0]))));
    SignedNote other = new SignedNote("text\n", List.of(LOG.sign("text\n")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlogProof(index, path, other, Optional.empty()));
  }

  private static boolean accepts(byte[] bytes, Hash leaf) {
    try {
      return TlogProof.decode(bytes).verifies(leaf, ORIGIN, LOG.key());
    } catch (TlogFormatException _) {
      return false;
    }
  }

  private static TlogProof proof(int index, Optional<Opaque> extra) {
    TreeSize size = new TreeSize(ENTRIES.size());
    InclusionProof inclusion = PROVER.inclusion(new EntryNumber(index), size);
    SignedNote note = sign(new Checkpoint(ORIGIN, size, PROVER.root(size)));
    return new TlogProof(inclusion.index(), inclusion.hashes(), note, extra);
  }

  private static SignedNote sign(Checkpoint checkpoint) {
    return new SignedNote(checkpoint.text(), List.of(LOG.sign(checkpoint.text())));
  }

  private static Hash leaf(int index) {
    return Hash.leaf(ENTRIES.get(index));
  }
}
