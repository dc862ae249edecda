package dev.daypass.volume;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class VolumeTest {
  private static final Path FOLDER = Path.of("/s");
  private static final Path FILE = FOLDER.resolve("file");
  private static final Path NEW = FOLDER.resolve("new");

  private final Volume volume = new Volume(Map.of(FILE, "old".getBytes(US_ASCII)));

  @Test
  void showsProcessesWhatTheyWrote() {
    write(FILE, 2, "DER");
    volume.create(NEW);
    write(NEW, 1, "x");
    assertThat(seen(FILE)).isEqualTo("olDER");
    assertThat(seen(NEW)).isEqualTo("\0x");
    volume.remove(NEW);
    assertThat(volume.seen()).containsOnlyKeys(FILE);
  }

  @Test
  void mayLoseWhatWasNotSynced() {
    write(FILE, 0, "new");
    assertThat(lost(FILE)).contains("old");
    assertThat(outcomes(FILE)).containsExactly("new", "old");
  }

  @Test
  void keepsWhatWasSynced() {
    write(FILE, 0, "new");
    sync(FILE);
    assertThat(lost(FILE)).contains("new");
    assertThat(outcomes(FILE)).containsExactly("new");
  }

  @Test
  void mayKeepALaterWriteWithoutAnEarlierOne() {
    write(FILE, 3, "ab");
    write(FILE, 5, "cd");
    assertThat(outcomes(FILE)).containsExactly("old", "old\0\0cd", "oldab", "oldabcd");
  }

  @Test
  void syncsOnlyWhatWasOverWhenTheSyncBegan() {
    write(FILE, 0, "n");
    long began = volume.changes();
    write(FILE, 1, "N");
    volume.sync(FILE, began);
    assertThat(lost(FILE)).contains("nld");
    assertThat(seen(FILE)).isEqualTo("nNd");
  }

  @Test
  void syncsOneFileAlone() {
    write(FILE, 0, "new");
    sync(NEW);
    sync(FOLDER);
    assertThat(lost(FILE)).contains("old");
  }

  @Test
  void countsALengthAmongTheChanges() {
    volume.truncate(FILE, 1);
    assertThat(outcomes(FILE)).containsExactly("o", "old");
    volume.truncate(FILE, 2);
    assertThat(outcomes(FILE)).containsExactly("o", "o\0", "ol", "old");
    sync(FILE);
    assertThat(outcomes(FILE)).containsExactly("o\0");
  }

  @Test
  void needsTheFolderSyncedForANewName() {
    volume.create(NEW);
    write(NEW, 0, "x");
    sync(NEW);
    assertThat(lost(NEW)).isEmpty();
    assertThat(outcomes(NEW)).containsExactly("none", "x");
    sync(FOLDER);
    assertThat(outcomes(NEW)).containsExactly("x");
  }

  @Test
  void makesAFileThatIsThereOnlyOnce() {
    volume.create(FILE);
    assertThat(seen(FILE)).isEqualTo("old");
    assertThat(outcomes(FILE)).containsExactly("old");
  }

  @Test
  void mayBringARemovedFileBack() {
    volume.remove(FILE);
    assertThat(outcomes(FILE)).containsExactly("none", "old");
    sync(FOLDER);
    assertThat(outcomes(FILE)).containsExactly("none");
  }

  @Test
  void keepsAFileFromItsSuccessorOfTheSameName() {
    volume.remove(FILE);
    volume.create(FILE);
    write(FILE, 0, "abcd");
    sync(FILE);
    assertThat(outcomes(FILE)).containsExactly("abcd", "none", "old");
    assertThat(lost(FILE)).contains("old");
  }

  @Test
  void writesSectorsWholeOrNotAtAll() {
    write(FILE, 0, "n".repeat(Volume.SECTOR_BYTES));
    assertThat(volume.canTear()).isFalse();
    assertThat(outcomes(FILE)).hasSize(2);
  }

  @Test
  void tearsOneWriteBetweenSectors() {
    write(FILE, 510, "abcd");
    assertThat(volume.canTear()).isTrue();
    String gap = "old" + "\0".repeat(507);
    assertThat(outcomes(FILE, () -> Loss.torn(new Random(1))))
        .allMatch(text -> text.equals(gap + "ab") || text.equals(gap + "\0\0cd"));
    Random random = new Random(1);
    assertThat(outcomes(FILE, () -> Loss.torn(random))).containsExactly(gap + "\0\0cd", gap + "ab");
    sync(FILE);
    assertThat(volume.canTear()).isFalse();
  }

  @Test
  void refusesToWriteWhereNothingIs() {
    assertThatThrownBy(() -> write(NEW, 0, "x")).isInstanceOf(IllegalArgumentException.class);
    volume.remove(FILE);
    assertThatThrownBy(() -> volume.remove(FILE)).isInstanceOf(IllegalArgumentException.class);
  }

  private void write(Path name, long offset, String text) {
    volume.write(name, offset, text.getBytes(US_ASCII));
  }

  private void sync(Path name) {
    volume.sync(name, volume.changes());
  }

  private String seen(Path name) {
    return Optional.ofNullable(volume.seen().get(name)).map(VolumeTest::text).orElse("none");
  }

  private Optional<String> lost(Path name) {
    return Optional.ofNullable(volume.afterCrash(Loss.everything()).get(name))
        .map(VolumeTest::text);
  }

  private SortedSet<String> outcomes(Path name) {
    Random random = new Random(1);
    return outcomes(name, () -> Loss.some(random));
  }

  private SortedSet<String> outcomes(Path name, Supplier<Loss> losses) {
    SortedSet<String> outcomes = new TreeSet<>();
    for (int i = 0; i < 300; i++) {
      byte[] content = volume.afterCrash(losses.get()).get(name);
      outcomes.add(content == null ? "none" : text(content));
    }
    return outcomes;
  }

  private static String text(byte[] content) {
    return new String(content, US_ASCII);
  }
}
