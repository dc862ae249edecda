package dev.daypass.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real {@code ssh-keygen}, in a folder of its own. A machine without it fails the test. */
public final class SshKeygen {
  private static final String PROGRAM = "ssh-keygen";
  private static final long DEADLINE_SECONDS = 60;

  private final Path folder;

  public SshKeygen(Path folder) {
    this.folder = folder;
  }

  /** What a run wrote and how it ended. */
  public record Run(int exit, String output) {}

  /** Runs it and returns what it printed; any exit but 0 fails the test. */
  public String run(String... arguments) throws IOException, InterruptedException {
    Run run = tryRun(arguments);
    if (run.exit() != 0) {
      throw new AssertionError(PROGRAM + " " + List.of(arguments) + ": " + run);
    }
    return run.output();
  }

  public Run tryRun(String... arguments) throws IOException, InterruptedException {
    return tryRunWithInput(Bytes.EMPTY, arguments);
  }

  public Run tryRunWithInput(Bytes input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(List.of(arguments));
    Path in = Files.write(folder.resolve("stdin"), input.toArray());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(in.toFile());
    builder.environment().put("TZ", "UTC");
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    byte[] output = process.getInputStream().readAllBytes();
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(PROGRAM + " did not end");
    }
    return new Run(process.exitValue(), new String(output, StandardCharsets.UTF_8));
  }

  /** Writes a file that only its owner reads, as ssh-keygen demands of private keys. */
  public Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, content);
  }

  public String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }
}
