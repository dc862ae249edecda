package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.volume.Loss;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The replay must lose what the daemon did not sync, or it proves nothing. */
final class RecordedRunTest {
  private static final Path STORE = Path.of("/s/ledger.db");
  private static final Path WAL = Path.of("/s/ledger.db-wal");
  private static final Path HEAD = Path.of("/h/head");
  private static final String MAKE =
      "7 openat(AT_FDCWD</>, \"/s/ledger.db-wal\", O_RDWR|O_CREAT|O_NOFOLLOW, 0600) = 3</w>";
  private static final String WRITE = "7 pwrite64(3</s/ledger.db-wal>, \"wal\", 3, 0) = 3";
  private static final String SYNC = "7 fdatasync(3</s/ledger.db-wal>) = 0";
  private static final String SYNC_FOLDER = "7 fsync(4</s>) = 0";

  @TempDir private Path folder;

  @Test
  void keepsWhatWasSyncedWithItsName() throws Exception {
    assertThat(crash(4, MAKE, WRITE, SYNC, SYNC_FOLDER)).containsEntry(WAL, "wal");
  }

  @Test
  void losesAWriteAtEachLineBeforeItsSync() throws Exception {
    String[] lines = {MAKE, SYNC_FOLDER, WRITE, SYNC};
    assertThat(crash(1, lines)).doesNotContainKey(WAL);
    assertThat(crash(2, lines)).containsEntry(WAL, "");
    assertThat(crash(3, lines)).containsEntry(WAL, "");
    assertThat(crash(4, lines)).containsEntry(WAL, "wal");
  }

  @Test
  void losesANameWithoutASyncOfItsFolder() throws Exception {
    assertThat(crash(3, MAKE, WRITE, SYNC)).containsOnlyKeys(STORE, HEAD);
  }

  @Test
  void losesWhatAFailedSyncWasToKeep() throws Exception {
    String failed = SYNC.replace("= 0", "= -1 EIO (Input/output error)");
    assertThat(crash(4, MAKE, SYNC_FOLDER, WRITE, failed)).containsEntry(WAL, "");
  }

  @Test
  void losesWhatWasWrittenWhileTheSyncWentOn() throws Exception {
    assertThat(
            crash(
                3,
                "8 fdatasync(5</h/head> <unfinished ...>",
                "7 pwrite64(5</h/head>, \"new\", 3, 0) = 3",
                "8 <... fdatasync resumed>) = 0"))
        .containsEntry(HEAD, "head");
  }

  @Test
  void shortensAndRemoves() throws Exception {
    String[] lines = {
      "7 ftruncate(3</h/head>, 2) = 0", "7 fsync(3</h/head>) = 0",
      "7 unlink(\"/s/ledger.db\") = 0", "7 fsync(4</s>) = 0"
    };
    assertThat(crash(2, lines)).containsEntry(HEAD, "he").containsEntry(STORE, "db");
    assertThat(crash(4, lines)).containsOnlyKeys(HEAD);
  }

  @Test
  void leavesOutWhatIsNotOfTheStore() throws Exception {
    RecordedRun run =
        run(
            WRITE.replace("-wal", "-shm"),
            WRITE.replace("ledger.db-wal", "ledger.db.lock"),
            WRITE.replace("ledger.db-wal", "other"),
            "7 openat(AT_FDCWD</>, \"/s/ledger.db\", O_RDWR|O_CREAT) = -1 EACCES (No)");
    assertThat(run.lines()).isEmpty();
  }

  @Test
  void refusesWhatTheModelDoesNotKnow() {
    assertThatThrownBy(() -> run("7 write(3</s/ledger.db>, \"x\", 1) = 1"))
        .hasMessageContaining("write");
    assertThatThrownBy(() -> run("7 rename(\"/s/x\", \"/s/ledger.db\") = 0"))
        .hasMessageContaining("rename");
    assertThatThrownBy(() -> run("7 pwrite64(3</s/ledger.db>, \"x\"..., 9, 0) = 9"))
        .hasMessageContaining("too little");
  }

  @Test
  void tellsWhatIsWorthACrash() throws Exception {
    String page = "7 pwrite64(3</h/head>, \"" + "x".repeat(513) + "\", 513, 0) = 513";
    String none = "9 write(5<socket:[1]>, \"HTTP/1.1 200 OK\\r\\n\\r\\n{}\", 21) = 21";
    String checkpoint = none.replace("{}", CaFiles.ORIGIN + "\\n");
    RecordedRun run = run(none, page, checkpoint, SYNC_FOLDER);
    assertThat(run.lines()).containsExactly(2, 3, 4);
    assertThat(run.answerLines()).containsExactly(3);
    assertThat(run.wideWrites()).containsExactly(2);
    assertThat(run.handedOut(2).checkpoints()).isEmpty();
    assertThatThrownBy(() -> run.handedOut(3)).hasMessageContaining("not a checkpoint");
  }

  private Map<Path, String> crash(int line, String... lines) throws Exception {
    return run(lines)
        .replay(
            Map.of(
                STORE, "db".getBytes(StandardCharsets.US_ASCII),
                HEAD, "head".getBytes(StandardCharsets.US_ASCII)))
        .upTo(line)
        .afterCrash(Loss.everything())
        .entrySet()
        .stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, file -> new String(file.getValue(), StandardCharsets.US_ASCII)));
  }

  private RecordedRun run(String... lines) throws Exception {
    Path file = Files.writeString(folder.resolve("trace"), String.join("\n", lines));
    return RecordedRun.of(SyscallTrace.read(file), STORE, HEAD);
  }
}
