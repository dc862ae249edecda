package dev.daypass.bench;

import dev.daypass.login.RequestSigner;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SigningException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Thousands of servers, each with a key and a connection of its own, driven by one thread. */
final class SimulatedFleet implements AutoCloseable {
  /** So many join at once; the others come when those wait. */
  private static final int JOINING = 64;

  private static final int INPUT_BYTES = 256 * 1024;
  private static final long LOOK_MILLIS = 20;

  private final int port;
  private final String origin;
  private final SecureRandom random = new SecureRandom();
  private final Selector selector = Selector.open();
  private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES);
  private final List<SmallConnection> connections = new ArrayList<>();
  private final List<SimulatedHost> hosts = new ArrayList<>();

  SimulatedFleet(int port, String origin) throws IOException {
    this.port = port;
    this.origin = origin;
  }

  List<SimulatedHost> hosts() {
    return hosts;
  }

  /** Each server joins and then waits. */
  void join(List<String> names, List<String> tokens, Duration patience) throws Exception {
    String authority = origin.substring(origin.indexOf("//") + 2);
    for (int i = 0; i < names.size(); i++) {
      int atOnce = hosts.size() - JOINING;
      run(() -> count(host -> host.step() == SimulatedHost.Step.WAIT) > atOnce, patience);
      var key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
      SmallConnection connection = new SmallConnection(port, selector, input);
      connections.add(connection);
      SimulatedHost host =
          new SimulatedHost(
              names.get(i),
              tokens.get(i),
              authority,
              new RequestSigner(key, origin, random),
              connection);
      connection.attach(host);
      hosts.add(host);
      host.join();
    }
    run(() -> all(host -> host.step() == SimulatedHost.Step.WAIT), patience);
  }

  /** Goes on until that is so; fails if it takes longer. */
  void run(BooleanSupplier until, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!until.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it is not so after " + patience);
      }
      selector.select(SimulatedFleet::proceed, LOOK_MILLIS);
    }
  }

  /** Goes on for that time. */
  void run(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    run(() -> System.nanoTime() >= end, time.multipliedBy(2));
  }

  boolean all(Predicate<SimulatedHost> wanted) {
    return hosts.stream().allMatch(wanted);
  }

  long count(Predicate<SimulatedHost> wanted) {
    return hosts.stream().filter(wanted).count();
  }

  @Override
  public void close() throws IOException {
    for (SmallConnection connection : connections) {
      connection.close();
    }
    selector.close();
  }

  private static void proceed(SelectionKey key) {
    try {
      var _ = ((SimulatedHost) key.attachment()).proceed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SigningException e) {
      throw new IllegalStateException(e);
    }
  }
}
