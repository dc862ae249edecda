package dev.daypass.web.exchange;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A request's place among those in work. Who waits for something to happen gives it to others
 * meanwhile: a thousand servers that wait must not keep anybody from a certificate.
 */
public final class Place {
  private final AtomicInteger inWork;
  private final AtomicBoolean taken = new AtomicBoolean();

  public Place(AtomicInteger inWork) {
    this.inWork = inWork;
  }

  /** Takes it; answers how many are in work now. */
  public int take() {
    return taken.compareAndSet(false, true) ? inWork.incrementAndGet() : inWork.get();
  }

  /** Gives it up, if it has it: to wait, or because all is done. */
  public void leave() {
    if (taken.compareAndSet(true, false)) {
      inWork.decrementAndGet();
    }
  }
}
