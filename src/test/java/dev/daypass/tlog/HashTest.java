package dev.daypass.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {
  // transparency-dev/merkle, rfc6962/rfc6962_test.go.
  @Test
  void agreesWithPublishedHashes() {
    assertThat(Hash.EMPTY_ROOT.hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Hash.leaf(new byte[0]).hex())
        .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assertThat(Hash.leaf("L123456".getBytes(StandardCharsets.US_ASCII)).hex())
        .isEqualTo("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
  }

  @Test
  void keepsLeavesAndNodesApart() {
    Hash left = Hash.leaf(new byte[] {1});
    Hash right = Hash.leaf(new byte[] {2});
    byte[] both = StrictText.concat(left.toArray(), right.toArray());
    assertThat(Hash.node(left, right))
        .isNotEqualTo(Hash.leaf(both))
        .isNotEqualTo(Hash.node(right, left));
  }

  @Test
  void isAnImmutableValue() {
    byte[] bytes = new byte[Hash.SIZE];
    Hash hash = Hash.of(bytes);
    Arrays.fill(bytes, (byte) 1);
    Arrays.fill(hash.toArray(), (byte) 2);
    assertThat(hash)
        .isEqualTo(Hash.ofHex("00".repeat(32)))
        .hasSameHashCodeAs(Hash.of(new byte[32]));
    assertThat(hash).isNotEqualTo(Hash.EMPTY_ROOT).isNotEqualTo("hash");
    assertThat(hash).hasToString(hash.base64());
  }

  @Test
  void readsItsOwnBase64() throws TlogFormatException {
    assertThat(Hash.parse(Hash.EMPTY_ROOT.base64())).isEqualTo(Hash.EMPTY_ROOT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33, 64})
  void refusesOtherLengths(int length) {
    byte[] bytes = new byte[length];
    assertThatIllegalArgumentException().isThrownBy(() -> Hash.of(bytes));
    String base64 = Opaque.of(bytes).base64();
    assertThatThrownBy(() -> Hash.parse(base64)).isInstanceOf(TlogFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Without padding, with bits after the last byte, URL alphabet, space, line break.
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=",
        "____________________________________________",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= ",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nA=",
      })
  void refusesOtherSpellings(String base64) {
    assertThatThrownBy(() -> Hash.parse(base64))
        .isInstanceOf(TlogFormatException.class)
        .hasMessageContaining("base64");
  }
}
