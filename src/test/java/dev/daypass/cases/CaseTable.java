package dev.daypass.cases;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which case of CASES.md is covered by what. */
final class CaseTable {
  /** The cases by what they are about, in the order of CASES.md. */
  static final List<Group> GROUPS =
      List.of(
          new Group("Principals", PrincipalCases.rows()),
          new Group("Options", OptionCases.rows()),
          new Group("Time", TimeCases.rows()),
          new Group("Key", KeyCases.rows()),
          new Group("Key ID", KeyIdCases.rows()),
          new Group("Token", TokenCases.rows()),
          new Group("Serial and ledger", LedgerCases.rows()),
          new Group("HTTP", HttpCases.rows()),
          new Group("Requests", RequestCases.rows()));

  /** Tests that need other means than a client has: {@code class#method}, below dev.daypass. */
  static final Map<Integer, List<String>> ELSEWHERE =
      Map.of(
          32,
              List.of(
                  "ledger.clock.ClockGuardTest#stopsAtAJumpBackOfMoreThan5Seconds",
                  "ledger.clock.ClockGuardTest#stopsAtAJumpForwardOfMoreThan300Seconds",
                  "ledger.clock.ClockGuardTest#stopsAStartBehindTheNewestEntry",
                  "ledger.SequencerTest#takesNothingWhileTheClockIsWrongUntilAnOperatorVouchesForIt"),
          52,
              List.of(
                  "oidc.keys.ProviderKeysTest#knownKeysOutliveAnyBadAnswerForADayAndNoLonger",
                  "oidc.keys.ProviderKeysTest#redirectsAreNotFollowed"),
          53, List.of("oidc.OidcTokenAuthenticatorTest#aRemovedKeyIsRejectedWithinFiveMinutes"),
          56, List.of("cert.CertificateValuesTest#ordersAndPrintsSerialsUnsigned"),
          59,
              List.of(
                  "CrashIT#losesNothingThatItReleased",
                  "ledger.SequencerTest#endsTheProcessIfTheSignersHeadIsNotDurable"),
          60,
              List.of(
                  "ledger.SequencerTest#endsTheProcessAfterADoubtfulCommitThatWasLost",
                  "store.SqliteFaultTest#rollsBackWhenThereIsNoSpaceAndResumesWhenThereIs"),
          61, List.of("ledger.entry.EntryTest#refusesMoreThan1KiB"),
          66, List.of("web.LimitsTest#aBodyThatDripsIsGivenUp"));

  /** What does not exist yet, and so cannot be refused. */
  static final Map<Integer, String> NOT_YET =
      Map.of(
          42, "FIDO attestation is to come (DESIGN section 11)",
          62, "there is no KRL and no revocation yet",
          63, "there is no KRL yet",
          64, "there is no revocation yet",
          65, "there is no revocation yet",
          68, "there is no login in a browser yet",
          69, "there is no device login yet");

  /** One heading of CASES.md. */
  record Group(String name, List<CaseRow> rows) {}

  private CaseTable() {}

  /** The cases that this table answers for. */
  static List<Integer> numbers() {
    return Stream.concat(IntStream.rangeClosed(1, 73).boxed(), Stream.of(76)).toList();
  }

  /** Case number to what covers it, in words; empty where nothing does. */
  static SortedMap<Integer, String> covered() {
    SortedMap<Integer, String> covered = new TreeMap<>();
    for (int number : numbers()) {
      String attempts =
          GROUPS.stream()
              .filter(group -> count(group, number) > 0)
              .map(group -> count(group, number) + " attempts (" + group.name() + ")")
              .collect(Collectors.joining(", "));
      String others = String.join(", ", ELSEWHERE.getOrDefault(number, List.of()));
      String missing = NOT_YET.containsKey(number) ? "not yet: " + NOT_YET.get(number) : "";
      covered.put(
          number,
          Stream.of(attempts, others, missing)
              .filter(text -> !text.isEmpty())
              .collect(Collectors.joining("; ")));
    }
    return covered;
  }

  private static long count(Group group, int number) {
    return group.rows().stream().filter(row -> row.number() == number).count();
  }
}
