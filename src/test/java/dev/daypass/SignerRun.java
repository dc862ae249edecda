package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.custody.remote.RemoteSigner;
import dev.daypass.signer.KeyUse;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code daypassd signer} in a process of its own, with keys that it made itself. */
public final class SignerRun implements AutoCloseable {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final Path folder;
  private Process process;

  private SignerRun(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /** Makes keys and head, and starts. */
  public static SignerRun start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("dp-signer");
    Files.writeString(
        folder.resolve("signer.yaml"),
        """
        socket: %1$s/socket
        client: %2$s
        state: %1$s/state
        ledger: { origin: %3$s }
        """
            .formatted(folder, System.getProperty("user.name"), CaFiles.ORIGIN));
    Process init = run(folder, "--init");
    assertThat(init.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(init.exitValue()).as(log(folder)).isZero();
    SignerRun signer = new SignerRun(folder, run(folder));
    signer.awaitAnswer();
    return signer;
  }

  public Path socket() {
    return folder.resolve("socket");
  }

  /** Its folder, with the keys below {@code keys/}. */
  public Path state() {
    return folder.resolve("state");
  }

  /** Its {@code signer.yaml}. */
  public Path configuration() {
    return folder.resolve("signer.yaml");
  }

  public long pid() {
    return process.pid();
  }

  /** What {@code daypass.yaml} says of it, and what {@code init} learns from it. */
  public CaFiles.Keys keys() throws IOException {
    try (RemoteSigner signer = RemoteSigner.open(socket())) {
      return new CaFiles.Keys(
          "signer: " + socket() + "\n",
          Map.of(
              KeyUse.USER_CA, signer.keys().userCa(),
              KeyUse.HOST_CA, signer.keys().hostCa(),
              KeyUse.LEDGER, signer.keys().ledger()));
    }
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public void startAgain() throws IOException {
    process = run(folder);
    awaitAnswer();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    Folders.delete(folder);
  }

  private void awaitAnswer() throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try (RemoteSigner _ = RemoteSigner.open(socket())) {
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new AssertionError(log(folder), e);
        }
        Thread.onSpinWait();
      }
    }
  }

  private static Process run(Path folder, String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            DaemonProcess.command(
                List.of(), "signer", "--config", folder.resolve("signer.yaml").toString()));
    command.addAll(List.of(words));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .redirectInput(new File("/dev/null"))
        .start();
  }

  private static String log(Path folder) throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
