package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.TestCa;
import dev.daypass.TestHost;
import dev.daypass.e2e.Command;
import dev.daypass.e2e.machine.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** One server, and what of a session ends with its certificate there. */
final class SessionReach implements AutoCloseable {
  private static final String ACCOUNT = "db-debug";

  private final TestCa ca =
      TestCa.with()
          .hosts("patterns: [\"*.prod.example.com\"]\n")
          .moreRoles(
              """
              forwarding:
                accounts: [db-debug]
                hosts: { env: prod }
                ttl: { default: 5m, max: 1h }
                extensions: [permit-pty, permit-port-forwarding]
                allow: [{ when: 'true' }]
              """)
          .start();
  private final TestServer server;
  private final int port;
  private final Holder longer;

  SessionReach(TestServer server) throws Exception {
    this.server = server;
    server.reach(ca.files().port());
    server.makeAccount(ACCOUNT);
    server.write("/etc/sudoers.d/test", ACCOUNT + " ALL=(ALL) NOPASSWD: ALL\n");
    server.output("chmod 440 /etc/sudoers.d/test");
    String token = TestHost.token(ca, "s-1.prod.example.com", "env=prod");
    Command.Result joined = server.host("join", "--token", token);
    assertThat(joined.exit()).as(joined.toString()).isZero();
    port = server.startSshd();
    longer = holder("10m");
  }

  /** A command in a session whose certificate ends a moment later, and what of it is left then. */
  void assertLeft(String command, String expected) throws Exception {
    Holder brief = holder("6s");
    Process session = login(brief, command + "; echo up; exec sleep 3651");
    assertThat(session.inputReader().readLine()).isEqualTo("up");
    assertThat(marks()).as(command).contains("365");
    assertThat(session.onExit().join().exitValue()).isEqualTo(255);
    assertEnded(brief);
    awaitMarks(expected);
  }

  /** A command whose session is closed at once: nothing of it outlives its certificate. */
  void assertNothingLeftAfterClosing(String command, String mark) throws Exception {
    Holder brief = holder("15s");
    Process session = login(brief, command + "; echo up");
    assertThat(session.inputReader().readLine()).isEqualTo("up");
    assertThat(session.onExit().join().exitValue()).isZero();
    // It goes on while the certificate is good.
    awaitMarks(mark + "\n");
    server.output(
        "while [ \"$(date +%s)\" -lt \"$1\" ]; do sleep 0.2; done",
        Long.toString(brief.certificate().content().window().validBefore().getEpochSecond()));
    awaitMarks("");
  }

  /** A second session inside the first one's connection, by another certificate's user. */
  void endsWhatRidesOnItsConnection(Path control) throws Exception {
    Holder brief = holder("8s");
    Command master = server.ssh(port, brief.key(), brief.file());
    Process first =
        start(
            master
                .and("-o", "ControlMaster=yes", "-o", "ControlPath=" + control)
                .and(ACCOUNT + "@127.0.0.1", "echo up; exec sleep 3652"));
    assertThat(first.inputReader().readLine()).isEqualTo("up");
    Command rider = server.ssh(port, longer.key(), longer.file());
    Process second =
        start(
            rider
                .and("-o", "ControlMaster=no", "-o", "ControlPath=" + control)
                .and(ACCOUNT + "@127.0.0.1", "echo up; exec sleep 3653"));
    assertThat(second.inputReader().readLine()).isEqualTo("up");
    assertThat(first.onExit().join().exitValue()).isEqualTo(255);
    assertThat(second.onExit().join().exitValue()).isEqualTo(255);
    awaitMarks("");
  }

  /** A connection that runs no command at all. */
  void endsForwardedPorts(int local) throws Exception {
    Holder brief = holder("8s");
    Command ssh = server.ssh(port, brief.key(), brief.file());
    Process forward =
        start(
            ssh.and("-N", "-o", "ExitOnForwardFailure=yes", "-L", local + ":127.0.0.1:" + port)
                .and(ACCOUNT + "@127.0.0.1"));
    String greeting =
        "use IO::Socket::INET; for (1 .. 100) { my $s ="
            + " IO::Socket::INET->new(\"127.0.0.1:$ARGV[0]\") or select(undef, undef, undef, 0.05),"
            + " next; print scalar <$s>; exit 0 } exit 1";
    assertThat(server.beside("perl", "-e", greeting, "" + local).run().out()).startsWith("SSH-2.0");
    assertThat(forward.onExit().join().exitValue()).isEqualTo(255);
    assertEnded(brief);
  }

  /** Ends what a test left on purpose. */
  void clear() throws IOException {
    server.run("pkill -f 'sleep 365[0-9]$'; true");
  }

  private static void assertEnded(Holder brief) {
    Instant end = brief.certificate().content().window().validBefore();
    assertThat(Instant.now()).isBetween(end.minusSeconds(1), end.plusSeconds(5));
  }

  /** The connection ends first, what it leaves behind a moment later. */
  private void awaitMarks(String expected) throws IOException {
    Instant deadline = Instant.now().plusSeconds(5);
    while (!marks().equals(expected) && Instant.now().isBefore(deadline)) {
      server.run("sleep 0.1");
    }
    assertThat(marks()).isEqualTo(expected);
  }

  private String marks() throws IOException {
    return server.run("pgrep -ax sleep | sed -n 's/.*sleep \\(365[0-9]\\)$/\\1/p' | sort -u").out();
  }

  private Process login(Holder holder, String command) throws IOException {
    return start(
        server.ssh(port, holder.key(), holder.file()).and(ACCOUNT + "@127.0.0.1", command));
  }

  private static Process start(Command command) throws IOException {
    return new ProcessBuilder(List.copyOf(command.words()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private Holder holder(String ttl) throws Exception {
    return Holder.granted(ca, server.folder(), "alice", "forwarding", ttl);
  }

  @Override
  public void close() throws IOException {
    server.close();
    ca.checkInvariants();
    ca.close();
  }
}
