package dev.daypass.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackupManifestTest {
  private static final String SUM =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
  private static final String TEXT =
      """
      daypass-backup-v1
      origin ca.example.com/daypass
      size 12
      root 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
      taken 2026-11-21T14:00:00Z
      file %1$s bundles/1
      file %1$s ledger.db
      """
          .formatted(SUM);

  @Test
  void saysWhatTheBackupIsOf() throws CommandRefused {
    Bytes sum = Bytes.ofUtf8("hello").sha256();
    BackupManifest manifest =
        new BackupManifest(
            "ca.example.com/daypass",
            new TreeSize(12),
            Hash.EMPTY_ROOT,
            Instant.parse("2026-11-21T14:00:00Z"),
            new TreeMap<>(Map.of("ledger.db", sum, "bundles/1", sum)));
    assertThat(manifest.encode()).isEqualTo(TEXT);
    assertThat(BackupManifest.parse(TEXT)).isEqualTo(manifest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../ledger.db",
        "/etc/passwd",
        "a/b/c",
        "keys/../x",
        ".hidden",
        "keys/",
        "",
        "a b",
        "a\u0000"
      })
  void aNameThatLeadsElsewhereIsRefused(String name) {
    assertDamaged(TEXT.replace("bundles/1", name));
  }

  @Test
  void whatIsCutOffOrMisspeltIsRefused() {
    assertDamaged("");
    assertDamaged(TEXT.stripTrailing());
    assertDamaged(TEXT.replace("-v1", "-v2"));
    assertDamaged(TEXT.replace("origin", "Origin"));
    assertDamaged(TEXT.replace("size 12", "size -1"));
    assertDamaged(TEXT.replace("size 12", "size many"));
    assertDamaged(TEXT.replace("47DEQ", "47DE"));
    assertDamaged(TEXT.replace("14:00:00Z", "noon"));
    assertDamaged(TEXT.replace(SUM, SUM.substring(1)));
    assertDamaged(TEXT.replace("bundles/1", "ledger.db"));
    assertDamaged(TEXT + "more\n");
  }

  private static void assertDamaged(String text) {
    assertThatThrownBy(() -> BackupManifest.parse(text))
        .isInstanceOf(CommandRefused.class)
        .hasMessageStartingWith("the manifest of the backup is damaged: ");
  }
}
