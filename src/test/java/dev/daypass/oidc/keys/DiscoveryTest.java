package dev.daypass.oidc.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DiscoveryTest {
  private static final String ISSUER = "https://idp.example.com/realms/a";

  @ParameterizedTest
  @CsvSource({
    "https://idp.example.com,https://idp.example.com/.well-known/openid-configuration",
    "https://idp.example.com/,https://idp.example.com/.well-known/openid-configuration",
    "https://idp.example.com/r/a,https://idp.example.com/r/a/.well-known/openid-configuration"
  })
  void standsUnderTheIssuer(String issuer, String address) {
    assertThat(Discovery.address(issuer)).hasToString(address);
  }

  @Test
  void namesTheKeys() throws Exception {
    assertThat(parse(document(ISSUER, "https://keys.example.net/a")).keys())
        .isEqualTo(URI.create("https://keys.example.net/a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://idp.example.com/realms/a/",
        "https://IDP.example.com/realms/a",
        "https://idp.example.com/realms/b",
        "http://idp.example.com/realms/a",
        ""
      })
  void refusesAnotherIssuer(String issuer) {
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> parse(document(issuer, "https://keys.example.net/a")))
        .withMessageContaining("another issuer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://idp.example.com/keys",
        "http://127.0.0.1/keys",
        "https://127.0.0.1/keys",
        "https://localhost/keys",
        "https://LocalHost/keys",
        "https://keys.localhost/keys",
        "https://169.254.169.254/latest",
        "https://2852039166/latest",
        "https://0xa9fea9fe/latest",
        "https://[::1]/keys",
        "https://[fe80::1]/keys",
        "https://user@keys.example.net/",
        "https:///keys",
        "file:///etc/passwd",
        "keys",
        "https://a b/",
        ""
      })
  void refusesAddressesOfKeysThatAreNoneOfItsBusiness(String address) {
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> parse(document(ISSUER, address)))
        .withMessageContaining("refused");
  }

  @Test
  void anIssuerOnLoopbackNamesLoopbackOnly() throws Exception {
    String issuer = "http://127.0.0.1:8080";
    assertThat(
            Discovery.parse(issuer, bytes(document(issuer, "http://localhost:8080/keys"))).keys())
        .hasHost("localhost");
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(
            () -> Discovery.parse(issuer, bytes(document(issuer, "https://keys.example.net/"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{}",
        "{\"issuer\":\"https://idp.example.com/realms/a\"}",
        "{\"issuer\":\"https://idp.example.com/realms/a\",\"jwks_uri\":7}",
        "{\"issuer\":\"https://idp.example.com/realms/a\","
            + "\"issuer\":\"https://idp.example.com/realms/a\",\"jwks_uri\":\"https://k.net/\"}"
      })
  void refusesWhatIsNoDiscoveryDocument(String document) {
    assertThatExceptionOfType(FetchException.class).isThrownBy(() -> parse(document));
  }

  private static Discovery parse(String document) throws FetchException {
    return Discovery.parse(ISSUER, bytes(document));
  }

  private static String document(String issuer, String keys) {
    return "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\",\"other\":[]}".formatted(issuer, keys);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
