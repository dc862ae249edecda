package dev.daypass.cert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ssh.Bytes;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CertificateValuesTest {
  private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");

  @Test
  void ordersAndPrintsSerialsUnsigned() {
    assertThat(new Serial(-1)).hasToString("18446744073709551615");
    assertThat(new Serial(Long.MIN_VALUE)).isGreaterThan(new Serial(Long.MAX_VALUE));
    assertThat(Serial.parse("18446744073709551615")).isEqualTo(new Serial(-1));
    assertThat(Serial.parse("0")).isEqualTo(Serial.UNASSIGNED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "01", "1 ", "0x1", "18446744073709551616", "1.0"})
  void refusesSerialsOfAnotherForm(String text) {
    assertThatThrownBy(() -> Serial.parse(text)).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void holdsValidAfterInclusiveAndValidBeforeExclusive() {
    ValidityWindow window = new ValidityWindow(START, START.plusSeconds(60));
    assertThat(window.length()).isEqualTo(Duration.ofMinutes(1));
    assertThat(window.contains(START)).isTrue();
    assertThat(window.contains(START.plusSeconds(60))).isFalse();
    assertThat(window.contains(START.minusNanos(1))).isFalse();
  }

  @Test
  void refusesWindowsThatAreNone() {
    for (Instant end : new Instant[] {START, START.minusSeconds(1), START.plusMillis(1500)}) {
      assertThatThrownBy(() -> new ValidityWindow(START, end))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new ValidityWindow(START.plusNanos(1), START.plusSeconds(9)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ValidityWindow(Instant.ofEpochSecond(-1), START))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWindowsForEver() {
    Instant last = Instant.parse("9999-12-31T23:59:59Z");
    assertThat(new ValidityWindow(START, last).validBefore()).isEqualTo(last);
    assertThatThrownBy(() -> new ValidityWindow(START, last.plusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sortsOptionsByTheBytesOfTheirNames() {
    CertificateOptions options =
        CertificateOptions.EMPTY.flag("permit-pty").flag("permit-X11-forwarding").flag("a@b");
    assertThat(options.names()).containsExactly("a@b", "permit-X11-forwarding", "permit-pty");
    assertThat(options.without("a@b").names()).hasSize(2);
    assertThat(options)
        .isEqualTo(
            CertificateOptions.EMPTY.flag("a@b").flag("permit-X11-forwarding").flag("permit-pty"));
    assertThat(options.contains("a@b")).isTrue();
    assertThat(options.without("a@b").contains("a@b")).isFalse();
  }

  @Test
  void refusesAnOptionTwice() {
    CertificateOptions options = CertificateOptions.EMPTY.flag("permit-pty");
    assertThatThrownBy(() -> options.flag("permit-pty"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // FORMATS and PROTOCOL.certkeys: force-command "a" is wrapped twice, a flag not at all.
  @Test
  void wrapsTextsTwiceAndFlagsNever() {
    CertificateOptions text = CertificateOptions.EMPTY.text("force-command", "a");
    assertThat(text.value("force-command")).contains(Bytes.ofHex("0000000161"));
    assertThat(text.textValue("force-command")).contains("a");
    assertThat(text.encode().hex())
        .isEqualTo("0000000d666f7263652d636f6d6d616e64" + "000000050000000161");
    CertificateOptions flag = CertificateOptions.EMPTY.flag("permit-pty");
    assertThat(flag.value("permit-pty")).contains(Bytes.EMPTY);
    assertThat(flag.textValue("permit-pty")).isEmpty();
    assertThat(flag.textValue("absent")).isEmpty();
  }
}
