package dev.daypass.tlog.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.TlogFormatException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WitnessQuorumTest {
  private static final Map<String, NoteKey> KEYS = new TreeMap<>();

  static {
    for (String name : List.of("X1", "X2", "X3", "Y1", "Y2", "Y3")) {
      Ed25519PublicKey key =
          (Ed25519PublicKey) OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
      KEYS.put(name, NoteKey.ofEd25519Cosigner("w.example/" + name, key.point().toArray()));
    }
  }

  // C2SP tlog-policy, section Example policy, with keys in the places of its dots.
  private static final List<String> EXAMPLE =
      List.of(
          "witness X1 " + vkey("X1"),
          "witness X2 " + vkey("X2"),
          "witness X3 " + vkey("X3"),
          "group X-witnesses 2 X1 X2 X3",
          "",
          "  # the others",
          "witness Y1 " + vkey("Y1") + " https://y1.example/",
          "\twitness  Y2\t" + vkey("Y2"),
          "witness Y3 " + vkey("Y3"),
          "group Y-witnesses any Y1 Y2 Y3",
          "group X-and-Y all X-witnesses Y-witnesses",
          "quorum X-and-Y");

  @Test
  void thePublishedPolicyWantsTwoOfTheOnesAndOneOfTheOthers() throws Exception {
    WitnessQuorum quorum = WitnessQuorum.parse(EXAMPLE);
    assertThat(quorum.witnesses()).hasSize(6);
    assertThat(quorum.isMetBy(keys("X1", "X3", "Y2"))).isTrue();
    assertThat(quorum.isMetBy(keys("X1", "X2", "X3", "Y1", "Y2", "Y3"))).isTrue();
    assertThat(quorum.isMetBy(keys("X1", "Y1", "Y2", "Y3"))).isFalse();
    assertThat(quorum.isMetBy(keys("X1", "X2", "X3"))).isFalse();
    assertThat(quorum.isMetBy(keys())).isFalse();
    assertThat(quorum.witnesses().get(3).url()).contains("https://y1.example/");
  }

  @Test
  void oneWitnessOrNoneCanBeEnough() throws Exception {
    WitnessQuorum one = WitnessQuorum.parse(List.of("witness X1 " + vkey("X1"), "quorum X1"));
    assertThat(one.isMetBy(keys("X1"))).isTrue();
    assertThat(one.isMetBy(keys("X2"))).isFalse();
    WitnessQuorum none = WitnessQuorum.parse(List.of("quorum none"));
    assertThat(none.isMetBy(keys())).isTrue();
    assertThat(none.isNone()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "witness",
        "witness none VKEY",
        "witness X1 VKEY",
        "witness Z VKEY",
        "witness Z VKEY a b",
        "witness Z nonsense",
        "group g 0 X1",
        "group g 2 X1",
        "group g 01 X1",
        "group g some X1",
        "group g any",
        "group g any none",
        "group g any g",
        "group g any X1 X1",
        "group X1 any X1",
        "quorum X1",
        "quorum later",
        "quorum",
        "log VKEY",
        "x"
      })
  void refusesWhatThePolicyDocumentDoes(String line) {
    List<String> lines = new ArrayList<>();
    lines.add("witness X1 " + vkey("X1"));
    lines.add("quorum X1");
    // A second quorum, or the same key again, is as wrong as a word of another kind.
    lines.add(line.replace("VKEY", vkey("X1")));
    assertThatExceptionOfType(TlogFormatException.class)
        .isThrownBy(() -> WitnessQuorum.parse(lines))
        .withMessageContaining("3");
  }

  @Test
  void refusesAKeyThatSignsNoCosignatures() {
    NoteKey log =
        NoteKey.ofEd25519("log.example", keys("X1").iterator().next().publicKey().toArray());
    assertThatExceptionOfType(TlogFormatException.class)
        .isThrownBy(() -> WitnessQuorum.parse(List.of("witness a " + log.vkey(), "quorum a")))
        .withMessageContaining("type 4");
  }

  @Test
  void refusesAPolicyWithoutAQuorum() {
    assertThatExceptionOfType(TlogFormatException.class)
        .isThrownBy(() -> WitnessQuorum.parse(List.of("witness X1 " + vkey("X1"))))
        .withMessageContaining("no quorum line");
  }

  private static String vkey(String name) {
    return key(name).vkey();
  }

  private static NoteKey key(String name) {
    NoteKey key = KEYS.get(name);
    if (key == null) {
      throw new AssertionError(name);
    }
    return key;
  }

  private static Set<NoteKey> keys(String... names) {
    Set<NoteKey> keys = new HashSet<>();
    for (String name : names) {
      keys.add(key(name));
    }
    return keys;
  }
}
