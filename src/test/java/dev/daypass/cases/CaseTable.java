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
      Map.ofEntries(
          entry(
              32,
              "ledger.clock.ClockGuardTest#stopsAtAJumpBackOfMoreThan5Seconds",
              "ledger.clock.ClockGuardTest#stopsAtAJumpForwardOfMoreThan300Seconds",
              "ledger.clock.ClockGuardTest#stopsAStartBehindTheNewestEntry",
              "ledger.SequencerTest#takesNothingWhileTheClockIsWrongUntilAnOperatorVouchesForIt"),
          entry(
              41,
              "e2e.login.SignedRequestCasesIT#whatTheBoundKeyDidNotSignIsRefused",
              "e2e.login.LoginPortIT#aKeyNeverMovesToAnotherIdentity"),
          entry(
              52,
              "oidc.keys.ProviderKeysTest#knownKeysOutliveAnyBadAnswerForADayAndNoLonger",
              "oidc.keys.ProviderKeysTest#redirectsAreNotFollowed"),
          entry(53, "oidc.OidcTokenAuthenticatorTest#aRemovedKeyIsRejectedWithinFiveMinutes"),
          entry(56, "cert.CertificateValuesTest#ordersAndPrintsSerialsUnsigned"),
          entry(
              59,
              "CrashIT#losesNothingThatItReleased",
              "ledger.SequencerTest#endsTheProcessIfTheSignersHeadIsNotDurable"),
          entry(
              60,
              "ledger.SequencerTest#endsTheProcessAfterADoubtfulCommitThatWasLost",
              "store.SqliteFaultTest#rollsBackWhenThereIsNoSpaceAndResumesWhenThereIs"),
          entry(61, "ledger.entry.EntryTest#refusesMoreThan1KiB"),
          entry(62, "e2e.RevocationIT#operatorsRevokeOverTheApiAndOthersDoNot"),
          entry(
              63,
              "krl.SshKeygenKrlIT#takesAnEmptyList",
              "revocation.publish.KrlPublisherTest#anEmptyListIsAListToo",
              "revocation.publish.KrlPublisherTest#aListThatShrinksStillRises"),
          entry(64, "e2e.RevocationIT#aCaKeyIsRevokedByTheLocalSocketAlone"),
          entry(65, "e2e.RevocationIT#operatorsRevokeOverTheApiAndOthersDoNot"),
          entry(66, "web.LimitsTest#aBodyThatDripsIsGivenUp"),
          entry(
              67,
              "e2e.login.LoginCasesIT#consentIsOnlyTakenFromItsOwnPage",
              "e2e.login.LoginPortIT#consentComesFromItsOwnPageAlone",
              "e2e.login.LoginCasesIT#theCookieIsOnlyForThisSite"),
          entry(
              68,
              "e2e.login.LoginCasesIT#aCallbackBelongsToOneBrowserAndCountsOnce",
              "e2e.login.LoginCasesIT#aSpoiltCallbackIsRefused",
              "e2e.login.LoginCasesIT#anotherRedirectUriIsRefusedByTheProvider",
              "e2e.login.LoginPortIT#aCallbackCountsOnceAndInTheBrowserThatSetOut",
              "e2e.login.LoginPortIT#aSpoiltCallbackIsRefused"),
          entry(
              69,
              "e2e.login.LoginCasesIT#guessesAtTheCodeLockTheLogin",
              "e2e.login.LoginCasesIT#theTypedCodeLogsInAndOnlyWithTheHelpersSecret",
              "login.DeviceLoginTest#theCodeCountsForFiveMinutes",
              "e2e.login.SlowLoginIT#aCodeIsWorthNothingAfterFiveMinutes"),
          entry(71, "e2e.login.LoginCasesIT#aBoundKeyNeverMoves"),
          entry(72, "e2e.login.SignedRequestCasesIT#certifiesTheKeyThatSignsAndNoOther"),
          entry(
              73,
              "e2e.login.SignedRequestCasesIT#aSignatureCountsForItsOwnRequestAlone",
              "e2e.login.SignedRequestCasesIT#whatWasSignedBeforeARestartCountsNoMore"),
          entry(
              74,
              "e2e.login.LoginCasesIT#aStrangersLoginBindsNothingWhateverTheVictimClicks",
              "e2e.login.LoginCasesIT#deviceModeIsOffUnlessConfiguredAndOnlyFromThere"),
          entry(
              75,
              "e2e.login.LoginCasesIT#aProofServesItsOwnTerminalOnce",
              "e2e.login.SlowLoginIT#aProofIsWorthNothingAfterAMinute"),
          entry(
              77,
              "e2e.login.LoginLifeIT#whatSaysNothingOfThePersonIsNoLogout",
              "e2e.login.LoginLifeIT#whoDoesNotAnswerInTimeSaysNothingOfThePerson",
              "e2e.login.LoginLifeIT#graceEndsAndTheLoginDoesNot",
              "e2e.login.LoginLifeIT#theProvidersWordEndsTheLoginAndRevokesWhatIsLive",
              "e2e.login.LoginLifeIT#inTheBackgroundTheSame",
              "e2e.login.LoginLifeIT#parallelRequestsMakeOneCheck",
              "e2e.login.KeycloakLoginIT#aStoppedProviderIsNoLogout",
              "e2e.login.KeycloakLoginIT#aDisabledPersonIsOut",
              "oidc.signin.RefreshTest#everyOtherErrorSaysNothing",
              "login.RecheckTest#parallelRequestsMakeOneCheck",
              "login.RecheckTest#theProvidersWordEndsTheLoginAndRevokesWhatIsLive"),
          entry(
              78,
              "e2e.host.ProofVerifierIT#refusesACertificateWithoutProof",
              "e2e.host.ProofVerifierIT#refusesAProofThatStandsTwice",
              "e2e.host.ProofVerifierIT#refusesAProofThatIsOutOfOrder",
              "e2e.host.ProofVerifierIT#refusesTheProofOfAnotherCertificate",
              "e2e.host.ProofVerifierIT#refusesAnEntryOfAnotherKind",
              "e2e.host.ProofVerifierIT#refusesAWrongInnerLength",
              "e2e.host.ProofVerifierIT#refusesTrailingBytes",
              "e2e.host.ProofVerifierIT#refusesAProofOf9KiB",
              "e2e.host.ProofVerifierIT#refusesAForgedCheckpoint",
              "e2e.host.ProofMutationIT#noMutantOfACertificateIsAccepted",
              "e2e.host.ProofFaultIT#refusesIfACallFails",
              "e2e.host.ProofFaultIT#refusesWithoutADeadline"),
          entry(
              79,
              "e2e.host.StolenCaIT#aForgeryOpensNoAccountAtAll",
              "e2e.host.StolenCaIT#aForgeryWithTheNumberOfAGrantedOneOpensNothing",
              "e2e.host.StolenCaIT#aPrincipalsFileLeftBehindOpensNothing",
              "e2e.host.StolenCaIT#matchBlocksBehindOursOpenNothing",
              "e2e.host.StolenCaIT#aMatchBlockBeforeOursMeansNotInForce",
              "e2e.host.StolenCaIT#aCertAuthorityLineMeansNotInForce",
              "e2e.host.StolenCaIT#aCertAuthorityLineOfAnOpenedAccountOpensNothing",
              "e2e.host.ServerLife#checksProofsInProofMode",
              "e2e.host.ServerLife#alarmsOfAStolenCaKeyInFileMode"),
          entry(
              80,
              "e2e.helper.HelperInitIT#hostile",
              "e2e.helper.HelperSshIT#aHostNameIsNeverACommand",
              "e2e.helper.HelperLoginIT#onlyThisAuthoritysPageIsOpened"),
          entry(
              81,
              "e2e.server.JoinIT#aServerJoinsOnceAndOpenSshBelievesWhatItGets",
              "e2e.server.JoinIT#knownHostsLetOpenSshBelieveTheServer",
              "fleet.host.JoiningTest#ofManyServersWithOneTokenOneJoins",
              "fleet.host.JoiningTest#aJoinedNameIsNotTakenOver",
              "cli.HostsIT#aRelabelledServerThatWaitsHasItsNewMapAtOnce",
              "cli.HostsIT#aRemovedServerGetsNothingMore",
              "cli.BundleIT#publishesNothingThatServersWouldRefuse",
              "fleet.session.SessionsTest#alarmsWhereReportsContradictEachOther",
              "e2e.server.SessionIT#nobodyElseReports",
              "e2e.host.ServerLife#opensWhatItsLabelsSay"),
          entry(
              82,
              "e2e.host.SessionIT#aCertificateWhoseEndCannotBeArmedGetsNoSession",
              "e2e.host.SessionIT#everyOtherLoginIsUntouched",
              "e2e.host.SessionIT#neverSignalsAnotherProcessOfThatNumber"));

  /** What does not exist yet, and so cannot be refused. */
  static final Map<Integer, String> NOT_YET =
      Map.of(42, "FIDO attestation is to come (DESIGN section 11)");

  /** One heading of CASES.md. */
  record Group(String name, List<CaseRow> rows) {}

  private CaseTable() {}

  /** The cases that this table answers for. */
  static List<Integer> numbers() {
    return IntStream.rangeClosed(1, 82).boxed().toList();
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

  private static Map.Entry<Integer, List<String>> entry(int number, String... tests) {
    return Map.entry(number, List.of(tests));
  }

  private static long count(Group group, int number) {
    return group.rows().stream().filter(row -> row.number() == number).count();
  }
}
