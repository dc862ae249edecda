package dev.daypass.config.file;

import dev.daypass.config.yaml.Fault;
import dev.daypass.config.yaml.Faults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/** The text of a configuration file, and the faults found in it as problems. */
public final class ConfigText {
  private static final int MAX_BYTES = 1 << 20;

  private ConfigText() {}

  /** Reads strict UTF-8; a file that everybody may change is not trusted. */
  public static String read(Path file) throws ConfigInvalid {
    return read(file, MAX_BYTES);
  }

  /** As {@link #read(Path)}, for a file that may be larger. */
  public static String read(Path file, int maxBytes) throws ConfigInvalid {
    try {
      if (!Files.isRegularFile(file)) {
        throw Files.exists(file)
            ? whole(file, "it is not a file", "name a file")
            : whole(file, "there is no such file", "create it, or name another with --config");
      }
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE)) {
        throw whole(file, "everybody may change it", "chmod o-w " + file);
      }
      if (Files.size(file) > maxBytes) {
        throw whole(file, "it is larger than " + maxBytes + " bytes", "make it smaller");
      }
      byte[] bytes = Files.readAllBytes(file);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw whole(file, "it is not UTF-8", "save it as UTF-8");
    } catch (NoSuchFileException _) {
      throw whole(file, "there is no such file", "create it, or name another with --config");
    } catch (IOException e) {
      throw whole(
          file,
          "it cannot be read (" + e.getClass().getSimpleName() + ")",
          "let the daemon's user read it");
    }
  }

  static ConfigInvalid whole(Path file, String message, String remedy) {
    return new ConfigInvalid(List.of(new ConfigProblem(file, 0, "", message, remedy)));
  }

  /** Ends the reading of a file in which something is wrong. */
  public static void requireNone(Faults faults, Path file) throws ConfigInvalid {
    if (!faults.none()) {
      throw new ConfigInvalid(problems(faults, file));
    }
  }

  /** The faults noted so far, in the order of the file. */
  public static List<ConfigProblem> problems(Faults faults, Path file) {
    return faults.list().stream().map(fault -> problem(file, fault)).toList();
  }

  private static ConfigProblem problem(Path file, Fault fault) {
    return new ConfigProblem(file, fault.line(), fault.key(), fault.message(), fault.remedy());
  }
}
