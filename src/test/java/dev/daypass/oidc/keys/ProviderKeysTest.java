package dev.daypass.oidc.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.oidc.FakeIdp;
import dev.daypass.oidc.FakeIdp.Mood;
import dev.daypass.oidc.TestClock;
import dev.daypass.oidc.TestKey;
import dev.daypass.oidc.jose.SignatureAlgorithm;
import dev.daypass.oidc.keys.ProviderKeys.Search;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@Timeout(60)
final class ProviderKeysTest {
  private static final TestKey OLD = TestKey.ecdsa("old", "ES256");
  private static final TestKey NEW = TestKey.ecdsa("new", "ES256");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final TestClock clock = new TestClock();
  private final FakeIdp idp = new FakeIdp(OLD);
  private final JsonFetch fetch = new JsonFetch();
  private final ProviderKeys keys = keys(Duration.ofSeconds(5));

  @AfterEach
  void close() {
    fetch.close();
    idp.close();
  }

  @Test
  void fetchesOnceAndThenServesFromMemory() {
    for (int i = 0; i < 100; i++) {
      assertThat(find("old")).isInstanceOf(Search.Found.class);
    }

    assertThat(idp.keyRequests()).isEqualTo(1);
    assertThat(idp.discoveries()).isEqualTo(1);
  }

  /** What answers in their place may look like keys, and hold none that can be read. */
  @Test
  void keysThatMoveAreFoundAtTheNextFetch() {
    assertThat(find("old")).isInstanceOf(Search.Found.class);
    idp.moveKeys("/jwks");
    idp.publish(NEW);
    clock.advance(Duration.ofSeconds(30));
    assertThat(find("new")).isInstanceOf(Search.Unreachable.class);
    clock.advance(Duration.ofSeconds(30));
    assertThat(find("new")).isInstanceOf(Search.Found.class);
  }

  @Test
  void manyFirstCallersShareOneFetch() throws Exception {
    CountDownLatch gate = idp.gate();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Search>> callers =
          IntStream.range(0, 50).<Callable<Search>>mapToObj(_ -> () -> find("old")).toList();
      var searches = callers.stream().map(threads::submit).toList();
      gate.countDown();
      for (var search : searches) {
        assertThat(search.get()).isInstanceOf(Search.Found.class);
      }
    }

