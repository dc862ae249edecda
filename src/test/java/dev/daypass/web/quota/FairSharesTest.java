package dev.daypass.web.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.identity.Username;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.RequestFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One build system cannot starve people, nor one person the others. */
final class FairSharesTest {
  private static final int PLACES = 64;

  private final FairShares shares = new FairShares(PLACES);

  @Test
  void oneIdentityHoldsAnEighthAtMost() throws RequestFailed {
    fill(8, i -> identity("ci", "deploy"));
    Problem problem = refused(identity("ci", "deploy"));
    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.code()).isEqualTo("overloaded");
    assertThat(problem.detail())
        .contains("This identity has 8 requests in work, which is its share.");
    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(1));
    shares.take(identity("ci", "test"));
  }

  @Test
  void oneProviderLeavesAQuarterToTheOthers() throws RequestFailed {
    fill(48, i -> identity("ci", "job-" + i));
    assertThat(refused(identity("ci", "job-48")).detail().orElseThrow())
        .startsWith("Identities of provider ci have 48 requests in work");
    fill(16, i -> identity("okta", "person-" + i));
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() throws RequestFailed {
    List<FairShares.Share> held = fill(8, i -> identity("ci", "deploy"));
    refused(identity("ci", "deploy"));
    held.getFirst().close();
    shares.take(identity("ci", "deploy")).close();
    held.subList(1, 8).forEach(FairShares.Share::close);
    assertThat(shares.identities()).as("nobody is remembered").isZero();
  }

  @Test
  void whoIsRefusedForTheProviderHoldsNothing() throws RequestFailed {
    List<FairShares.Share> held = fill(48, i -> identity("ci", "job-" + i));
    for (int i = 0; i < 20; i++) {
      refused(identity("ci", "late"));
    }
    held.forEach(FairShares.Share::close);
    fill(8, i -> identity("ci", "late"));
  }

  @Test
  void aServerOfOnePlaceServesOne() throws RequestFailed {
    FairShares one = new FairShares(1);
    one.take(identity("ci", "deploy")).close();
    one.take(identity("ci", "deploy")).close();
  }

  @Test
  void manyThreadsHoldNoMoreThanTheShare() {
    AtomicInteger taken = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        threads.execute(() -> taken.addAndGet(attempts(100)));
      }
    }
    assertThat(taken).hasValue(8);
  }

  private int attempts(int count) {
    int taken = 0;
    for (int i = 0; i < count; i++) {
      try {
        shares.take(identity("ci", "deploy"));
        taken++;
      } catch (RequestFailed e) {
        assertThat(e.problem().status()).isEqualTo(503);
      }
    }
    return taken;
  }

  private List<FairShares.Share> fill(int count, java.util.function.IntFunction<Identity> who)
      throws RequestFailed {
    List<FairShares.Share> held = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      held.add(shares.take(who.apply(i)));
    }
    return held;
  }

  private Problem refused(Identity identity) {
    RequestFailed failed = catchThrowableOfType(RequestFailed.class, () -> shares.take(identity));
    return Optional.ofNullable(failed).orElseThrow().problem();
  }

  private static Identity identity(String provider, String name) {
    return new Identity(
        new IdentityId("https://" + provider + ".example.com", name),
        provider,
        true,
        IdentityKind.PERSON,
        Username.parse(name).orElseThrow(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Map.of(),
        Optional.empty(),
        List.of(),
        false,
        "bearer");
  }
}
