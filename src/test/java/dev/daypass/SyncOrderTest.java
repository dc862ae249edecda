package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of traces must see what the daemon must never do. */
final class SyncOrderTest {
  private static final String WAL = "7 pwrite64(3</s/ledger.db-wal>, \"\", 24, 0) = 24";
  private static final String WAL_SYNC = "7 fdatasync(3</s/ledger.db-wal>) = 0";
  private static final String HEAD =
      "7 pwrite64(4</h/head>, \""
          + "\\x00".repeat(23)
          + "\\x09"
          + "\\x00".repeat(8)
          + "\", 32, 0) = 32";
  private static final String HEAD_SYNC = "7 fdatasync(4</h/head>) = 0";
  private static final String ANSWER = answer(8);

  @TempDir private Path folder;

  @Test
  void acceptsBothSyncsBeforeTheAnswer() throws Exception {
    assertThat(verdict(WAL, WAL_SYNC, HEAD, HEAD_SYNC, ANSWER).inOrder()).containsExactly(8L);
  }

  @Test
  void seesAnAnswerBeforeTheSecondSync() throws Exception {
    assertTooEarly(WAL, WAL_SYNC, HEAD, ANSWER, HEAD_SYNC);
  }

  @Test
  void seesAHeadThatWasWrittenBeforeTheFirstSync() throws Exception {
    assertTooEarly(WAL, HEAD, WAL_SYNC, HEAD_SYNC, ANSWER);
  }

  @Test
  void seesACommitThatWasNotSynced() throws Exception {
    assertTooEarly(WAL_SYNC, WAL, HEAD, HEAD_SYNC, ANSWER);
  }

  @Test
  void seesAHeadThatDoesNotCoverTheCertificate() throws Exception {
    assertThat(verdict(WAL, WAL_SYNC, HEAD, HEAD_SYNC, answer(9)).tooEarly()).containsExactly(9L);
  }

  @Test
  void seesASyncThatFailed() throws Exception {
    assertTooEarly(WAL, WAL_SYNC, HEAD, HEAD_SYNC.replace("= 0", "= -1 EIO (x)"), ANSWER);
    assertTooEarly(WAL, WAL_SYNC.replace("= 0", "= -1 EIO (x)"), HEAD, HEAD_SYNC, ANSWER);
  }

  @Test
  void seesASyncThatWasNotOver() throws Exception {
    assertTooEarly(
        WAL,
        WAL_SYNC,
        HEAD,
        "7 fdatasync(4</h/head> <unfinished ...>",
        ANSWER,
        "7 <... fdatasync resumed>) = 0");
  }

  private void assertTooEarly(String... lines) throws Exception {
    assertThat(verdict(lines).tooEarly()).containsExactly(8L);
  }

  private SyncOrder.Verdict verdict(String... lines) throws Exception {
    Path file = Files.writeString(folder.resolve("trace"), String.join("\n", lines));
    return SyncOrder.of(SyscallTrace.read(file), Path.of("/s/ledger.db"), Path.of("/h/head"));
  }

  private static String answer(long serial) {
    return "9 write(5<socket:[1]>, \"HTTP/1.1 201 Created\\r\\n\\r\\n{\\\"serial\\\":\\\""
        + serial
        + "\\\"}\", 99) = 99";
  }
}
