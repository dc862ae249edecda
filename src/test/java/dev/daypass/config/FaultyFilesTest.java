package dev.daypass.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.policy.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every problem of every faulty file, with its line, key and remedy; see the fixtures' README. */
final class FaultyFilesTest {
  private static final Path FIXTURES = Path.of("src/test/resources/dev/daypass/config");
  private static final String EXPECTED = "#! ";

  @TempDir private Path folder;

  static Stream<String> configurations() throws IOException {
    return fixtures().filter(name -> !name.startsWith("error_policy_"));
  }

  static Stream<String> policies() throws IOException {
    return fixtures().filter(name -> name.startsWith("error_policy_"));
  }

  @BeforeEach
  void makeFiles() throws IOException {
    Files.writeString(folder.resolve("tls.crt"), "certificate");
    file("tls.key", "rw-------");
    file("open.key", "rw-r-----");
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void reportsEveryProblemOfConfiguration(String name) throws IOException {
    Path file = copy(name);

    ConfigInvalid invalid =
        catchThrowableOfType(
            ConfigInvalid.class, () -> new ConfigReader(Optional.empty()).read(file));

    assertThat(lines(invalid)).isEqualTo(expected(name));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void reportsEveryProblemOfPolicyShape(String name) throws IOException {
    Path file = copy(name);

    ConfigInvalid invalid =
        catchThrowableOfType(
            ConfigInvalid.class, () -> PolicyFile.read(file, Set.of("okta", "ci")));

    assertThat(lines(invalid)).containsAll(expected(name));
  }

  private static Stream<String> fixtures() throws IOException {
    try (Stream<Path> files = Files.list(FIXTURES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("error_"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private List<String> lines(ConfigInvalid invalid) {
    return invalid.problems().stream()
        .map(p -> p.line() + " " + p.key() + " | " + p.message() + " | " + p.remedy())
        .map(line -> line.replace(folder.toString(), "PLACE"))
        .toList();
  }

  private static List<String> expected(String name) throws IOException {
    return Files.readAllLines(FIXTURES.resolve(name)).stream()
        .filter(line -> line.startsWith(EXPECTED))
        .map(line -> line.substring(EXPECTED.length()))
        .toList();
  }

  private Path copy(String name) throws IOException {
    return Files.copy(FIXTURES.resolve(name), folder.resolve(name));
  }

  private void file(String name, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "secret\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
