package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyscallTraceTest {
  @TempDir private Path folder;

  private SyscallTrace trace(String... lines) throws Exception {
    return SyscallTrace.read(Files.writeString(folder.resolve("trace"), String.join("\n", lines)));
  }

  @Test
  void readsAWholeCall() throws Exception {
    var call = trace("12 fdatasync(7</state/ledger.db-wal>) = 0").calls().getFirst();
    assertThat(call.thread()).isEqualTo(12);
    assertThat(call.isSync()).isTrue();
    assertThat(call.path()).isEqualTo("/state/ledger.db-wal");
    assertThat(call.result()).isZero();
    assertThat(call.began()).isEqualTo(call.ended()).isEqualTo(1);
  }

  @Test
  void joinsWhatOthersInterrupted() throws Exception {
    var calls =
        trace(
                "12 fdatasync(7</head> <unfinished ...>",
                "13 write(9<socket:[77]>, \"HTTP/1.1 201 Created\\r\\n\"..., 900) = 900",
                "12 <... fdatasync resumed>)         = 0")
            .calls();
    assertThat(calls).extracting(SyscallTrace.Call::name).containsExactly("write", "fdatasync");
    assertThat(calls.get(1).path()).isEqualTo("/head");
    assertThat(calls.get(1).began()).isEqualTo(1);
    assertThat(calls.get(1).ended()).isEqualTo(3);
    assertThat(calls.get(1).result()).isZero();
    assertThat(calls.get(0).data()).isEqualTo("HTTP/1.1 201 Created\r\n");
  }

  @Test
  void readsHexOctalAndSeveralBuffers() throws Exception {
    var calls =
        trace(
                "1 pwrite64(3</head>, \"\\x64\\x00\\xff\", 3, 0) = 3",
                "1 writev(4<socket:[1]>, [{iov_base=\"a\\\"b\", iov_len=3}, {iov_base=\"\\0012\","
                    + " iov_len=2}], 2) = 5")
            .calls();
    assertThat(calls.get(0).data()).isEqualTo("d\u0000\u00ff");
    assertThat(calls.get(1).data()).isEqualTo("a\"b\u00012");
  }

  @Test
  void keepsTheArgumentsBehindTheData() throws Exception {
    var calls =
        trace(
                "1 pwrite64(3</head>, \"a) = b\", 6, 4096) = 6",
                "1 openat(AT_FDCWD</s>, \"/s/f\", O_RDWR|O_CREAT, 0600) = 9</s/f>",
                "1 ftruncate(9</s/f>, 12 <unfinished ...>",
                "1 <... ftruncate resumed>)          = 0")
            .calls();
    assertThat(calls)
        .extracting(SyscallTrace.Call::rest)
        .containsExactly(", 6, 4096", ", O_RDWR|O_CREAT, 0600", ", 12");
    assertThat(calls.get(1).data()).isEqualTo("/s/f");
    assertThat(calls.get(1).path()).isEmpty();
  }

  @Test
  void tellsAFailureAndACallThatNeverReturned() throws Exception {
    var calls =
        trace(
                "1 fdatasync(3</head>) = -1 EIO (Input/output error) (INJECTED)",
                "2 fdatasync(3</head>) = ?",
                "1 --- SIGSEGV {si_signo=SIGSEGV} ---",
                "1 +++ killed by SIGKILL +++")
            .calls();
    assertThat(calls).extracting(SyscallTrace.Call::result).containsExactly(-1L, -1L);
  }
}
