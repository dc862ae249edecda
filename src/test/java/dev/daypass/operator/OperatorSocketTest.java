package dev.daypass.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorSocketTest {
  private static final Map<String, OperatorSocket.Command> COMMANDS =
      Map.of("greet", (operator, words) -> "done hello " + String.join(",", words) + operator);

  @TempDir private Path state;

  @Test
  void answersAKnownCommandAndKnowsWhoAsks() throws Exception {
    try (OperatorSocket _ = OperatorSocket.open(socket(), COMMANDS)) {
      assertThat(ask("greet\n")).isEqualTo("done hello " + System.getProperty("user.name"));
    }
  }

  @Test
  void refusesAnUnknownCommandAndGoesOn() throws Exception {
    try (OperatorSocket _ = OperatorSocket.open(socket(), COMMANDS)) {
      assertThat(ask("sign-anything\n")).isEqualTo("refused no such command");
      assertThat(ask("x".repeat(1000) + "\n")).isEqualTo("refused no such command");
      assertThat(ask("greet\n")).startsWith("done");
    }
  }

  @Test
  void isForItsOwnerAlone() throws Exception {
    try (OperatorSocket _ = OperatorSocket.open(socket(), COMMANDS)) {
      assertThat(Files.getPosixFilePermissions(socket()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void takesThePlaceOfASocketThatACrashLeft() throws Exception {
    Files.writeString(socket(), "");
    try (OperatorSocket _ = OperatorSocket.open(socket(), COMMANDS)) {
      assertThat(ask("greet\n")).startsWith("done");
    }
    assertThat(socket()).doesNotExist();
  }

  @Test
  void thawingTheClockIsAnEntryAndLetsTheLedgerGoOn() throws Exception {
    try (TestLedger test = TestLedger.over(new InMemoryLedgerStore())) {
      test.clock().synchronised(false);
      test.clock().jump(Duration.ofMinutes(-10));
      assertThatThrownBy(() -> test.append(TestLedger.started()))
          .isInstanceOf(LedgerUnavailable.class);

      String answer = new ClockThaw(test.ledger()).run("root", List.of());

      assertThat(answer).isEqualTo("done 1");
      assertThat(test.append(TestLedger.started()).entry().kind())
          .isEqualTo(EntryKind.DAEMON_STARTED);
    }
  }

  private Path socket() {
    return state.resolve("operator.sock");
  }

  private String ask(String line) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()));
        BufferedReader in =
            new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
      channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
      String answer = in.readLine();
      return answer == null ? "" : answer;
    }
  }
}
