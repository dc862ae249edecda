package dev.daypass.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IdempotencyMemoryTest {
  private static final Bytes BODY = Bytes.ofUtf8("body").sha256();
  private static final IdempotencyKey KEY = new IdempotencyKey(Bytes.ofUtf8("key").sha256());
  private static final IssuanceOutcome ANSWER =
      new IssuanceOutcome.AlreadyGranted(new EntryNumber(7));

  private Instant now = Instant.parse("2026-11-21T01:13:00Z");
  private final IdempotencyMemory memory = new IdempotencyMemory(() -> now);

  @Test
  void remembersAnAnswerForTenMinutes() {
    mine().answer(Optional.of(ANSWER));

    now = now.plus(Duration.ofMinutes(10));
    assertThat(memory.claim(KEY, BODY)).isEqualTo(new IdempotencyMemory.Claim.Known(ANSWER));
    now = now.plusSeconds(1);
    assertThat(memory.claim(KEY, BODY)).isInstanceOf(IdempotencyMemory.Claim.Mine.class);
  }

  @Test
  void tellsAnotherBodyApart() {
    mine().answer(Optional.of(ANSWER));

    assertThat(memory.claim(KEY, Bytes.ofUtf8("other").sha256()))
        .isInstanceOf(IdempotencyMemory.Claim.OtherBody.class);
  }

  @Test
  void whoeverComesSecondWaitsForTheFirst() throws Exception {
    IdempotencyMemory.Claim.Mine first = mine();
    CompletableFuture<IdempotencyMemory.Claim> second =
        CompletableFuture.supplyAsync(() -> memory.claim(KEY, BODY));

    first.answer(Optional.of(ANSWER));

    assertThat(second.get(10, TimeUnit.SECONDS))
        .isEqualTo(new IdempotencyMemory.Claim.Known(ANSWER));
  }

  @Test
  void doesNotKeepThatNothingCouldBeAnswered() {
    mine().answer(Optional.of(new IssuanceOutcome.Unavailable("away", Optional.empty())));
    assertThat(memory.claim(KEY, BODY)).isInstanceOf(IdempotencyMemory.Claim.Mine.class);
  }

  @Test
  void whoeverWaitsForAFailureLearnsThat() {
    IdempotencyMemory.Claim.Mine first = mine();
    CompletableFuture<IdempotencyMemory.Claim> second =
        CompletableFuture.supplyAsync(() -> memory.claim(KEY, BODY));

    first.answer(Optional.empty());

    assertThat(second.join())
        .satisfiesAnyOf(
            claim ->
                assertThat(claim)
                    .isInstanceOfSatisfying(
                        IdempotencyMemory.Claim.Known.class,
                        known ->
                            assertThat(known.outcome())
                                .isInstanceOf(IssuanceOutcome.Unavailable.class)),
            claim -> assertThat(claim).isInstanceOf(IdempotencyMemory.Claim.Mine.class));
  }

  @Test
  void forgetsTheOldestBeyondItsBound() {
    mine().answer(Optional.of(ANSWER));
    for (int i = 0; i <= 20_000; i++) {
      IdempotencyKey key = new IdempotencyKey(Bytes.ofUtf8("key " + i).sha256());
      ((IdempotencyMemory.Claim.Mine) memory.claim(key, BODY)).answer(Optional.of(ANSWER));
    }

    assertThat(memory.claim(KEY, BODY)).isInstanceOf(IdempotencyMemory.Claim.Mine.class);
  }

  private IdempotencyMemory.Claim.Mine mine() {
    return (IdempotencyMemory.Claim.Mine) memory.claim(KEY, BODY);
  }
}
