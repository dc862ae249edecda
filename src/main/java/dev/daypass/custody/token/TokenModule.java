package dev.daypass.custody.token;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One PKCS#11 module of this process, which all its keys share. It can be started anew: some
 * modules see a token again only after that.
 */
final class TokenModule {
  /** A module that is started anew again and again serves nobody. */
  private static final long PAUSE_NANOS = 1_000_000_000;

  private final Cryptoki cryptoki;

  /** Held for reading by every call, for writing by a new start, which no call may overlap. */
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /**
   * Counts the starts: handles of an earlier one may mean another session or key by now. Guarded by
   * {@link #lock}.
   */
  private int start;

  /** Guarded by {@link #lock}. */
  private long startedAt = System.nanoTime();

  private TokenModule(Cryptoki cryptoki) {
    this.cryptoki = cryptoki;
  }

  static TokenModule load(Path module) throws TokenFailed {
    Cryptoki cryptoki = Cryptoki.load(module);
    cryptoki.initialize();
    return new TokenModule(cryptoki);
  }

  /** A key in a session that somebody is logged in to. */
  record OpenKey(int start, long session, long key) {}

  OpenKey open(String token, String label, byte[] pin) throws TokenFailed {
    lock.readLock().lock();
    try {
      long session = cryptoki.openSession(cryptoki.slot(token));
      try {
        cryptoki.login(session, pin);
        return new OpenKey(start, session, cryptoki.privateKey(session, label));
      } catch (TokenFailed e) {
        cryptoki.closeSession(session);
        throw e;
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  byte[] sign(OpenKey key, long mechanism, byte[] input) throws TokenFailed {
    lock.readLock().lock();
    try {
      if (key.start() != start) {
        throw new TokenFailed("the module was started anew");
      }
      return cryptoki.sign(key.session(), key.key(), mechanism, input);
    } finally {
      lock.readLock().unlock();
    }
  }

  void close(OpenKey key) {
    lock.readLock().lock();
    try {
      if (key.start() == start) {
        cryptoki.closeSession(key.session());
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Starts it anew, unless that was just done. */
  void restart() throws TokenFailed {
    lock.writeLock().lock();
    try {
      if (System.nanoTime() - startedAt >= PAUSE_NANOS) {
        startedAt = System.nanoTime();
        start++;
        cryptoki.finish();
        cryptoki.initialize();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
