package dev.daypass.e2e.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.web.WebLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units of daemon and signer as files; {@link ServiceUnitsIT} boots them. */
final class UnitFilesIT {
  @ParameterizedTest
  @ValueSource(strings = {"daypassd.service", "daypass-signer.service"})
  void littleIsExposed(String unit) throws Exception {
    Command.Result analyzed =
        Command.of("systemd-analyze", "security", "--offline=yes", "--no-pager", "--threshold=15")
            .and("systemd/" + unit)
            .run();
    assertThat(analyzed.exit()).as(analyzed.toString()).isZero();
    assertThat(analyzed.out()).contains("Overall exposure level for " + unit);
  }

  /** {@code ProtectSystem=strict} leaves no other folder of these writable. */
  @Test
  void theExamplesEventFileMayBeWritten() throws Exception {
    String example = Files.readString(Path.of("config/daypass.yaml"));
    assertThat(example).contains("- file: /var/log/daypass/");
    assertThat(Files.readAllLines(Path.of("systemd/daypassd.service")))
        .contains("ProtectSystem=strict", "LogsDirectory=daypass", "LogsDirectoryMode=0750");
  }

  @Test
  void bothListenersMayBeFull() throws Exception {
    String most =
        Files.readAllLines(Path.of("systemd/daypassd.service")).stream()
            .filter(line -> line.startsWith("LimitNOFILE="))
            .map(line -> line.substring("LimitNOFILE=".length()))
            .collect(Collectors.joining());
    assertThat(Integer.parseInt(most)).isGreaterThan(2 * WebLimits.DEFAULT.maxConnections() + 1024);
  }

  /** RELIABILITY: the JVM writes what it executes. */
  @ParameterizedTest
  @ValueSource(strings = {"daypassd.service", "daypass-signer.service"})
  void theJvmMayCompile(String unit) throws Exception {
    assertThat(Files.readAllLines(Path.of("systemd", unit)))
        .noneMatch(line -> line.startsWith("MemoryDenyWriteExecute="))
        .contains("NoNewPrivileges=yes", "LimitCORE=0", "MemorySwapMax=0", "Type=notify");
  }
}
