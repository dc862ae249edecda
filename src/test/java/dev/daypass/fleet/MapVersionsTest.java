package dev.daypass.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MapVersionsTest {
  private final AtomicLong size = new AtomicLong(10);
  private final MapVersions versions = new MapVersions(size::get);

  @Test
  void isTheLedgersSize() {
    assertThat(versions.current()).isEqualTo(10);
    size.set(12);
    assertThat(versions.current()).isEqualTo(12);
  }

  @Test
  void staysBelowWhatAChangeThatIsNotInForceWillHave() {
    versions.begin("relabel");
    size.set(11); // entry 10 is written: maps that say it have version 11 or more
    assertThat(versions.current()).isEqualTo(10);
    versions.end("relabel");
    assertThat(versions.current()).isEqualTo(11);
  }

  @Test
  void theOldestOfSeveralChangesCounts() {
    versions.begin("one");
    size.set(15);
    versions.begin("other");
    size.set(20);
    assertThat(versions.current()).isEqualTo(10);
    versions.end("one");
    assertThat(versions.current()).isEqualTo(15);
    versions.end("other");
    assertThat(versions.current()).isEqualTo(20);
  }

  @Test
  void aChangeThatGoesOnIsAsOldAsItWas() {
    versions.begin("before the crash", 7);
    versions.begin("before the crash");
    size.set(12);
    assertThat(versions.current()).isEqualTo(7);
    versions.end("before the crash");
    assertThat(versions.current()).isEqualTo(12);
  }

  @Test
  void neverFalls() {
    long before = versions.current();
    for (int i = 0; i < 100; i++) {
      if (i % 3 == 0) {
        versions.begin(i / 9);
      }
      size.incrementAndGet();
      if (i % 7 == 0) {
        versions.end(i / 9);
      }
      assertThat(versions.current()).isGreaterThanOrEqualTo(before);
      before = versions.current();
    }
  }
}
