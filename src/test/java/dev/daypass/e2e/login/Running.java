package dev.daypass.e2e.login;

import dev.daypass.e2e.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A run of the helper that waits for a browser, or for an answer. */
record Running(Process process, Path out, Path err, Path opened, Duration patience) {
  private static final long PAUSE_NANOS = 20_000_000;

  /** The address that it had the browser open. */
  String url() throws IOException {
    awaitFile(opened);
    return Files.readString(opened);
  }

  /** Types a line. */
  void type(String line) throws IOException {
    process
        .getOutputStream()
        .write((line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Waits until it has said that. */
  void awaitSaying(String text) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!said().contains(text)) {
      pause(deadline);
    }
  }

  /** All that it wrote so far. */
  String said() throws IOException {
    return Files.readString(out) + Files.readString(err);
  }

  Command.Result result() throws IOException {
    try {
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Command.Result(
            process.exitValue(), Files.readString(out), Files.readString(err));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new AssertionError("it does not end: " + said());
  }

  private void awaitFile(Path file) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (Files.notExists(file)) {
      pause(deadline);
    }
  }

  private void pause(long deadline) throws IOException {
    if (!process.isAlive() || System.nanoTime() > deadline) {
      throw new AssertionError("alive=" + process.isAlive() + ": " + said());
    }
    LockSupport.parkNanos(PAUSE_NANOS);
  }
}
