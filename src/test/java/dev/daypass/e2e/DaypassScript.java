package dev.daypass.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs of {@code src/main/sh/daypass}, as people run it. */
final class DaypassScript {
  static final Path SCRIPT = Path.of("src/main/sh/daypass").toAbsolutePath();

  /** What it needs besides curl and OpenSSH; busybox has all of it. */
  private static final List<String> APPLETS =
      List.of(
          "base64",
          "cat",
          "chmod",
          "cut",
          "date",
          "dd",
          "grep",
          "mktemp",
          "mv",
          "od",
          "rm",
          "sed",
          "sh",
          "sha256sum",
          "sleep",
          "tr");

  private DaypassScript() {}

  /** The shells that it must work in. */
  enum Shell {
    DASH,
    BASH,
    /** Not only the shell: every program that it starts is busybox's too. */
    BUSYBOX;

    /** The helper in this shell, without words of its own. */
    Command script() throws IOException {
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
    for (String program : List.of("curl", "ssh-keygen")) {
      link(bin.resolve(program), Path.of(Command.program(program)));
    }
    return Command.of(bin.resolve("sh").toString(), SCRIPT.toString()).with("PATH", bin.toString());
  }

  private static void link(Path link, Path program) throws IOException {
    if (!Files.isSymbolicLink(link)) {
      Files.createSymbolicLink(link, program);
    }
  }
}
