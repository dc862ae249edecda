package dev.daypass.web.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.login.LoginSecret;
import dev.daypass.login.provider.SignInSecrets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TripTest {
  private static final LoginSecret SECRET = LoginSecret.random(new Random(1));
  private static final Trip TRIP =
      new Trip(SECRET, "okta", Destination.of("/console/?person=alice%40example.com"));

  @Test
  void theCookieBringsAllOfItBack() {
    Trip back = Trip.parse(TRIP.cookie()).orElseThrow();
    assertThat(back).isEqualTo(TRIP);
    assertThat(back.secrets()).isEqualTo(TRIP.secrets());
    assertThat(TRIP.toString()).doesNotContain(SECRET.text());
  }

  @Test
  void whatIsSentToTheProviderTellsNothingOfTheRest() {
    SignInSecrets secrets = TRIP.secrets();
    assertThat(secrets.state()).startsWith("console.").doesNotContain(SECRET.text());
    assertThat(secrets.oidcNonce()).isNotEqualTo(secrets.codeVerifier());
    assertThat(secrets.codeVerifier()).matches("[A-Za-z0-9_-]{43}"); // RFC 7636 section 4.1
  }

  @Test
  void anotherProviderHasOtherSecrets() {
    Trip other = new Trip(SECRET, "google", TRIP.destination());
    assertThat(other.secrets().isState(TRIP.secrets().state())).isFalse();
    assertThat(other.secrets().oidcNonce()).isNotEqualTo(TRIP.secrets().oidcNonce());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a.b.c", "....", "x.b2t0YQ.L2NvbnNvbGUv"})
  void nothingElseIsATrip(String cookie) {
    assertThat(Trip.parse(cookie)).isEmpty();
  }

  @Test
  void aCookieLeadsNowhereElse() {
    String elsewhere =
        SECRET.text()
            + ".b2t0YQ."
            + dev.daypass.ssh.Bytes.ofUtf8("https://evil.example.com").base64Url();
    assertThat(Trip.parse(elsewhere).orElseThrow().destination().path()).isEqualTo("/console/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/",
        "/console/entries/17",
        "/console/servers/db-1.example.com",
        "/console/?person=alice%40example.com&kind=login.opened&from=2026-11-21T01%3A13"
      })
  void pagesOfTheConsoleAreDestinations(String path) {
    assertThat(Destination.of(path).path()).isEqualTo(path);
  }
}
