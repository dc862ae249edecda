import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks or writes the format of the Java files below a folder: {@code Format check|write DIR
 * STAMP}.
 *
 * <p>The stamp is a file whose time says when all of them were last found well; only what changed
 * since is looked at again.
 */
final class Format {
  private Format() {}

  static void main(String[] args) throws Exception {
    boolean write = args[0].equals("write");
    Path stamp = Path.of(args[2]);
    FileTime began = FileTime.fromMillis(System.currentTimeMillis());
    List<String> files = changedFiles(Path.of(args[1]), stamp);
    if (!files.isEmpty()) {
      run(write, files);
    }
    Files.writeString(stamp, "");
    Files.setLastModifiedTime(stamp, began);
  }

  private static void run(boolean write, List<String> files) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    command.addAll(files);
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    int exit = new Main(out, err, System.in).format(command.toArray(String[]::new));
    if (exit != 0) {
      err.println("format: the files above differ; `mvn -Pformat process-sources` rewrites them");
      System.exit(exit);
    }
  }

  private static List<String> changedFiles(Path folder, Path stamp) throws IOException {
    FileTime since =
        Files.exists(stamp) ? Files.getLastModifiedTime(stamp) : FileTime.fromMillis(0);
    List<String> changed = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        if (Files.getLastModifiedTime(file).compareTo(since) >= 0) {
          changed.add(file.toString());
        }
      }
    }
    return changed;
  }
}
