import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Lays out what the Debian packages hold: {@code Packages IMAGE BASE TARGET}, a folder a package.
 * The rights are given where they are packed.
 */
final class Packages {
  private static final StandardCopyOption REPLACE = StandardCopyOption.REPLACE_EXISTING;

  private static final String STRIP = "strip";

  private final Path image;
  private final Path base;
  private final Path target;

  private Packages(Path image, Path base, Path target) {
    this.image = image;
    this.base = base;
    this.target = target;
  }

  static void main(String[] args) throws Exception {
    Packages packages = new Packages(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
    deleteTree(packages.target);
    packages.daemon();
    packages.helper();
    packages.host();
  }

  private void daemon() throws Exception {
    Path root = documented("daypass");
    Path home = root.resolve("usr/lib/daypass");
    copy(image.resolve("bin/daypassd"), home.resolve("bin/daypassd"));
    copyTree(image.resolve("lib"), home.resolve("lib"));
    copyTree(image.resolve("runtime"), home.resolve("runtime"));
    strip(home.resolve("runtime"));
    for (String unit : List.of("daypassd.service", "daypass-signer.service")) {
      copy(base.resolve("systemd").resolve(unit), root.resolve("usr/lib/systemd/system/" + unit));
    }
    compress(image.resolve("share/man/man8/daypassd.8"), root.resolve("usr/share/man/man8"));
    for (String example : List.of("daypass.yaml", "policy.yaml")) {
      copy(base.resolve("config").resolve(example), root.resolve("etc/daypass/" + example));
    }
    for (String example :
        List.of("signer.yaml", "prometheus-rules.yaml", "grafana-dashboard.json")) {
      copy(
          base.resolve("config").resolve(example),
          root.resolve("usr/share/doc/daypass/examples/" + example));
    }
    compress(base.resolve("README.md"), root.resolve("usr/share/doc/daypass"));
    Path bill = image.resolve("share/bom.json");
    // Maven makes it only with a network.
    if (Files.exists(bill)) {
      compress(bill, root.resolve("usr/share/doc/daypass"));
    }
  }

  private void helper() throws IOException {
    Path root = documented("daypass-helper");
    copy(image.resolve("bin/daypass"), root.resolve("usr/bin/daypass"));
    compress(image.resolve("share/man/man1/daypass.1"), root.resolve("usr/share/man/man1"));
    Path shells = image.resolve("share/completions");
    Path share = root.resolve("usr/share");
    copy(shells.resolve("daypass.bash"), share.resolve("bash-completion/completions/daypass"));
    copy(shells.resolve("_daypass"), share.resolve("zsh/vendor-completions/_daypass"));
    copy(shells.resolve("daypass.fish"), share.resolve("fish/vendor_completions.d/daypass.fish"));
  }

  private void host() throws IOException {
    Path root = documented("daypass-host");
    Path home = root.resolve("usr/lib/daypass");
    for (Path program : listed(image.resolve("bin"))) {
      if (program.getFileName().toString().startsWith("daypass-host")) {
        copy(program, home.resolve(program.getFileName()));
      }
    }
    // Where join takes them from; not where systemd looks, before there is something to refresh.
    for (Path unit : listed(base.resolve("systemd"))) {
      if (unit.getFileName().toString().startsWith("daypass-host")) {
        copy(unit, home.resolve("systemd").resolve(unit.getFileName()));
      }
    }
    compress(image.resolve("share/man/man8/daypass-host.8"), root.resolve("usr/share/man/man8"));
  }

  private Path documented(String name) throws IOException {
    Path root = Files.createDirectories(target.resolve(name));
    Path texts = root.resolve("usr/share/doc").resolve(name);
    copy(base.resolve("src/main/deb/copyright"), texts.resolve("copyright"));
    compress(base.resolve("src/main/deb/changelog"), texts);
    Path overrides = base.resolve("src/main/deb").resolve(name + ".lintian-overrides");
    if (Files.exists(overrides)) {
      copy(overrides, root.resolve("usr/share/lintian/overrides").resolve(name));
    }
    return root;
  }

  /** Debian policy, section 10.2: libraries and programs are stripped. */
  private static void strip(Path runtime) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(STRIP, "--strip-unneeded"));
    try (Stream<Path> files = Files.walk(runtime)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(".so") || Files.isExecutable(file))
          .map(Path::toString)
          .sorted()
          .forEach(command::add);
    }
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException(STRIP + " ended with " + exit + "; it is in the package binutils");
    }
  }

  /** As {@code gzip -9n}: no name and no time in it, so that the same bytes give the same. */
  private static void compress(Path file, Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      Files.copy(file, out);
    }
    byte[] packed = bytes.toByteArray();
    // RFC 1952, section 2.3.1: XFL 2 says that the compressor took its time.
    packed[8] = 2;
    Files.write(Files.createDirectories(folder).resolve(file.getFileName() + ".gz"), packed);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, REPLACE);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
