package dev.daypass.policy.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ssh.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  private static Cidr cidr(String text) {
    return Cidr.parse(text).orElseThrow();
  }

  /** The IPv6 ones are those of RFC 5952, sections 2 and 4. */
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0db8::0001, 2001:db8::1",
    "2001:db8::0:1, 2001:db8::1",
    "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:DB8::ABCD, 2001:db8::abcd",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "::ffff:192.0.2.1, 192.0.2.1",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8"
  })
  void writesAddressesCanonically(String text, String canonical) {
    assertThat(IpAddress.parse(text)).map(IpAddress::toString).contains(canonical);
    assertThat(IpAddress.parse(canonical)).isEqualTo(IpAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "example.com",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        "1.2.3.256",
        "0x7f.0.0.1",
        "1.2.3.4 ",
        " 1.2.3.4",
        "\u0661.2.3.4",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8",
        "1::2::3",
        "12345::",
        "fe80::1%eth0",
        "[::1]",
        "g::",
        "1.2.3.4::",
        "::1.2.3"
      })
  void refusesWhatIsNoAddressWithoutAskingAnybody(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
    assertThat(Cidr.parse(text)).isEmpty();
  }

  /** CASES 21. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1/8",
        "10.0.0.0/0",
        "0.0.0.0/0",
        "::/0",
        "10.0.0.0/33",
        "10.0.0.0/08",
        "10.0.0.0/+8",
        "10.0.0.0/",
        "10.0.0.0/8/8",
        "!10.0.0.0/8",
        "10.0.0.0 /8",
        "10.0.0.0/8,11.0.0.0/8",
        "2001:db8::1/32",
        "2001:db8::/129",
        "::ffff:10.0.0.0/104",
        "::ffff:10.0.0.0/8",
        "10.0.0.0/255.0.0.0"
      })
  void refusesWhatIsNoRange(String text) {
    assertThat(Cidr.parse(text)).isEmpty();
  }

  @Test
  void anAddressAloneIsTheRangeOfItself() {
    assertThat(cidr("10.1.2.3")).hasToString("10.1.2.3/32");
    assertThat(cidr("2001:DB8:0::1")).hasToString("2001:db8::1/128");
  }

  @Test
  void containsWhatLiesInside() {
    assertThat(cidr("10.0.0.0/8").contains(cidr("10.255.0.0/16"))).isTrue();
    assertThat(cidr("10.0.0.0/8").contains(cidr("10.0.0.0/8"))).isTrue();
    assertThat(cidr("10.0.0.0/8").contains(cidr("10.0.0.0/7"))).isFalse();
    assertThat(cidr("10.0.0.0/8").contains(cidr("11.0.0.0/16"))).isFalse();
    assertThat(cidr("128.0.0.0/1").contains(cidr("8000::/1"))).isFalse();
    assertThat(cidr("2001:db8::/33").contains(cidr("2001:db8:7fff::/48"))).isTrue();
    assertThat(cidr("2001:db8::/33").contains(cidr("2001:db8:8000::/48"))).isFalse();
  }

  @Test
  void refusesOtherSizesAndHostBits() {
    assertThatThrownBy(() -> new IpAddress(Bytes.ofHex("0102")))
        .isInstanceOf(IllegalArgumentException.class);
    IpAddress address = IpAddress.parse("10.0.0.1").orElseThrow();
    assertThatThrownBy(() -> new Cidr(address, 8)).isInstanceOf(IllegalArgumentException.class);
  }

  /** The JDK is the oracle: it reads what we write, and we read what it writes. */
  @Test
  void agreesWithTheJdk() throws UnknownHostException {
    Random random = new Random(20_261_121);
    for (int i = 0; i < 5_000; i++) {
      byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(octets);
      for (int j = 0; j < octets.length; j++) {
        octets[j] = random.nextInt(3) > 0 ? 0 : octets[j];
      }
      InetAddress theirs = InetAddress.getByAddress(octets);
      IpAddress ours = IpAddress.of(theirs);
      assertThat(InetAddress.ofLiteral(ours.toString())).isEqualTo(theirs);
      assertThat(IpAddress.parse(theirs.getHostAddress())).contains(ours);
      int length = 1 + random.nextInt(ours.bits());
      Cidr.parse(ours + "/" + length)
          .ifPresent(range -> assertThat(range.contains(Cidr.ofSingle(ours))).isTrue());
    }
  }
}
