package dev.daypass.e2e.helper;

import dev.daypass.e2e.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Runs of {@code src/main/sh/daypass}, joined as the build joins it, as people run it. */
public final class DaypassScript {
  public static final Path SCRIPT = joined();

  /** What it needs besides curl and OpenSSH; busybox has all of it. */
  private static final List<String> APPLETS =
      List.of(
          "base64",
          "cat",
          "chmod",
          "cmp",
          "cp",
          "cut",
          "date",
          "dd",
          "dirname",
          "grep",
          "hostname",
          "ln",
          "mkdir",
          "mktemp",
          "mv",
          "od",
          "readlink",
          "rm",
          "sed",
          "sh",
          "sha256sum",
          "sleep",
          "stty",
          "tr",
          "uname",
          "wc");

  private DaypassScript() {}

  /** The shells that it must work in. */
  public enum Shell {
    DASH,
    BASH,
    /** Not only the shell: every program that it starts is busybox's too. */
    BUSYBOX;

    /** The helper in this shell, without words of its own. */
    public Command script() throws IOException {
      return switch (this) {
        case DASH -> Command.of(Command.program("dash"), SCRIPT.toString());
        case BASH -> Command.of(Command.program("bash"), "--posix", SCRIPT.toString());
        case BUSYBOX -> busybox();
      };
    }
  }

  private static Command busybox() throws IOException {
    Path bin = Files.createDirectories(Path.of("target/busybox-bin").toAbsolutePath());
    Path busybox = Path.of(Command.program("busybox"));
    for (String applet : APPLETS) {
      link(bin.resolve(applet), busybox);
    }
    for (String program : List.of("curl", "perl", "ssh-add", "ssh-agent", "ssh-keygen")) {
      link(bin.resolve(program), Path.of(Command.program(program)));
    }
    return Command.of(bin.resolve("sh").toString(), SCRIPT.toString()).with("PATH", bin.toString());
  }

  private static Path joined() {
    try (Stream<Path> parts = Files.list(Path.of("src/main/sh/daypass"))) {
      StringBuilder program = new StringBuilder();
      for (Path part : parts.sorted().toList()) {
        program.append(Files.readString(part));
      }
      // Other builds of this tree may run at the same moment.
      Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "sh");
      Path script = folder.resolve("daypass").toAbsolutePath();
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.writeString(script, program);
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
      return script;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void link(Path link, Path program) throws IOException {
    if (!Files.isSymbolicLink(link)) {
      Files.createSymbolicLink(link, program);
    }
  }
}
