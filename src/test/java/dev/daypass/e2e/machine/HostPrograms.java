package dev.daypass.e2e.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The programs of a server, joined as the build joins them. */
public final class HostPrograms {
  /** sshd runs a command only if nobody but root can write on the way to it. */
  public static final Path FOLDER = joined();

  /** sshd's {@code AuthorizedPrincipalsCommand}. */
  public static final Path PRINCIPALS = FOLDER.resolve("daypass-host-principals");

  private HostPrograms() {}

  /** The text of a program without its last part, which runs it. */
  public static String library(String program) throws IOException {
    List<Path> parts = parts(Path.of("src/main/perl", program));
    StringBuilder text = new StringBuilder();
    for (Path part : parts.subList(0, parts.size() - 1)) {
      text.append(Files.readString(part));
    }
    return text.toString();
  }

  private static Path joined() {
    try {
      Path folder = Files.createTempDirectory(Path.of("/var/lib"), "daypass-test-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (Path program : parts(Path.of("src/main/perl"))) {
        join(program, folder.resolve(program.getFileName()));
      }
      join(Path.of("src/main/sh/daypass-host"), folder.resolve("daypass-host"));
      Path units = Files.createDirectory(folder.resolve("systemd"));
      Files.setPosixFilePermissions(units, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (Path unit : parts(Path.of("systemd"))) {
        if (unit.getFileName().toString().startsWith("daypass-host")) {
          Files.copy(unit, units.resolve(unit.getFileName()));
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void join(Path parts, Path program) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path part : parts(parts)) {
      text.append(Files.readString(part));
    }
    Files.writeString(program, text);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static List<Path> parts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
