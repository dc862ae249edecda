package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cli.CommandLineRun.Outcome;
import dev.daypass.cli.outcome.ExitCode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command asks a daemon, which here is a socket that answers from a list. */
final class RevokeCommandTest {
  @TempDir private Path folder;

  /** A socket's path is short. */
  @TempDir private Path state;

  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private CommandLineRun line;

  @BeforeEach
  void open() throws Exception {
    line = new CommandLineRun(folder);
  }

  @Test
  void asksBeforeItRevokes() throws Exception {
    try (var _ = daemon("done 3 1", "done 3 1 40")) {
      Outcome outcome = line.typing("yes").run(words("--user", "alice@example.com"));
      assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
      assertThat(outcome.out())
          .isEqualTo(
              """
              user alice@example.com: revokes 3 certificates and ends 1 logins.
              done: user alice@example.com is revoked
                certificates  3
                logins ended  1
                entry         40
                → servers that wait have the new list in seconds: GET /v1/krl
              """);
    }
    assertThat(heard)
        .containsExactly(
            "foresee-revocation user alice%40example.com",
            "revoke user alice%40example.com he+left");
  }

  @Test
  void revokesNothingWithoutAYes() throws Exception {
    try (var _ = daemon("done 3 1")) {
      assertThat(line.typing("y").run(words("--serial", "17")).exit()).isEqualTo(ExitCode.REFUSED);
    }
    assertThat(heard).containsExactly("foresee-revocation serial 17");
  }

  @Test
  void asksNobodyWhereNobodyIs() throws Exception {
    try (var _ = daemon("done 3 1")) {
      Outcome outcome = line.run(words("--role", "web"));
      assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
      assertThat(outcome.err()).contains("revokes 3 certificates", "add --yes");
    }
    assertThat(heard).containsExactly("foresee-revocation role web");
  }

  @Test
  void sendsAWindowAsOne() throws Exception {
    try (var _ = daemon("done 0 0")) {
      line.run(words("--yes", "--from", "2026-11-21T08:00:00Z", "--to", "2026-11-21T09:00:00Z"));
    }
    assertThat(heard)
        .containsExactly(
            "revoke window 2026-11-21T08%3A00%3A00Z%2F2026-11-21T09%3A00%3A00Z he+left");
  }

  @Test
  void saysWhyTheDaemonRefuses() throws Exception {
    try (var _ = daemon("refused Nobody of that name is logged in.")) {
      Outcome outcome = line.run(words("--yes", "--user", "bob"));
      assertThat(outcome.exit()).isEqualTo(ExitCode.REFUSED);
      assertThat(outcome.err()).contains("Nobody of that name is logged in.");
    }
  }

  @Test
  void wantsExactlyOneThingAndAReason() {
    assertThat(line.run(words()).exit()).isEqualTo(ExitCode.USAGE);
    assertThat(line.run(words("--serial", "1", "--user", "bob")).exit()).isEqualTo(ExitCode.USAGE);
    assertThat(line.run("revoke", "--serial", "1").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(line.run("freeze").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(line.run("thaw").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(line.run("thaw", "--clock", "--reason", "both").exit()).isEqualTo(ExitCode.USAGE);
  }

  private String[] words(String... what) {
    List<String> all =
        new ArrayList<>(List.of("--state", state.toString(), "revoke", "--reason", "he left"));
    all.addAll(List.of(what));
    return all.toArray(String[]::new);
  }

  private ServerSocketChannel daemon(String... answers) throws Exception {
    Queue<String> left = new ArrayDeque<>(List.of(answers));
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    socket.bind(UnixDomainSocketAddress.of(state.resolve("operator.sock")));
    Thread.startVirtualThread(() -> {
      try {
        for (String answer = left.poll(); answer != null; answer = left.poll()) {
          try (SocketChannel caller = socket.accept()) {
            ByteBuffer bytes = ByteBuffer.allocate(4096);
            do {
              var _ = caller.read(bytes);
            } while (bytes.get(bytes.position() - 1) != '\n');
            heard.add(new String(bytes.array(), 0, bytes.position() - 1, StandardCharsets.UTF_8));
            caller.write(ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8)));
          }
        }
      } catch (IOException e) {
        heard.add(e.toString());
      }
    });
    return socket;
  }
}
