package dev.daypass.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.config.yaml.Fault;
import dev.daypass.config.yaml.Faults;
import dev.daypass.config.yaml.YamlDocument;
import dev.daypass.config.yaml.YamlValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicOriginTest {
  private final Faults faults = new Faults();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ca.example.com",
        "https://ca.example.com:8443",
        "https://192.0.2.7:8443",
        "https://[2001:db8::1]:8443",
        "http://127.0.0.1:8080",
        "http://localhost:8080",
        "http://[::1]:8080"
      })
  void acceptsBareOrigin(String text) {
    assertThat(PublicOrigin.read(value(text))).contains(text);
    assertThat(faults.none()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://CA.example.com, https://ca.example.com",
    "HTTPS://ca.example.com, https://ca.example.com",
    "https://ca.example.com:443, https://ca.example.com",
    "https://ca.example.com/, https://ca.example.com",
    "https://ca.example.com/x, https://ca.example.com",
    "https://ca.example.com?x=1, https://ca.example.com",
    "http://127.0.0.1:80, http://127.0.0.1"
  })
  void saysHowAnOriginIsWritten(String text, String right) {
    assertThat(PublicOrigin.read(value(text))).isEmpty();
    assertThat(faults.list()).extracting(Fault::remedy).containsExactly("write " + right);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ca.example.com",
        "//ca.example.com",
        "ftp://ca.example.com",
        "https://",
        "https://alice@ca.example.com",
        "https://ca.example.com:65536",
        "https://ca_x.example.com:x",
        "https://ca example.com"
      })
  void refusesWhatIsNoOrigin(String text) {
    assertThat(PublicOrigin.read(value(text))).isEmpty();
    assertThat(faults.list()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://ca.example.com", "http://127.0.0.1.example.com", "http://10.0.0.1"})
  void refusesPlainHttpOnPublicName(String text) {
    assertThat(PublicOrigin.read(value(text))).isEmpty();
    assertThat(PublicOrigin.issuer(value(text))).isEmpty();
    assertThat(faults.list()).allMatch(fault -> fault.message().startsWith("is plain http"));
  }

  /** CASES 46: an issuer is compared byte for byte, so nothing of it is normalised. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://login.example.com",
        "https://login.example.com/",
        "https://Login.example.com/Tenant",
        "https://login.example.com:443/realms/x"
      })
  void keepsIssuerAsItIsWritten(String text) {
    assertThat(PublicOrigin.issuer(value(text))).contains(text);
  }

  @Test
  void refusesIssuerWithQueryOrFragment() {
    assertThat(PublicOrigin.issuer(value("https://login.example.com/?x=1"))).isEmpty();
    assertThat(PublicOrigin.issuer(value("https://login.example.com/#x"))).isEmpty();
    assertThat(faults.list()).hasSize(1);
  }

  private YamlValue value(String text) {
    return YamlDocument.read("k: '" + text + "'", faults)
        .flatMap(root -> root.value("k"))
        .orElseThrow();
  }
}
