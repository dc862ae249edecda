package dev.daypass.login;

import static dev.daypass.login.RequestSignatures.HOST_NAMESPACE;
import static dev.daypass.login.RequestSignatures.USER_NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.login.RequestVerdict.Fault;
import dev.daypass.login.RequestVerdict.Rejected;
import dev.daypass.login.RequestVerdict.Verified;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SoftwareAuthenticator;
import dev.daypass.ssh.signature.SshSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSignaturesTest {
  private static final String ORIGIN = "https://ca.example.com:8443";
  private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");
  private static final OpenSshPrivateKey KEY = OpenSshPrivateKey.generate(SshKeyType.ED25519);
  private static final OpenSshPrivateKey OTHER = OpenSshPrivateKey.generate(SshKeyType.ED25519);
  private static final SignedRequest REQUEST =
      new SignedRequest(
          "POST",
          "/v1/certificates?a=b%2Fc",
          "application/json",
          Bytes.ofUtf8("{\"role\":\"db\"}"));

  private final RequestSigner client = new RequestSigner(KEY, ORIGIN, new Random(1));
  private final Random random = new Random(2);
  private Instant now = START;

  /** How far the clock of the day was set, which the other does not know. */
  private Duration set = Duration.ZERO;

  private final RequestSignatures signatures = startedAt(START, Instant.EPOCH);

  RequestSignaturesTest() {
    now = START.plusSeconds(300);
  }

  @Test
  void verifiesRequestSignedByPlainKey() throws Exception {
    assertThat(verify(header(now))).isEqualTo(new Verified(KEY.publicKey()));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_NONE, names = "SK_.*")
  void verifiesEveryKeyType(SshKeyType type) throws Exception {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(type);
    assertThat(verify(header(key))).isEqualTo(new Verified(key.publicKey()));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL, names = "SK_.*")
  void wantsSecurityKeyTouchedForSsh(SshKeyType type) throws Exception {
    SoftwareAuthenticator key = SoftwareAuthenticator.generate(type);
    assertThat(verify(header(key))).isEqualTo(new Verified(key.publicKey()));
    isInvalid(verify(header(key.withFlags(0))));
    isInvalid(verify(header(key.withFlags(SoftwareAuthenticator.USER_VERIFIED))));
    isInvalid(verify(header(key.withApplication("ssh:other"))));
  }

  @Test
  void refusesTheSameRequestTwice() throws Exception {
    String header = header(now);
    assertThat(verify(header)).isInstanceOf(Verified.class);
    isInvalid(verify(header));
    now = now.plusSeconds(59);
    isInvalid(verify(header));
  }

  @Test
  void refusesTheSameSignatureOverAnyOtherRequest() throws Exception {
    String header = header(now);
    Bytes body = REQUEST.body();
    for (SignedRequest other :
        List.of(
            new SignedRequest("GET", REQUEST.target(), REQUEST.contentType(), body),
            new SignedRequest("post", REQUEST.target(), REQUEST.contentType(), body),
            new SignedRequest("POST", "/v1/roles?a=b%2Fc", REQUEST.contentType(), body),
            new SignedRequest("POST", "/v1/certificates?a=b/c", REQUEST.contentType(), body),
            new SignedRequest("POST", "/v1/certificates", REQUEST.contentType(), body),
            new SignedRequest("POST", REQUEST.target(), "", body),
            new SignedRequest("POST", REQUEST.target(), "application/JSON", body),
            new SignedRequest("POST", REQUEST.target(), REQUEST.contentType(), Bytes.EMPTY))) {
      isInvalid(signatures.verify(other, USER_NAMESPACE, header));
    }
    assertThat(verify(header)).as("refusals use up no nonce").isInstanceOf(Verified.class);
  }

  @Test
  void refusesPartsThatMoveTheirLineBreaks() throws Exception {
    SignedRequest split = new SignedRequest("POST", "/a\nb", "c", Bytes.EMPTY);
    isInvalid(signatures.verify(split, USER_NAMESPACE, clientHeader(split, USER_NAMESPACE)));
  }

  @Test
  void refusesAnotherOrigin() throws Exception {
    for (String origin :
        List.of("https://ca.example.com", "http://ca.example.com:8443", "https://evil.example")) {
      RequestSigner elsewhere = new RequestSigner(KEY, origin, new Random(3));
      isInvalid(verify(elsewhere.header(REQUEST, USER_NAMESPACE, now)));
    }
  }

  @Test
  void refusesAnotherNamespace() throws Exception {
    for (String namespace : List.of(HOST_NAMESPACE, "login@daypass.dev", "file")) {
      isInvalid(verify(clientHeader(REQUEST, namespace)));
    }
    String host = clientHeader(REQUEST, HOST_NAMESPACE);
    assertThat(signatures.verify(REQUEST, HOST_NAMESPACE, host)).isInstanceOf(Verified.class);
    isInvalid(signatures.verify(REQUEST, HOST_NAMESPACE, header(now)));
  }

  @Test
  void refusesChangedTimeOrNonce() throws Exception {
    String header = header(now);
    String time = "t=" + now.getEpochSecond();
    isInvalid(verify(header.replace(time, "t=" + now.minusSeconds(1).getEpochSecond())));
    String nonce = header.replaceAll(".*,n=([^,]*),.*", "$1");
    isInvalid(verify(header.replace(nonce, "A".repeat(22))));
  }

  @ParameterizedTest
  @ValueSource(ints = {-60, -59, 0, 1, 2})
  void acceptsClockThatIsALittleOff(int seconds) throws Exception {
    assertThat(verify(header(now.plusSeconds(seconds)))).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-86_400, -61, 3, 86_400})
  void refusesClockThatIsFurtherOff(int seconds) throws Exception {
    rejectedAs(Fault.CLOCK_SKEW, verify(header(now.plusSeconds(seconds))));
  }

  @Test
  void refusesWhatTheDaemonBeforeMayHaveAccepted() throws Exception {
    String header = header(now);
    RequestSignatures restarted = startedAt(now, Instant.EPOCH);
    rejectedAs(Fault.RESTARTED, restarted.verify(REQUEST, USER_NAMESPACE, header));
    now = now.plusSeconds(2);
    rejectedAs(Fault.RESTARTED, restarted.verify(REQUEST, USER_NAMESPACE, header(now)));
    now = now.plusSeconds(1);
    assertThat(restarted.verify(REQUEST, USER_NAMESPACE, header(now))).isInstanceOf(Verified.class);
  }

  @Test
  void refusesAfterStartWhatIsNotNewerThanTheNewestEntry() throws Exception {
    Instant newest = now.plusSeconds(10);
    RequestSignatures restarted = startedAt(now, newest);
    now = newest.plusSeconds(2);
    rejectedAs(Fault.RESTARTED, restarted.verify(REQUEST, USER_NAMESPACE, header(now)));
    now = now.plusSeconds(1);
    assertThat(restarted.verify(REQUEST, USER_NAMESPACE, header(now))).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {61, 119, 120, 160, 161, 600, 86_400})
  void acceptsNothingTwiceWhenTheClockIsSetBack(int seconds) throws Exception {
    String header = header(now);
    assertThat(verify(header)).isInstanceOf(Verified.class);
    for (int i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      assertThat(verify(header)).isInstanceOf(Rejected.class);
    }
    setClock(Duration.ofSeconds(-seconds));
    for (int i = 0; i < 70; i++) {
      assertThat(verify(header)).as("%d s after", i).isInstanceOf(Rejected.class);
      now = now.plusSeconds(1);
    }
  }

  @Test
  void acceptsNothingTwiceWhenTheClockWasAheadForAWhile() throws Exception {
    setClock(Duration.ofHours(1));
    Instant ahead = now;
    String header = header(now);
    assertThat(verify(header)).isInstanceOf(Verified.class);
    setClock(Duration.ofHours(-1));
    now = ahead;
    rejectedAs(Fault.CLOCK_SKEW, verify(header));
    now = ahead.plusSeconds(2);
    assertThat(verify(header(now))).as("later than what is forgotten").isInstanceOf(Verified.class);
  }

  @Test
  void aStepOfTheClockCostsNobodyWhoSignsAfterIt() throws Exception {
    assertThat(verify(header(now))).isInstanceOf(Verified.class);
    now = now.plusSeconds(20);
    setClock(Duration.ofSeconds(-10));
    assertThat(verify(header(now))).isInstanceOf(Verified.class);
    now = now.plusSeconds(400);
    setClock(Duration.ofMinutes(5));
    assertThat(verify(header(now))).isInstanceOf(Verified.class);
    now = now.plusSeconds(200);
    setClock(Duration.ofSeconds(-100));
    assertThat(verify(header(now))).isInstanceOf(Verified.class);
  }

  @Test
  void twoKeysMayUseTheSameNonce() throws Exception {
    String one = new RequestSigner(KEY, ORIGIN, new Random(9)).header(REQUEST, USER_NAMESPACE, now);
    String two =
        new RequestSigner(OTHER, ORIGIN, new Random(9)).header(REQUEST, USER_NAMESPACE, now);
    assertThat(verify(one)).isInstanceOf(Verified.class);
    assertThat(verify(two)).isInstanceOf(Verified.class);
  }

  @Test
  void ofManyThreadsExactlyOneIsAccepted() throws Exception {
    String header = header(now);
    Callable<Boolean> attempt = () -> verify(header) instanceof Verified;
    List<Boolean> accepted = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(64, attempt))) {
        accepted.add(done.get());
      }
    }
    assertThat(accepted).containsOnlyOnce(true);
  }

  @Test
  void possessionIsRequired() {
    rejectedAs(
        Fault.POSSESSION_REQUIRED,
        signatures.verifyPossession(REQUEST, Optional.empty(), KEY.publicKey()));
  }

  @Test
  void possessionIsOfTheNamedKey() throws Exception {
    Optional<String> header = Optional.of(header(now));
    isInvalid(signatures.verifyPossession(REQUEST, header, OTHER.publicKey()));
    assertThat(signatures.verifyPossession(REQUEST, header, KEY.publicKey()))
        .isEqualTo(new Verified(KEY.publicKey()));
    isInvalid(signatures.verifyPossession(REQUEST, header, KEY.publicKey()));
  }

  @Test
  void possessionIsSignedInTheUsersNamespace() throws Exception {
    Optional<String> header = Optional.of(clientHeader(REQUEST, HOST_NAMESPACE));
    isInvalid(signatures.verifyPossession(REQUEST, header, KEY.publicKey()));
  }

  @Test
  void possessionByNonsenseIsInvalid() {
    isInvalid(signatures.verifyPossession(REQUEST, Optional.of("Bearer x"), KEY.publicKey()));
  }

  @Test
  void everyRejectionSaysWhatToDo() throws Exception {
    Rejected rejected = (Rejected) verify("nonsense");
    assertThat(rejected.detail()).isNotBlank();
    assertThat(rejected.remedy()).isNotBlank();
    assertThat(rejected.code()).isEqualTo("signature_invalid");
  }

  private RequestSignatures startedAt(Instant start, Instant newestEntry) {
    Instant before = now;
    now = start;
    RequestSignatures started =
        new RequestSignatures(
            ORIGIN,
            () -> now,
            () -> Duration.between(START, now.minus(set)).toNanos(),
            newestEntry);
    now = before;
    return started;
  }

  private void setClock(Duration by) {
    set = set.plus(by);
    now = now.plus(by);
  }

  private RequestVerdict verify(String header) {
    return signatures.verify(REQUEST, USER_NAMESPACE, header);
  }

  private String header(Instant at) throws Exception {
    return client.header(REQUEST, USER_NAMESPACE, at);
  }

  private String header(SshSigner key) throws Exception {
    return new RequestSigner(key, ORIGIN, random).header(REQUEST, USER_NAMESPACE, now);
  }

  private String clientHeader(SignedRequest request, String namespace) throws Exception {
    return client.header(request, namespace, now);
  }

  private static void isInvalid(RequestVerdict verdict) {
    rejectedAs(Fault.SIGNATURE_INVALID, verdict);
  }

  private static void rejectedAs(Fault fault, RequestVerdict verdict) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.fault()).isEqualTo(fault));
  }
}
