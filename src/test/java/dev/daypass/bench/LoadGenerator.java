package dev.daypass.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * A closed loop over kept connections: each sends its next request when it has its answer. One
 * thread and no allocation to speak of, so that what it costs is small and the same on each route.
 */
final class LoadGenerator implements AutoCloseable {
  /** Every so many answers one is kept, to be looked at when nothing is measured. */
  private static final int SAMPLE_EVERY = 64;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Selector selector;
  private final List<KeptConnection> connections = new ArrayList<>();

  LoadGenerator(int port, int count) throws IOException {
    selector = Selector.open();
    for (int i = 0; i < count; i++) {
      connections.add(new KeptConnection(port, selector));
    }
  }

  /** Sends each request once, and fails unless every answer has this status. */
  Load run(List<byte[]> requests, int status) throws IOException {
    Round round = new Round(requests);
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long start = System.nanoTime();
    for (KeptConnection connection : connections) {
      round.next(connection);
    }
    while (round.answered < requests.size()) {
      if (selector.select(round::proceed, PATIENCE.toMillis()) == 0) {
        throw new IOException("no answer came in " + PATIENCE);
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
    round.requireOnly(status);
    return new Load(took, Duration.ofNanos(cpu), new Latencies(round.nanos), round.sample);
  }

  @Override
  public void close() throws IOException {
    for (KeptConnection connection : connections) {
      connection.close();
    }
    selector.close();
  }

  /** One pass over the requests. */
  private static final class Round {
    private final List<byte[]> requests;
    private final long[] nanos;
    private final int[] statuses;
    private final List<byte[]> sample = new ArrayList<>();
    private int sent;
    private int answered;

    Round(List<byte[]> requests) {
      this.requests = requests;
      this.nanos = new long[requests.size()];
      this.statuses = new int[requests.size()];
    }

    void next(KeptConnection connection) throws IOException {
      if (sent < requests.size()) {
        connection.send(sent, requests.get(sent));
        sent++;
      }
    }

    void proceed(SelectionKey key) {
      KeptConnection connection = (KeptConnection) key.attachment();
      try {
        if (connection.proceed()) {
          nanos[connection.request()] = connection.nanosSinceSent();
          statuses[connection.request()] = connection.status();
          if (answered++ % SAMPLE_EVERY == 0) {
            sample.add(connection.body());
          }
          next(connection);
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    void requireOnly(int status) {
      TreeMap<Integer, Integer> counts = new TreeMap<>();
      Arrays.stream(statuses).forEach(each -> counts.merge(each, 1, Integer::sum));
      if (counts.size() != 1 || counts.firstKey() != status) {
        throw new AssertionError("answers by status: " + counts + "; expected only " + status);
      }
    }
  }
}
