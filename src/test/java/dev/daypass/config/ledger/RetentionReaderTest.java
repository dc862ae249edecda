package dev.daypass.config.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.config.ConfigReader;
import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.file.ConfigProblem;
import dev.daypass.ledger.entry.EntryKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key {@code retention}: DESIGN section 6, "Details". */
final class RetentionReaderTest {
  private static final String REST =
      """
      url: http://127.0.0.1:8443
      listen: { api: 127.0.0.1:8443, insecure-plain-http: loopback }
      ledger: { origin: ca.example.com/daypass }
      identity:
        ci: { preset: github-actions, audience: daypass }
      """;

  @TempDir private Path folder;

  @Test
  void keepsEverythingUnlessItIsToldOtherwise() throws Exception {
    assertThat(read("")).isEmpty();
    assertThat(read("retention: { default: keep }")).isEmpty();
    assertThat(read("retention: {}")).isEmpty();
  }

  @Test
  void aKindHasAnAgeOfItsOwnOrTheCommonOne() throws Exception {
    assertThat(read("retention: { session.opened: 400d }"))
        .isEqualTo(Map.of(EntryKind.SESSION_OPENED, Duration.ofDays(400)));
    Map<EntryKind, Duration> ages =
        read("retention: { default: 90d, login.opened: keep, session.closed: 31d }");
    assertThat(ages)
        .containsEntry(EntryKind.SESSION_OPENED, Duration.ofDays(90))
        .containsEntry(EntryKind.SESSION_CLOSED, Duration.ofDays(31))
        .containsEntry(EntryKind.HOST_CERTIFICATE_GRANTED, Duration.ofDays(367))
        .doesNotContainKeys(
            EntryKind.LOGIN_OPENED,
            EntryKind.POLICY_LOADED,
            EntryKind.REVOCATION_ADDED,
            EntryKind.DETAILS_ERASED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ session.opened: 29d }",
        "{ session.opened: 4000d }",
        "{ session.opened: 400 }",
        "{ session.opened: never }",
        "{ host-certificate.granted: 366d }",
        "{ policy.loaded: 400d }",
        "{ revocation.added: keep }",
        "{ session.open: 400d }",
        "400d"
      })
  void anythingElseIsAFault(String value) throws Exception {
    Path file = write("retention: " + value);
    ConfigInvalid invalid =
        catchThrowableOfType(
            ConfigInvalid.class, () -> new ConfigReader(Optional.empty()).read(file));
    assertThat(invalid.problems())
        .singleElement()
        .extracting(ConfigProblem::toString)
        .asString()
        .contains("retention");
  }

  private Map<EntryKind, Duration> read(String retention) throws Exception {
    return new ConfigReader(Optional.empty()).read(write(retention)).ledger().retention();
  }

  private Path write(String retention) throws Exception {
    return Files.writeString(folder.resolve("daypass.yaml"), REST + retention + "\n");
  }
}
