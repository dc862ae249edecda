package dev.daypass.outward.alarm;

import static dev.daypass.outward.alarm.UnusualUse.Kind.COMPUTER;
import static dev.daypass.outward.alarm.UnusualUse.Kind.HOUR;
import static dev.daypass.outward.alarm.UnusualUse.Kind.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.outward.SomeEntries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnusualUseTest {
  private static final Instant MORNING = Instant.parse("2026-11-02T09:30:00Z");

  private final List<Use> known = new ArrayList<>();

  @Test
  void theFirstUseIsNot() {
    assertThat(UnusualUse.of(use(1, MORNING, "192.0.2.0/24", "laptop"), known)).isEmpty();
  }

  @Test
  void neitherIsTheSameAgain() {
    known.add(use(1, MORNING, "192.0.2.0/24", "laptop"));
    assertThat(UnusualUse.of(use(2, MORNING, "192.0.2.0/24", "laptop"), known)).isEmpty();
  }

  @Test
  void anotherNetworkOrComputerIs() {
    known.add(use(1, MORNING, "192.0.2.0/24", "laptop"));
    assertThat(UnusualUse.of(use(2, MORNING, "198.51.100.0/24", "laptop"), known))
        .containsExactly(NETWORK);
    assertThat(UnusualUse.of(use(2, MORNING, "192.0.2.0/24", "other"), known))
        .containsExactly(COMPUTER);
    assertThat(UnusualUse.of(use(2, MORNING, "198.51.100.0/24", "other"), known))
        .containsExactly(NETWORK, COMPUTER);
  }

  @Test
  void whatIsNotKnownIsNotNew() {
    known.add(new Use(1, MORNING, Optional.empty(), Optional.empty()));
    assertThat(UnusualUse.of(use(2, MORNING, "192.0.2.0/24", "laptop"), known)).isEmpty();
    known.add(use(3, MORNING, "192.0.2.0/24", "laptop"));
    assertThat(UnusualUse.of(new Use(4, MORNING, Optional.empty(), Optional.empty()), known))
        .isEmpty();
  }

  @Test
  void whatIsLongAgoIsForgotten() {
    known.add(use(1, MORNING, "192.0.2.0/24", "laptop"));
    known.add(use(2, MORNING.plus(Duration.ofDays(80)), "203.0.113.0/24", "laptop"));
    Instant later = MORNING.plus(Duration.ofDays(90));
    assertThat(UnusualUse.of(use(3, later.minusSeconds(1), "192.0.2.0/24", "laptop"), known))
        .isEmpty();
    assertThat(UnusualUse.of(use(3, later, "192.0.2.0/24", "laptop"), known))
        .containsExactly(NETWORK);
  }

  @ParameterizedTest
  @CsvSource({"9, false", "11, false", "7, false", "12, true", "6, true", "21, true"})
  void anHourFarFromAllOthersIs(int hour, boolean unusual) {
    habit(20, MORNING);
    Instant at = MORNING.plus(Duration.ofDays(20)).plus(Duration.ofHours(hour - 9));
    assertThat(UnusualUse.of(use(99, at, "192.0.2.0/24", "laptop"), known).contains(HOUR))
        .isEqualTo(unusual);
  }

  @Test
  void theDayIsRound() {
    habit(20, Instant.parse("2026-11-02T23:10:00Z"));
    Instant night = Instant.parse("2026-11-24T01:50:00Z");
    assertThat(UnusualUse.of(use(99, night, "192.0.2.0/24", "laptop"), known)).isEmpty();
  }

  @Test
  void withoutAHabitNoHourIs() {
    habit(19, MORNING);
    Instant night = Instant.parse("2026-11-24T01:50:00Z");
    assertThat(UnusualUse.of(use(99, night, "192.0.2.0/24", "laptop"), known)).isEmpty();
  }

  @Test
  void laterUsesAreNotLookedAt() {
    known.add(use(1, MORNING, "192.0.2.0/24", "laptop"));
    known.add(use(5, MORNING, "198.51.100.0/24", "laptop"));
    assertThat(UnusualUse.of(use(5, MORNING, "198.51.100.0/24", "laptop"), known))
        .as("the same entry, told again")
        .containsExactly(NETWORK);
  }

  @Test
  void aUseIsAPersonsLoginOrCertificate() {
    assertThat(Use.of(SomeEntries.of(EntryKind.CERTIFICATE_GRANTED)))
        .contains(new Use(42, SomeEntries.AT, Optional.of("192.0.2.0/24"), Optional.empty()));
    assertThat(Use.of(SomeEntries.of(EntryKind.LOGIN_OPENED)))
        .contains(
            new Use(42, SomeEntries.AT, Optional.of("192.0.2.0/24"), Optional.of("alices-laptop")));
    assertThat(Use.of(SomeEntries.of(EntryKind.REQUESTS_REFUSED))).isEmpty();
    assertThat(Use.of(SomeEntries.erased(EntryKind.LOGIN_OPENED))).isEmpty();
  }

  @Test
  void servicesAndConsentAloneAreNone() {
    JsonObject service = JsonObject.builder().put("kind", "service").build();
    JsonObject byService =
        JsonObject.builder().put("identity", service).put("address", "192.0.2.7").build();
    JsonObject consented =
        JsonObject.builder().put("identity", SomeEntries.alice()).put("step", "consented").build();
    assertThat(Use.of(SomeEntries.of(1, EntryKind.CERTIFICATE_GRANTED, SomeEntries.AT, byService)))
        .isEmpty();
    assertThat(Use.of(SomeEntries.of(1, EntryKind.LOGIN_OPENED, SomeEntries.AT, consented)))
        .isEmpty();
  }

  @Test
  void anIpv6NetworkIsAFortyEight() {
    JsonObject details =
        JsonObject.builder()
            .put("identity", SomeEntries.alice())
            .put("address", "2001:db8:1:2::7")
            .build();
    assertThat(
            Use.of(SomeEntries.of(1, EntryKind.CERTIFICATE_GRANTED, SomeEntries.AT, details))
                .flatMap(Use::network))
        .contains("2001:db8:1::/48");
  }

  private void habit(int uses, Instant first) {
    for (int day = 0; day < uses; day++) {
      known.add(use(day, first.plus(Duration.ofDays(day)), "192.0.2.0/24", "laptop"));
    }
  }

  private static Use use(long number, Instant at, String network, String computer) {
    return new Use(number, at, Optional.of(network), Optional.of(computer));
  }
}
