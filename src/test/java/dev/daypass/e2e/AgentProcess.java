package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaFiles;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshPublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** OpenSSH's agent in the foreground, with the keys that it was given, also after a restart. */
public final class AgentProcess implements AutoCloseable {
  private final Path home;
  private final List<String> keys = new ArrayList<>();
  private Process process;

  private AgentProcess(Path home) throws IOException {
    this.home = home;
    this.process = run();
  }

  public static AgentProcess start() throws IOException {
    return new AgentProcess(Files.createTempDirectory("dp-ag"));
  }

  public Path socket() {
    return home.resolve("s");
  }

  public void add(Path key) throws IOException {
    keys.add(Files.readString(key));
    Files.delete(key);
    give(keys.getLast());
  }

  /** CA keys of that type, the ledger key Ed25519, all in the agent; no file stays. */
  public CaFiles.Keys keys(Path in, String type, String bits) throws IOException {
    StringBuilder yaml = new StringBuilder();
    Map<KeyUse, SshPublicKey> present = new EnumMap<>(KeyUse.class);
    for (KeyUse use : List.of(KeyUse.USER_CA, KeyUse.HOST_CA, KeyUse.LEDGER)) {
      Path key = in.resolve(use.keyName());
      boolean chosen = use != KeyUse.LEDGER;
      Command make =
          Command.of("ssh-keygen", "-q", "-t", chosen ? type : "ed25519", "-N", "")
              .and("-f", key.toString());
      var _ = (chosen && !type.equals("ed25519") ? make.and("-b", bits) : make).output();
      add(key);
      present.put(use, CaKeyFilesIT.half(key));
      yaml.append(use.keyName())
          .append(": { agent: %s, public-key: %s.pub }%n".formatted(socket(), key));
    }
    return new CaFiles.Keys(yaml.toString(), present);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void startAgain() throws IOException {
    Files.deleteIfExists(socket());
    process = run();
    for (String key : keys) {
      give(key);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    Files.deleteIfExists(socket());
    Files.delete(home);
  }

  private Process run() throws IOException {
    return new ProcessBuilder(Command.program("ssh-agent"), "-D", "-a", socket().toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Through a pipe, as no file holds it. */
  private void give(String key) throws IOException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!Files.exists(socket())) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
    ProcessBuilder add =
        new ProcessBuilder(Command.program("ssh-add"), "-q", "-").redirectErrorStream(true);
    add.environment().put("SSH_AUTH_SOCK", socket().toString());
    Process adding = add.start();
    try (var in = adding.getOutputStream()) {
      in.write(key.getBytes(StandardCharsets.US_ASCII));
    }
    String said = new String(adding.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(adding.onExit().join().exitValue()).as(said).isZero();
  }
}
