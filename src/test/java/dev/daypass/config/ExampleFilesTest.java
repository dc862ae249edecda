package dev.daypass.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The annotated examples in {@code config/} are what they say. */
final class ExampleFilesTest {
  @TempDir private Path folder;

  @Test
  void exampleLoadsAsItStands() throws Exception {
    DaypassConfig config = new ConfigReader(Optional.empty()).read(example());

    assertThat(config.url()).isEqualTo("https://ca.example.com:8443");
    assertThat(config.state()).isEqualTo(Path.of("/var/lib/daypass"));
    assertThat(config.identity()).containsOnlyKeys("ci", "okta");
    assertThat(config.policy()).isEqualTo(folder.resolve("policy.yaml"));
  }

  @Test
  void exampleStatesTheDefaultsOfItsLimits() throws Exception {
    DaypassConfig config = new ConfigReader(Optional.empty()).read(example());

    assertThat(config.limits()).isEqualTo(LimitsConfig.DEFAULTS);
  }

  private Path example() throws Exception {
    Path copy = folder.resolve("daypass.yaml");
    Files.copy(Path.of("config/daypass.yaml"), copy);
    Files.copy(Path.of("config/policy.yaml"), folder.resolve("policy.yaml"));
    Files.writeString(folder.resolve("tls.crt"), "certificate");
    Files.createFile(
        folder.resolve("tls.key"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return copy;
  }
}
