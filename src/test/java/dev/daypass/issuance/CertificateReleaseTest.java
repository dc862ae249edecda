package dev.daypass.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.identity.Identity;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DESIGN section 4, step 4: a granted entry without a certificate is followed by its failure. */
final class CertificateReleaseTest {
  private static final Identity ALICE = IssuanceScenario.person("alice", "dba");

  private IssuanceScenario scenario;

  @BeforeEach
  void start() throws Exception {
    scenario = new IssuanceScenario();
  }

  @AfterEach
  void close() throws Exception {
    scenario.ledger.checkInvariants();
    scenario.close();
  }

  @Test
  void writesNoFailureBesideACertificate() throws Exception {
    assertThat(scenario.ask(ALICE, "debug")).isInstanceOf(IssuanceOutcome.Issued.class);
    assertThat(failures()).isEmpty();
  }

  @Test
  void writesNothingWhileIssuanceIsFrozen() throws Exception {
    scenario.frozen = () -> Optional.of("the CA may be stolen");
    assertThat(scenario.ask(ALICE, "debug"))
        .isEqualTo(new IssuanceOutcome.Frozen("the CA may be stolen", Optional.empty()));
    scenario.frozen = Optional::empty;
    assertThat(scenario.ask(ALICE, "debug")).isInstanceOf(IssuanceOutcome.Issued.class);
  }

  /** It is frozen while the entry is on its way. */
  @Test
  void releasesNothingThatWasUnderWayWhenIssuanceWasFrozen() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    scenario.frozen = () -> asked.getAndIncrement() == 0 ? Optional.empty() : Optional.of("stop");
    assertThat(scenario.ask(ALICE, "debug"))
        .isEqualTo(new IssuanceOutcome.Frozen("stop", Optional.of(new EntryNumber(1))));
    assertThat(failure()).contains("1", "frozen");
  }

  @Test
  void writesDownWhatBrokeTheSigner() throws Exception {
    scenario.signer.endWith(() -> {
      throw new IllegalStateException("secret of the token");
    });
    assertThat(scenario.ask(ALICE, "debug"))
        .isInstanceOfSatisfying(
            IssuanceOutcome.Unavailable.class,
            outcome -> assertThat(outcome.entry()).contains(new EntryNumber(1)));
    assertThat(failure()).contains("1", "IllegalStateException");
    assertThat(detailsOfFailure().toString()).doesNotContain("secret of the token");
  }

  static Stream<Error> errors() {
    return Stream.of(
        new OutOfMemoryError("Java heap space"),
        new StackOverflowError(),
        new NoClassDefFoundError("x/Y"),
        new AssertionError("broken"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void writesDownAnErrorAndLetsItGoOn(Error error) throws Exception {
    scenario.signer.endWith(() -> {
      throw error;
    });
    assertThatThrownBy(() -> scenario.ask(ALICE, "debug"))
        .isSameAs(error)
        .hasNoSuppressedExceptions();
    assertThat(failure()).contains("1", error.getClass().getSimpleName());
  }

  @Test
  void writesDownAStackThatWasReallyUsedUp() throws Exception {
    scenario.signer.endWith(() -> assertThat(recurse(0)).isNegative());
    assertThatThrownBy(() -> scenario.ask(ALICE, "debug")).isInstanceOf(StackOverflowError.class);
    assertThat(failure()).contains("1", "StackOverflowError");
  }

  @Test
  void theFirstErrorGoesOnWhenTheLedgerTakesNoEntryEither() throws Exception {
    Error error = new OutOfMemoryError("Java heap space");
    scenario.signer.endWith(() -> {
      scenario.ledger.ledger().close();
      throw error;
    });
    assertThatThrownBy(() -> scenario.ask(ALICE, "debug")).isSameAs(error);
    assertThat(scenario.ledger.ledger().size()).isEqualTo(new TreeSize(2));
  }

  /** The grant is in the ledger: a second one under the key would be a second certificate. */
  @Test
  void anIdempotencyKeyWhoseRequestEndedInAnErrorIsNotGrantedAgain() throws Exception {
    scenario.signer.endWith(() -> {
      throw new StackOverflowError();
    });
    Optional<String> key = Optional.of("key-1");
    assertThatThrownBy(() -> scenario.ask(ALICE, "debug", key, "body"))
        .isInstanceOf(StackOverflowError.class);
    scenario.signer.endWith(() -> {});
    assertThat(scenario.ask(ALICE, "debug", key, "body"))
        .isEqualTo(new IssuanceOutcome.AlreadyGranted(new EntryNumber(1)));
    assertThat(scenario.ask(ALICE, "debug")).isInstanceOf(IssuanceOutcome.Issued.class);
  }

  private static int recurse(int depth) {
    return depth < 0 ? depth : recurse(depth + 1) + 1;
  }

  /** The members entry and cause of the one failure, found by who asked. */
  private List<String> failure() throws Exception {
    JsonObject details = detailsOfFailure();
    return List.of(details.text("entry").orElseThrow(), details.text("cause").orElseThrow());
  }

  private JsonObject detailsOfFailure() throws Exception {
    assertThat(failures()).containsExactly(new EntryNumber(2));
    return CanonicalJson.decodeObject(
        scenario.ledger.ledger().details(new EntryNumber(2)).orElseThrow());
  }

  private List<EntryNumber> failures() throws Exception {
    SearchKeys alice =
        new SearchKeys(
            Optional.of("https://idp.example.com\nalice"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return scenario
        .ledger
        .ledger()
        .search(EntrySearch.of(Optional.of(EntryKind.CERTIFICATE_FAILED), alice, 10));
  }
}
