package dev.daypass;

import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that ask for certificates one after the other, each with an identity and a key of its
 * own, and take every failure for a reason to ask again.
 */
final class CrashClients implements AutoCloseable {
  private static final long PAUSE_NANOS = 50_000_000;

  /** A token lives for an hour; a long test for longer. */
  private static final Duration TOKEN_USE = Duration.ofMinutes(30);

  private final CaClient client;
  private final TestIdp idp;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong released = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();
  private final AtomicLong unavailable = new AtomicLong();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private volatile boolean stopping;

  private CrashClients(CaClient client, TestIdp idp) {
    this.client = client;
    this.idp = idp;
  }

  static CrashClients start(int count, CaClient client, TestIdp idp) {
    CrashClients clients = new CrashClients(client, idp);
    for (int i = 0; i < count; i++) {
      String email = "user-" + i + "@example.com";
      clients.threads.add(Thread.ofPlatform().name(email).start(() -> clients.run(email)));
    }
    return clients;
  }

  /** Certificates received so far. */
  long released() {
    return released.get();
  }

  /** Requests that got no answer: the daemon was dead, or died. */
  long unanswered() {
    return unanswered.get();
  }

  /** Requests that were answered with 503. */
  long unavailable() {
    return unavailable.get();
  }

  /** Answers that no client should get. */
  List<String> unexpected() {
    return List.copyOf(unexpected);
  }

  /** Lets each finish its request. */
  @Override
  public void close() {
    stopping = true;
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(String email) {
    SshSigner key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    String token = idp.token(email, "dba");
    Instant renewAt = Instant.now().plus(TOKEN_USE);
    while (!stopping) {
      if (Instant.now().isAfter(renewAt)) {
        token = idp.token(email, "dba");
        renewAt = Instant.now().plus(TOKEN_USE);
      }
      try {
        CertificateCall call = client.certificate(key, token);
        note(call.sendOnce(Instant.now().plus(CertificateCall.AHEAD)));
      } catch (IOException _) {
        unanswered.incrementAndGet();
        LockSupport.parkNanos(PAUSE_NANOS);
      } catch (AssertionError e) {
        unexpected.add(e.toString());
      }
    }
  }

  private void note(CaAnswer answer) {
    if (answer.status() == 201) {
      released.incrementAndGet();
    } else if (answer.status() == 503) {
      unavailable.incrementAndGet();
      LockSupport.parkNanos(PAUSE_NANOS);
    } else if (answer.code().equals("restarted")) {
      LockSupport.parkNanos(PAUSE_NANOS);
    } else {
      unexpected.add(answer.status() + " " + answer.body());
    }
  }
}
