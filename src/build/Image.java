import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Completes the image in {@code target/daypass}: {@code Image IMAGE JAR SCRIPTS}.
 *
 * <p>{@code lib/} already holds the libraries; this adds our own jar, a runtime linked from the JDK
 * that runs this program, and the programs of {@code bin/} with their run bits.
 */
final class Image {
  /**
   * What the libraries reach, found with jdeps, and by reflection: crypto providers, JNDI-free TLS.
   */
  private static final String MODULES =
      String.join(
          ",",
          "java.base",
          "java.sql",
          "java.naming",
          "java.net.http",
          "java.management",
          "java.logging",
          "java.desktop",
          "java.security.jgss",
          "jdk.crypto.cryptoki",
          "jdk.unsupported",
          "jdk.httpserver",
          "jdk.net",
          "jdk.zipfs");

  private Image() {}

  static void main(String[] args) throws IOException {
    Path image = Path.of(args[0]);
    Files.copy(
        Path.of(args[1]), image.resolve("lib/daypass.jar"), StandardCopyOption.REPLACE_EXISTING);
    link(image.resolve("runtime"));
    installPrograms(Path.of(args[2]), Files.createDirectories(image.resolve("bin")));
  }

  private static void link(Path runtime) throws IOException {
    Path stamp = runtime.resolve("release");
    if (Files.exists(stamp)
        && Files.readString(stamp).contains(System.getProperty("java.version"))) {
      return;
    }
    deleteTree(runtime);
    ToolProvider jlink = ToolProvider.findFirst("jlink").orElseThrow();
    int exit =
        jlink.run(
            System.out,
            System.err,
            "--output",
            runtime.toString(),
            "--add-modules",
            MODULES,
            "--strip-debug",
            "--generate-cds-archive",
            "--no-header-files",
            "--no-man-pages",
            "--compress",
            "zip-6");
    if (exit != 0) {
      throw new IOException("jlink ended with " + exit);
    }
  }

  private static void installPrograms(Path scripts, Path bin) throws IOException {
    List<Path> programs;
    try (Stream<Path> files = Files.list(scripts)) {
      programs = files.sorted().toList();
    }
    for (Path program : programs) {
      Path installed = bin.resolve(program.getFileName().toString());
      Files.copy(program, installed, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(installed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
