package dev.daypass.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Many callers at once, each with a connection of its own that it opens again where the daemon
 * closes it. Whatever the answers are, they are counted.
 */
final class Crowd {
  private static final int MAX_HEAD_BYTES = 8192;
  private static final int PATIENCE_MILLIS = 120_000;

  private final int port;
  private final List<byte[]> requests;
  private final long[] nanos;
  private final int[] statuses;
  private final AtomicInteger next = new AtomicInteger();
  private final double perSecond;
  private long start;

  private Crowd(int port, List<byte[]> requests, double perSecond) {
    this.port = port;
    this.requests = requests;
    this.perSecond = perSecond;
    this.nanos = new long[requests.size()];
    this.statuses = new int[requests.size()];
  }

  /** Each caller sends its next request when it has its answer. */
  static Outcome ask(int port, List<byte[]> requests, int callers) throws Exception {
    return ask(port, requests, callers, Double.POSITIVE_INFINITY);
  }

  /**
   * At a steady pace, whatever the answers take: a request that finds no free caller waits, and
   * that counts as its time.
   */
  static Outcome ask(int port, List<byte[]> requests, int callers, double perSecond)
      throws Exception {
    return new Crowd(port, requests, perSecond).run(callers);
  }

  private Outcome run(int callers) throws Exception {
    start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        all.add(
            threads.submit(() -> {
              call();
              return null;
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    return new Outcome(Duration.ofNanos(System.nanoTime() - start), statuses, nanos);
  }

  private void call() throws IOException {
    Socket socket = open();
    try {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
        long due = due(i);
        LockSupport.parkNanos(due - System.nanoTime());
        socket.getOutputStream().write(requests.get(i));
        String head = readAnswer(in);
        nanos[i] = System.nanoTime() - due;
        statuses[i] = Integer.parseInt(head.substring(9, 12)); // RFC 9112 section 4
        if (head.toLowerCase(Locale.ROOT).contains("\r\nconnection: close")) {
          socket.close();
          socket = open();
          in = new BufferedInputStream(socket.getInputStream());
        }
      }
    } finally {
      socket.close();
    }
  }

  /** When the request shall be sent; now, where there is no pace. */
  private long due(int number) {
    return Double.isInfinite(perSecond)
        ? System.nanoTime()
        : start + (long) (number / perSecond * 1e9);
  }

  private Socket open() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static String readAnswer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = in.read();
      if (read < 0 || head.length() > MAX_HEAD_BYTES) {
        throw new EOFException("no answer: " + head);
      }
      head.append((char) read);
    }
    int length =
        head.toString()
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
            .sum();
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("half an answer: " + new String(body, StandardCharsets.UTF_8));
    }
    return head.toString();
  }

  /** What came of it: each answer's status, and how long it took. */
  static final class Outcome {
    private final Duration took;
    private final int[] statuses;
    private final long[] nanos;

    private Outcome(Duration took, int[] statuses, long[] nanos) {
      this.took = took;
      this.statuses = statuses;
      this.nanos = nanos;
    }

    SortedMap<Integer, Integer> counts() {
      SortedMap<Integer, Integer> counts = new TreeMap<>();
      Arrays.stream(statuses).forEach(status -> counts.merge(status, 1, Integer::sum));
      return counts;
    }

    double perSecond(int status) {
      return counts().getOrDefault(status, 0) / (took.toNanos() / 1e9);
    }

    LongStream nanos() {
      return Arrays.stream(nanos);
    }

    /** Of the answers with that status, of which there is at least one. */
    Latencies latencies(int status) {
      return new Latencies(
          IntStream.range(0, statuses.length)
              .filter(i -> statuses[i] == status)
              .mapToLong(i -> nanos[i])
              .toArray());
    }
  }
}
