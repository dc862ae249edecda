import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Completes the image in {@code target/daypass}: {@code Image IMAGE JAR SOURCES}.
 *
 * <p>{@code lib/} already holds the libraries; this adds our own jar, a runtime linked from the JDK
 * that runs this program, the programs of {@code bin/} with their run bits, and what {@code share/}
 * holds for {@code man} and the shells. A program that is a folder is its files, one after the
 * other in the order of their names.
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
          "jdk.management",
          "jdk.net",
          "jdk.zipfs");

  private static final StandardCopyOption REPLACE = StandardCopyOption.REPLACE_EXISTING;

  private Image() {}

  static void main(String[] args) throws IOException {
    Path image = Path.of(args[0]);
    Files.copy(Path.of(args[1]), image.resolve("lib/daypass.jar"), REPLACE);
    link(image.resolve("runtime"));
    Path sources = Path.of(args[2]);
    // A program that is no longer there must not live on in the image.
    deleteTree(image.resolve("bin"));
    for (String language : List.of("sh", "perl")) {
      installPrograms(sources.resolve(language), Files.createDirectories(image.resolve("bin")));
    }
    Path completions = Files.createDirectories(image.resolve("share/completions"));
    for (Path file : listed(sources.resolve("completions"))) {
      Files.copy(file, completions.resolve(file.getFileName()), REPLACE);
    }
    for (Path page : listed(sources.resolve("man"))) {
      // A page's section is the end of its name, and man looks for it in that section's folder.
      String section = page.toString().substring(page.toString().length() - 1);
      Path target = Files.createDirectories(image.resolve("share/man/man" + section));
      Files.copy(page, target.resolve(page.getFileName()), REPLACE);
    }
    Path units = Files.createDirectories(image.resolve("share/systemd"));
    for (Path unit : listed(sources.resolveSibling("../systemd").normalize())) {
      Files.copy(unit, units.resolve(unit.getFileName()), REPLACE);
    }
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
    for (Path program : listed(scripts)) {
      Path installed = bin.resolve(program.getFileName().toString());
      List<Path> parts = Files.isDirectory(program) ? listed(program) : List.of(program);
      Files.deleteIfExists(installed);
      try (OutputStream out = Files.newOutputStream(installed)) {
        for (Path part : parts) {
          Files.copy(part, out);
        }
      }
      Files.setPosixFilePermissions(installed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
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
