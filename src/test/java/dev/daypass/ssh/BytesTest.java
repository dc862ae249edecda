package dev.daypass.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BytesTest {
  @Test
  void isNotChangedThroughItsArrays() {
    byte[] given = {1, 2, 3};
    Bytes bytes = Bytes.of(given);
    given[0] = 9;
    bytes.toArray()[1] = 9;
    assertThat(bytes).isEqualTo(Bytes.ofHex("010203"));
  }

  @Test
  void isEqualByContentAndOrderedUnsigned() {
    assertThat(Bytes.ofHex("80")).isEqualByComparingTo(Bytes.ofHex("80"));
    assertThat(Bytes.ofHex("80")).isGreaterThan(Bytes.ofHex("7f"));
    assertThat(Bytes.ofHex("7f")).isLessThan(Bytes.ofHex("7f00"));
    assertThat(Bytes.ofHex("01")).hasSameHashCodeAs(Bytes.of(new byte[] {1}));
    assertThat(Bytes.ofHex("01")).isNotEqualTo(Bytes.ofHex("02"));
  }

  @Test
  void slicesAndJoins() {
    Bytes bytes = Bytes.ofHex("00010203");
    assertThat(bytes.slice(1, 3).concat(bytes.slice(0, 1)).hex()).isEqualTo("010200");
    assertThat(bytes.slice(4, 4)).isEqualTo(Bytes.EMPTY);
    assertThatThrownBy(() -> bytes.slice(3, 5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.slice(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void writesBase64() {
    Bytes bytes = Bytes.ofHex("fbff");
    assertThat(bytes.base64()).isEqualTo("+/8=");
    assertThat(bytes.base64Url()).isEqualTo("-_8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+/8", "+/9=", "-_8=", "+/8=\n", " +/8=", "+/8==", "====", "é", "+/8=+/8="})
  void refusesBase64ThatIsNotCanonical(String base64) {
    assertThatThrownBy(() -> Bytes.fromBase64Strict(base64)).isInstanceOf(SshFormatException.class);
  }

  @Test
  void readsCanonicalBase64() throws Exception {
    assertThat(Bytes.fromBase64Strict("+/8=").hex()).isEqualTo("fbff");
    assertThat(Bytes.fromBase64Strict("")).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void refusesWhatIsNotUtf8() throws Exception {
    assertThat(Bytes.ofUtf8("é€😀").utf8()).isEqualTo("é€😀");
    assertThat(Bytes.ofHex("61efbfbd").utf8()).isEqualTo("a\ufffd");
    // Overlong, surrogate, truncated, above the last code point; behind a replacement character.
    for (String hex : new String[] {"c0af", "eda080", "e282", "f4908080", "80", "efbfbd80"}) {
      assertThatThrownBy(() -> Bytes.ofHex(hex).utf8()).isInstanceOf(SshFormatException.class);
    }
    assertThatThrownBy(() -> Bytes.ofUtf8("a\ud800")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hashes() {
    // FIPS 180-4, example values for "abc".
    assertThat(Bytes.ofUtf8("abc").sha256().hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Bytes.ofUtf8("abc").sha512().hex()).startsWith("ddaf35a193617abacc417349ae204131");
  }

  @Test
  void showsLittleOfItself() {
    assertThat(Bytes.ofHex("00112233445566778899")).hasToString("10 bytes 0011223344556677...");
    assertThat(Bytes.EMPTY.toString()).startsWith("0 bytes");
  }
}
