package dev.daypass.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.ledger.entry.Loss;
import dev.daypass.tlog.EntryNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LossFileTest {
  @TempDir private Path folder;

  @Test
  void keepsALossUntilItIsTold() throws Exception {
    LossFile file = new LossFile(folder.resolve("lost"));
    assertThat(file.read()).isEmpty();
    file.write(loss(5, 9));
    assertThat(file.read()).contains(loss(5, 9));
    file.clear();
    assertThat(file.read()).isEmpty();
    file.clear();
  }

  @Test
  void aRecoveryThatGoesOnAfterACrashKeepsItsBeginning() throws Exception {
    LossFile file = new LossFile(folder.resolve("lost"));
    file.write(loss(5, 9));
    file.write(loss(8, 9));
    assertThat(file.read()).contains(loss(5, 9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5 9", "5\n", "05 9\n", "5 9 1\n", "-5 9\n"})
  void refusesAnythingElse(String text) throws Exception {
    LossFile file = new LossFile(Files.writeString(folder.resolve("lost"), text));
    assertThatExceptionOfType(IOException.class).isThrownBy(file::read);
  }

  private static Loss loss(long first, long last) {
    return new Loss(new EntryNumber(first), new EntryNumber(last));
  }
}
