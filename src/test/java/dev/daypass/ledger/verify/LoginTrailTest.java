package dev.daypass.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LoginTrailTest {
  private static final String LOGIN = "the-login";
  private static final SshPublicKey KEY = key();

  private final List<String> problems = new ArrayList<>();
  private final LoginTrail trail =
      new LoginTrail(
          fault -> problems.add(fault.number().orElseThrow().value() + ": " + fault.problem()));
  private Instant now = Instant.parse("2026-11-21T08:00:00Z");
  private long next = 1;

  @Test
  void aLoginFromItsOpeningToItsRevocationIsGood() {
    bound();
    long first = granted(KEY);
    long second = granted(KEY);
    ended(true);
    revoked(first);
    revoked(second);
    assertThat(problems()).isEmpty();
  }

  @Test
  void consentAloneOpensNothing() {
    add(EntryKind.LOGIN_OPENED, login().put("step", "consented").put("key", fingerprint(KEY)));
    granted(KEY);
    assertThat(problems()).containsExactly("2: it names a login that was not opened");
  }

  @Test
  void aCertificateOfALoginThatWasNotOpenedIsAFault() {
    granted(KEY);
    ended(true);
    revoked(1);
    assertThat(problems())
        .hasSize(3)
        .allSatisfy(p -> assertThat(p).endsWith("it names a login that was not opened"));
  }

  @Test
  void aCertificateForAnotherKeyIsAFault() {
    bound();
    granted(key());
    assertThat(problems()).containsExactly("2: its key is not the one of its login");
  }

  @Test
  void aCertificateAfterTheEndIsAFaultUnlessItWasUnderWay() {
    bound();
    ended(false);
    pass(Duration.ofSeconds(59));
    granted(KEY);
    assertThat(problems()).isEmpty();
    pass(Duration.ofSeconds(2));
    granted(KEY);
    assertThat(problems()).containsExactly("4: it was granted after its login had ended");
  }

  @Test
  void whatWasNotGrantedIsNotRevoked() {
    bound();
    granted(KEY);
    ended(true);
    revoked(2, 1, 7);
    add(EntryKind.REVOCATION_ADDED, login().put("serials", JsonArray.ofTexts(List.of("x"))));
    assertThat(problems())
        .containsExactly(
            "4: it revokes 1, which was not granted to that login's key",
            "4: it revokes 7, which was not granted to that login's key",
            "5: it revokes x, which was not granted to that login's key");
  }

  @Test
  void theEndOfALaterLoginRevokesWhatTheKeyWasGivenBefore() {
    bound();
    long serial = granted(KEY);
    ended(false);
    JsonObject.Builder later = JsonObject.builder().put("login", "later");
    add(EntryKind.LOGIN_OPENED, later.put("step", "bound").put("key", fingerprint(KEY)));
    add(EntryKind.LOGIN_ENDED, JsonObject.builder().put("login", "later").put("revokes", true));
    JsonArray serials = JsonArray.ofTexts(List.of(Long.toString(serial)));
    add(
        EntryKind.REVOCATION_ADDED,
        JsonObject.builder().put("login", "later").put("serials", serials));
    assertThat(problems()).isEmpty();
  }

  @Test
  void nothingIsRevokedWhileALoginIsOpenOrItsCertificatesStay() {
    bound();
    long serial = granted(KEY);
    revoked(serial);
    ended(false);
    revoked(serial);
    assertThat(problems())
        .containsExactly(
            "3: it revokes certificates of a login whose end does not",
            "5: it revokes certificates of a login whose end does not");
  }

  @Test
  void aLiveCertificateThatNobodyRevokesIsAFaultAfterAWhile() {
    bound();
    granted(KEY);
    granted(KEY);
    ended(true);
    revoked(2);
    pass(Duration.ofMinutes(10));
    assertThat(problems()).as("the daemon may be at it").isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(problems()).containsExactly("3: its login was ended, and no entry revokes it");
  }

  @Test
  void aDaemonThatStartsAgainHasTimeForIt() {
    bound();
    granted(KEY);
    ended(true);
    pass(Duration.ofMinutes(15));
    add(EntryKind.DAEMON_STARTED, JsonObject.builder());
    pass(Duration.ofMinutes(9));
    assertThat(problems()).isEmpty();
  }

  @Test
  void whatEndsByItselfNeedsNoRevocation() {
    bound();
    granted(KEY);
    pass(Duration.ofMinutes(25));
    ended(true);
    pass(Duration.ofHours(1));
    assertThat(problems()).isEmpty();
  }

  @Test
  void aLoginEndsOnceAndIsBoundToOneKey() {
    bound();
    bound();
    add(EntryKind.LOGIN_OPENED, login().put("step", "bound").put("key", fingerprint(key())));
    ended(false);
    ended(false);
    bound();
    assertThat(problems())
        .containsExactly(
            "3: it binds another key to the same login",
            "5: it ends a login that had ended",
            "6: it opens a login that had ended");
  }

  @Test
  void nobodyIsAccusedOfWhatStoodInErasedDetails() {
    bound();
    erased(EntryKind.CERTIFICATE_GRANTED);
    ended(true);
    revoked(2);
    erased(EntryKind.LOGIN_OPENED);
    add(
        EntryKind.CERTIFICATE_GRANTED,
        JsonObject.builder().put("login", "another").put("key", KEY.line()));
    assertThat(problems()).isEmpty();
  }

  @Test
  void entriesAboutNoLoginSayNothing() {
    add(EntryKind.CERTIFICATE_GRANTED, JsonObject.builder().put("key", KEY.line()));
    add(EntryKind.POLICY_LOADED, login());
    assertThat(problems()).isEmpty();
  }

  private void bound() {
    add(EntryKind.LOGIN_OPENED, login().put("step", "bound").put("key", fingerprint(KEY)));
  }

  /** For half an hour. */
  private long granted(SshPublicKey key) {
    String end = now.plus(Duration.ofMinutes(30)).toString();
    return add(
        EntryKind.CERTIFICATE_GRANTED, login().put("key", key.line()).put("valid_before", end));
  }

  private void ended(boolean revokes) {
    add(EntryKind.LOGIN_ENDED, login().put("revokes", revokes));
  }

  private void revoked(long... serials) {
    List<String> texts = new ArrayList<>();
    for (long serial : serials) {
      texts.add(Long.toString(serial));
    }
    add(EntryKind.REVOCATION_ADDED, login().put("serials", JsonArray.ofTexts(texts)));
  }

  private void erased(EntryKind kind) {
    trail.add(next++, now, LoginStep.of(kind, Optional.empty()).orElseThrow());
  }

  private long add(EntryKind kind, JsonObject.Builder details) {
    long number = next++;
    LoginStep.of(kind, Optional.of(details.build()))
        .ifPresent(step -> trail.add(number, now, step));
    return number;
  }

  private List<String> problems() {
    trail.finish(now);
    return problems;
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private static JsonObject.Builder login() {
    return JsonObject.builder().put("login", LOGIN);
  }

  private static String fingerprint(SshPublicKey key) {
    return key.fingerprint().toString();
  }

  private static SshPublicKey key() {
    return OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
  }
}
