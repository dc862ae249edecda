package dev.daypass.export.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventFileTest {
  @TempDir private Path folder;
  private Path path;
  private EventFile file;

  @BeforeEach
  void open() {
    path = folder.resolve("events.ndjson");
    file = new EventFile(path);
  }

  @AfterEach
  void close() throws IOException {
    file.close();
  }

  @Test
  void isMadeForItsOwnerAlone() throws Exception {
    file.send(SomeEvents.from(0, 1));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void hasAnEventALineInTheirOrder() throws Exception {
    file.send(SomeEvents.from(0, 3));
    file.send(SomeEvents.from(3, 5));
    assertThat(Files.readString(path)).endsWith("}\n");
    assertThat(Files.readAllLines(path)).isEqualTo(SomeEvents.lines(0, 5));
  }

  @Test
  void keepsTheRightsOfAFileThatIsThere() throws Exception {
    Files.createFile(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
    file.send(SomeEvents.from(0, 1));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void followsAFileThatWasMovedAway() throws Exception {
    file.send(SomeEvents.from(0, 2));
    Path rotated = folder.resolve("events.ndjson.1");
    Files.move(path, rotated);
    file.send(SomeEvents.from(2, 4));
    assertThat(Files.readAllLines(rotated)).isEqualTo(SomeEvents.lines(0, 2));
    assertThat(Files.readAllLines(path)).isEqualTo(SomeEvents.lines(2, 4));
  }

  @Test
  void followsAFileThatAnotherTookThePlaceOf() throws Exception {
    file.send(SomeEvents.from(0, 2));
    Files.move(path, folder.resolve("events.ndjson.1"));
    Files.writeString(path, "first\n");
    file.send(SomeEvents.from(2, 3));
    assertThat(Files.readAllLines(path)).containsExactly("first", "{\"n\":2}");
  }

  @Test
  void goesOnAtTheEndOfAFileThatWasCutOff() throws Exception {
    file.send(SomeEvents.from(0, 50));
    Files.write(path, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    file.send(SomeEvents.from(50, 51));
    assertThat(Files.readAllLines(path)).isEqualTo(SomeEvents.lines(50, 51));
  }

  @Test
  void aTornLineOfACrashGoesAndWholeOnesStay() throws Exception {
    Files.writeString(path, "{\"n\":0}\n{\"n\":1}\n{\"n\":");
    file.send(SomeEvents.from(2, 3));
    assertThat(Files.readAllLines(path)).isEqualTo(SomeEvents.lines(0, 3));
  }

  @Test
  void aTornFirstLineGoesToo() throws Exception {
    Files.writeString(path, "{\"n\"");
    file.send(SomeEvents.from(0, 1));
    assertThat(Files.readAllLines(path)).isEqualTo(SomeEvents.lines(0, 1));
  }

  @Test
  void aFolderThatIsNotThereIsAFailureUntilItIs() throws Exception {
    Path away = folder.resolve("mnt");
    try (EventFile there = new EventFile(away.resolve("events.ndjson"))) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> there.send(SomeEvents.from(0, 1)));
      Files.createDirectory(away);
      there.send(SomeEvents.from(0, 1));
      assertThat(away.resolve("events.ndjson")).hasContent("{\"n\":0}");
    }
  }

  @Test
  void whatIsNoFileIsRefused() throws Exception {
    Files.createDirectory(path);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> file.send(SomeEvents.from(0, 1)))
        .withMessageContaining("is not a file");
  }
}