    assertThat(idp.keyRequests()).isEqualTo(1);
  }

  /** CASES 52: anybody can make up key IDs while the provider is slow. */
  @Test
  void unknownKeysHoldOnlySoManyCallers() throws Exception {
    assertThat(find("old")).isInstanceOf(Search.Found.class);
    clock.advance(Duration.ofSeconds(30));
    CountDownLatch gate = idp.gate();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var callers = new ExecutorCompletionService<Search>(threads);
      IntStream.range(0, 200).forEach(i -> callers.submit(() -> find("unknown" + i)));
      for (int i = 0; i < 200 - 64; i++) {
        assertThat(callers.take().get())
            .as("answered while the provider is not")
            .isEqualTo(new Search.Unreachable("its keys have not arrived yet"));
      }
      assertThat(find("old")).isInstanceOf(Search.Found.class);
      gate.countDown();
      for (int i = 0; i < 64; i++) {
        assertThat(callers.take().get()).isInstanceOf(Search.NoSuchKey.class);
      }
    }
    assertThat(idp.keyRequests()).isEqualTo(2);
  }

  @Test
  void whoWaitedMakesRoomForOthers() throws Exception {
    assertThat(find("old")).isInstanceOf(Search.Found.class);
    for (int round = 0; round < 100; round++) {
      clock.advance(Duration.ofSeconds(30));
      assertThat(find("unknown")).isInstanceOf(Search.NoSuchKey.class);
    }
    assertThat(idp.keyRequests()).isGreaterThan(100);
  }

  @Test
  void aNewKeyIsFoundAtOnceAndUnknownOnesNotMoreThanTwiceAMinute() {
    assertThat(find("old")).isInstanceOf(Search.Found.class);
    idp.publish(OLD, NEW);
    clock.advance(Duration.ofSeconds(30));

    assertThat(find("new")).isInstanceOf(Search.Found.class);
    assertThat(idp.keyRequests()).isEqualTo(2);
    for (int second = 0; second < 60; second++) {
      assertThat(find("unknown" + second)).isInstanceOf(Search.NoSuchKey.class);
      clock.advance(SECOND);
    }
    assertThat(idp.keyRequests()).isLessThanOrEqualTo(4);
  }

  @Test
  void aRemovedKeyIsRejectedWhenTheKeysAreStale() {
    assertThat(find("old")).isInstanceOf(Search.Found.class);
    idp.publish(NEW);

    clock.advance(Duration.ofMinutes(5));

    assertThat(find("old")).isInstanceOf(Search.NoSuchKey.class);
    assertThat(find("new")).isInstanceOf(Search.Found.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mood.class,
      mode = Mode.EXCLUDE,
      names = {"WELL", "HANG", "DRIP"})
  void knownKeysOutliveAnyBadAnswerForADayAndNoLonger(Mood mood) {
    assertThat(find("old")).isInstanceOf(Search.Found.class);
    idp.behave(mood);

    clock.advance(Duration.ofHours(24).minus(SECOND));
    assertThat(find("old")).isInstanceOf(Search.Found.class);
    clock.advance(SECOND);
    assertThat(find("old")).isInstanceOf(Search.Unreachable.class);

    idp.behave(Mood.WELL);
    clock.advance(Duration.ofSeconds(30));
    assertThat(find("old")).isInstanceOf(Search.Found.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mood.class,
      names = {"HANG", "DRIP"})
  void aProviderThatNeverFinishesDelaysOnlyTheFirstCaller(Mood mood) {
    ProviderKeys impatient = keys(Duration.ofMillis(300));
    assertThat(find(impatient, "old")).isInstanceOf(Search.Found.class);
    idp.behave(mood);
    clock.advance(Duration.ofMinutes(6));
    assertThat(find(impatient, "old")).isInstanceOf(Search.Found.class);

    clock.advance(Duration.ofMinutes(6));
    CountDownLatch gate = idp.gate();
    long before = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      assertThat(find(impatient, "old")).isInstanceOf(Search.Found.class);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    gate.countDown();
  }

  @Test
  void whileTheProviderIsDownAnUnknownKeyIsUnreachableAndNotRefused() {
    assertThat(find("old")).isInstanceOf(Search.Found.class);
    idp.behave(Mood.STATUS_500);
    clock.advance(Duration.ofSeconds(30));

    assertThat(find("new")).isInstanceOf(Search.Unreachable.class);
    assertThat(find("old")).isInstanceOf(Search.Found.class);
  }

  @Test
  void beforeTheFirstSuccessItTriesEveryFiveSeconds() {
    idp.behaveAtDiscovery(Mood.STATUS_500);
    for (int second = 0; second < 30; second++) {
      assertThat(find("old")).isInstanceOf(Search.Unreachable.class);
      clock.advance(SECOND);
    }

    assertThat(idp.discoveries()).isEqualTo(6);
    assertThat(idp.keyRequests()).isZero();
  }

  @Test
  void asksForDiscoveryAgainAfterTenMinutesOrAFailure() {
    assertThat(find("old")).isInstanceOf(Search.Found.class);
    clock.advance(Duration.ofMinutes(11));
    assertThat(find("old")).isInstanceOf(Search.Found.class);
    assertThat(idp.discoveries()).isEqualTo(2);

    idp.behave(Mood.STATUS_500);
    clock.advance(Duration.ofMinutes(6));
    assertThat(find("old")).isInstanceOf(Search.Found.class);
    idp.behave(Mood.WELL);
    clock.advance(Duration.ofMinutes(6));
    assertThat(find("none")).isInstanceOf(Search.NoSuchKey.class);
    assertThat(idp.discoveries()).isEqualTo(3);
  }

  @Test
  void keysFromTheFutureAreFetchedAgain() {
    assertThat(find("old")).isInstanceOf(Search.Found.class);
    idp.publish(NEW);
    clock.advance(Duration.ofDays(-2));

    assertThat(find("old")).isInstanceOf(Search.NoSuchKey.class);
  }

  @Test
  void redirectsAreNotFollowed() {
    idp.behave(Mood.REDIRECT_TO_ITSELF);

    assertThat(find("old")).isEqualTo(new Search.Unreachable("its keys: answered with status 302"));
    assertThat(idp.keyRequests()).isEqualTo(1);
  }

  private ProviderKeys keys(Duration timeout) {
    KeyRefresh d = KeyRefresh.DEFAULTS;
    return new ProviderKeys(
        new KeySource(idp.issuer(), timeout, fetch, clock),
        new KeyRefresh(d.refreshAfter(), d.maxAge(), d.pause(), timeout),
        clock);
  }

  private Search find(String keyId) {
    return find(keys, keyId);
  }

  private static Search find(ProviderKeys keys, String keyId) {
    return keys.find(SignatureAlgorithm.ES256, Optional.of(keyId));
  }
}
