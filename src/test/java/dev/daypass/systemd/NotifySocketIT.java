package dev.daypass.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes to a socket as systemd has it, heard by a program that is not ours. */
final class NotifySocketIT {
  @TempDir Path folder;

  private record Listener(Process process, BufferedReader heard) implements AutoCloseable {
    static Listener at(String name) throws IOException {
      Process process =
          new ProcessBuilder("perl", "src/test/perl/notify-listener.pl", name)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      Listener listener = new Listener(process, process.inputReader(StandardCharsets.UTF_8));
      assertThat(listener.hears()).isEqualTo("ready");
      return listener;
    }

    String hears() throws IOException {
      return heard.readLine();
    }

    @Override
    public void close() {
      process.destroy();
      process.onExit().join();
    }
  }

  @Test
  void sendsToAPath() throws Exception {
    String name = folder.resolve("notify").toString();
    try (Listener listener = Listener.at(name)) {
      socket(name).send("READY=1");
      socket(name).send("WATCHDOG=1\nSTATUS=ready – it is");
      assertThat(listener.hears()).isEqualTo("READY=1");
      assertThat(listener.hears()).isEqualTo("WATCHDOG=1|STATUS=ready – it is");
    }
  }

  @Test
  void sendsToAnAbstractAddress() throws Exception {
    String name = "@daypass-test-" + UUID.randomUUID();
    try (Listener listener = Listener.at(name)) {
      socket(name).send("STOPPING=1");
      assertThat(listener.hears()).isEqualTo("STOPPING=1");
    }
  }

  @Test
  void theLongestPathThatThereIs() throws Exception {
    String start = folder + "/";
    String name = start + "n".repeat(UnixDatagram.MAX_ADDRESS_BYTES - start.length());
    try (Listener listener = Listener.at(name)) {
      socket(name).send("READY=1");
      assertThat(listener.hears()).isEqualTo("READY=1");
    }
    assertThat(NotifySocket.of(Map.of("NOTIFY_SOCKET", name + "n"))).isEmpty();
  }

  @Test
  void nobodyListensAndNothingHappens() throws Exception {
    String name = folder.resolve("none").toString();
    socket(name).send("READY=1");
    assertThatThrownBy(
            () -> UnixDatagram.send(name.getBytes(StandardCharsets.UTF_8), new byte[] {65}))
        .isInstanceOf(IOException.class)
        .hasMessage("sendto failed with errno 2"); // ENOENT
  }

  @Test
  void withoutSystemdThereIsNoSocket() {
    assertThat(NotifySocket.of(Map.of())).isEmpty();
    assertThat(NotifySocket.of(Map.of("NOTIFY_SOCKET", ""))).isEmpty();
    assertThat(NotifySocket.of(Map.of("NOTIFY_SOCKET", "vsock:2:1234"))).isEmpty();
  }

  private static Notifications socket(String name) {
    Optional<Notifications> socket = NotifySocket.of(Map.of("NOTIFY_SOCKET", name));
    return socket.orElseThrow();
  }
}
