package dev.daypass.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WireTest {
  @Test
  void readsWhatItWrote() throws Exception {
    Bytes written =
        new WireWriter(1)
            .uint8(255)
            .uint32(0xffff_ffffL)
            .uint64(-1)
            .string(Bytes.ofHex("0102"))
            .text("é")
            .mpint(BigInteger.TWO.pow(64))
            .raw(Bytes.ofHex("aa"))
            .toBytes();
    WireReader reader = WireReader.of(written);
    assertThat(reader.uint8()).isEqualTo(255);
    assertThat(reader.uint32()).isEqualTo(0xffff_ffffL);
    assertThat(reader.uint64()).isEqualTo(-1);
    assertThat(reader.string().hex()).isEqualTo("0102");
    assertThat(reader.text()).isEqualTo("é");
    assertThat(reader.mpint()).isEqualTo(BigInteger.TWO.pow(64));
    assertThat(reader.raw(1).hex()).isEqualTo("aa");
    reader.requireEnd();
    assertThat(reader.offset()).isEqualTo(written.size());
  }

  @Test
  void whatWasHandedOutNeverChanges() {
    WireWriter writer = new WireWriter(4).uint32(1);
    Bytes full = writer.toBytes();
    writer.uint32(2);

    assertThat(full.hex()).isEqualTo("00000001");
    assertThat(writer.toBytes().hex()).isEqualTo("0000000100000002");
  }

  // The examples of RFC 4251 section 5.
  @ParameterizedTest
  @CsvSource({"0, 00000000", "9a378f9b2e332a7, 0000000809a378f9b2e332a7", "80, 000000020080"})
  void writesMpintsAsTheRfcDoes(String value, String hex) throws Exception {
    BigInteger number = new BigInteger(value, 16);
    assertThat(new WireWriter().mpint(number).toBytes().hex()).isEqualTo(hex);
    assertThat(WireReader.of(Bytes.ofHex(hex)).mpint()).isEqualTo(number);
  }

  @ParameterizedTest
  // Zero as a byte, needless zeros, negative (the RFC's -1234 and -deadbeef), too short.
  @ValueSource(
      strings = {
        "0000000100",
        "000000020001",
        "00000003000080",
        "00000002edcc",
        "00000005ff21524111",
        "0000000201"
      })
  void refusesMpintsOfAnotherForm(String hex) {
    assertThatThrownBy(() -> WireReader.of(Bytes.ofHex(hex)).mpint())
        .isInstanceOf(SshFormatException.class);
  }

  @Test
  void refusesLengthsThatPassTheEnd() {
    for (String hex :
        new String[] {"", "000000", "00000001", "ffffffff", "7fffffff00", "80000000"}) {
      WireReader reader = WireReader.of(Bytes.ofHex(hex));
      assertThatThrownBy(reader::string).isInstanceOf(SshFormatException.class);
    }
  }

  @Test
  void namesTheOffsetInTheOutermostInput() throws Exception {
    Bytes inner = new WireWriter().text("a").uint32(9).toBytes();
    WireReader reader = WireReader.of(new WireWriter().uint8(1).string(inner).uint8(2).toBytes());
    reader.uint8();
    WireReader nested = reader.nested();
    assertThat(nested.text()).isEqualTo("a");
    assertThatThrownBy(nested::string)
        .isInstanceOfSatisfying(
            SshFormatException.class, e -> assertThat(e.offset()).isEqualTo(10));
    assertThat(reader.uint8()).isEqualTo(2);
  }

  @Test
  void keepsANestedReaderInside() throws Exception {
    WireReader nested = WireReader.of(Bytes.ofHex("000000020000000000ff")).nested();
    assertThatThrownBy(nested::uint32).hasMessageContaining("ends early");
    assertThatThrownBy(() -> nested.raw(3)).isInstanceOf(SshFormatException.class);
    nested.raw(2);
    nested.requireEnd();
  }

  @Test
  void refusesWhatIsLeftOver() {
    assertThatThrownBy(() -> WireReader.of(Bytes.ofHex("00")).requireEnd())
        .hasMessage("1 bytes left over at byte 0");
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    assertThatThrownBy(() -> WireReader.of(Bytes.ofHex("00000001ff")).text())
        .isInstanceOf(SshFormatException.class);
  }

  @Test
  void refusesToWriteWhatDoesNotFit() {
    WireWriter writer = new WireWriter();
    assertThatThrownBy(() -> writer.uint8(256)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.uint8(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.uint32(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.uint32(1L << 32)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.mpint(BigInteger.ONE.negate()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(writer.size()).isZero();
  }
}
