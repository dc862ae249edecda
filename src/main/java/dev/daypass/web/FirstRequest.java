package dev.daypass.web;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets one request go before all others. Javalin's servlet makes its settings at its first request
 * and without a lock, so that of several first requests at once one could fail (JavalinServlet,
 * {@code servletContextConfig}, of Javalin 7.2.3). The others wait for its end and at most a
 * moment: it may itself be one that waits for news.
 */
final class FirstRequest {
  private static final long MOMENT_MILLIS = 200;

  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch done = new CountDownLatch(1);

  boolean before(Callable<Boolean> handling) throws Exception {
    if (begun.compareAndSet(false, true)) {
      try {
        return handling.call();
      } finally {
        done.countDown();
      }
    }
    // Whoever waited in vain goes on as well, and nobody waits after them.
    if (done.getCount() > 0 && !done.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS)) {
      done.countDown();
    }
    return handling.call();
  }
}
