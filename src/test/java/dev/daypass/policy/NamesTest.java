package dev.daypass.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.KeyId;
import dev.daypass.identity.Username;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.role.RoleName;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  /** CASES 3 to 11, with role and host in the place of the principal. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a,root",
        "a\0",
        "a\n",
        "a b",
        " a",
        "a ",
        "*",
        "a?",
        "!a",
        "Root",
        "-a",
        "a_b",
        "\u0440oot",
        "a\u202e",
        "a\u200b",
        "e\u0301",
        "\ud800",
        "a@b",
        "a+b"
      })
  void refusesWhatIsNoRoleOrHost(String text) {
    assertThat(RoleName.parse(text)).isEmpty();
    assertThat(HostName.parse(text)).isEmpty();
  }

  @Test
  void boundsNames() {
    assertThat(RoleName.parse("a".repeat(41))).isPresent();
    assertThat(RoleName.parse("a".repeat(42))).isEmpty();
    assertThat(RoleName.parse("9a")).isEmpty();
    assertThat(HostName.parse("a".repeat(63) + ".example")).isPresent();
    assertThat(HostName.parse("a".repeat(64) + ".example")).isEmpty();
    assertThat(HostName.parse("a.".repeat(126) + "b")).isPresent();
    assertThat(HostName.parse("a.".repeat(127) + "b")).isEmpty();
    assertThat(HostName.parse("db-1.example.com.")).isEmpty();
    assertThat(HostName.parse("db..example")).isEmpty();
  }

  /** CASES 43: every byte but the plain ones is percent-encoded. */
  @ParameterizedTest
  @CsvSource({
    "alice, alice role=r",
    "alice.b+c@example.com, alice.b+c@example.com role=r",
    "'a b', a%20b role=r",
    "'a=b role=root', a%3Db%20role%3Droot role=r",
    "'a\"\nb', a%22%0Ab role=r",
    "'a%20', a%2520 role=r",
    "'\u001b[2J', %1B%5B2J role=r",
    "'René', Ren%C3%A9 role=r",
    "'repo:x/y', repo%3Ax%2Fy role=r"
  })
  void writesKeyIds(String username, String keyId) {
    assertThat(KeyIdText.of(new Username(username), new RoleName("r"))).contains(new KeyId(keyId));
  }

  @Test
  void refusesKeyIdsAbove256Bytes() {
    RoleName role = new RoleName("r");
    assertThat(KeyIdText.of(new Username("x".repeat(249)), role))
        .hasValueSatisfying(keyId -> assertThat(keyId.text()).hasSize(256));
    assertThat(KeyIdText.of(new Username("x".repeat(250)), role)).isEmpty();
    assertThat(KeyIdText.of(new Username("é".repeat(42)), role)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"90s, 90", "30m, 1800", "1h30m, 5400", "1d, 86400", "7d1h1m1s, 608461", "0s, 0"})
  void readsDurations(String text, long seconds) {
    assertThat(DurationText.parse(text)).contains(Duration.ofSeconds(seconds));
    assertThat(DurationText.parse(DurationText.format(Duration.ofSeconds(seconds))))
        .contains(Duration.ofSeconds(seconds));
  }

  /** CASES 28. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "-1m",
        "+1h",
        "1.5h",
        "1h ",
        "1m1h",
        "1w",
        "PT1H",
        "h",
        "9999999h",
        "9223372036854775808s",
        "1H",
        "\u0661h",
        "99999d"
      })
  void refusesWhatIsNoDuration(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }

  @Test
  void plainTextShowsAsItIs() {
    assertThat(PlainText.fits("Ticket INC-1: disk on db-1 is full — René", 100)).isTrue();
    for (String bad :
        new String[] {
          "", " ", "a\nb", "a\tb", "a\u001b", "a\u0085", "a\u202e", "a\u200b", "\ud800", "a\u2028"
        }) {
      assertThat(PlainText.fits(bad, 100)).isFalse();
    }
    assertThat(PlainText.fits("abc", 2)).isFalse();
  }
}
