package dev.daypass.config.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------"})
  void readsWhatItsOwnerAloneMayRead(String rights) throws Exception {
    assertThat(new SecretFile(file("hunter2\n", rights), false).read())
        .isEqualTo(Secret.of("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rw-rw-rw-"})
  void refusesWhatOthersMayReadOrChange(String rights) throws IOException {
    Path file = file("hunter2\n", rights);

    assertThat(new SecretFile(file, false).fault())
        .contains(new SecretFile.Fault("others can read or change " + file, "chmod 0600 " + file));
  }

  @Test
  void credentialOfSystemdMayHaveItsGroupBitAndNoOther() throws IOException {
    assertThat(new SecretFile(file("hunter2", "r--r-----"), true).fault()).isEmpty();
    assertThat(new SecretFile(file("hunter2", "rw-rw----"), true).fault()).isPresent();
    assertThat(new SecretFile(file("hunter2", "rw-r--r--"), true).fault()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "  \n", "hunter2\nhunter3\n", "hun\tter", "hun\0ter"})
  void refusesWhatIsNotOneLineOfText(String text) throws IOException {
    Path file = file(text, "rw-------");

    assertThatExceptionOfType(SecretFile.SecretUnusable.class)
        .isThrownBy(() -> new SecretFile(file, false).read())
        .withMessage(file + " does not hold one line of text");
  }

  @Test
  void refusesWhatIsNotUtf8() throws IOException {
    Path file = file("", "rw-------");
    Files.write(file, new byte[] {(byte) 0xff, 'x'});

    assertThatExceptionOfType(SecretFile.SecretUnusable.class)
        .isThrownBy(() -> new SecretFile(file, false).read())
        .withMessageContaining("not UTF-8");
  }

  @Test
  void refusesFolderAbsenceAndSize() throws IOException {
    assertThat(new SecretFile(folder, false).fault()).isPresent();
    assertThat(new SecretFile(folder.resolve("absent"), false).fault()).isPresent();
    assertThat(new SecretFile(file("x".repeat(64 * 1024), "rw-------"), false).fault()).isEmpty();
    assertThat(new SecretFile(file("x".repeat(64 * 1024 + 1), "rw-------"), false).fault())
        .isPresent();
  }

  @Test
  void noFaultShowsAnythingOfTheSecret() throws IOException {
    Path file = file("hunter2\nhunter3", "rw-------");

    assertThatExceptionOfType(SecretFile.SecretUnusable.class)
        .isThrownBy(() -> new SecretFile(file, false).read())
        .satisfies(e -> assertThat(e.fault().toString()).doesNotContain("hunter"));
  }

  private Path file(String text, String rights) throws IOException {
    Path file = folder.resolve("secret");
    Files.deleteIfExists(file);
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }
}
