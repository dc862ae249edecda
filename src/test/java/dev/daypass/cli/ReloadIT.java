package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.TestCa;
import dev.daypass.TestHost;
import dev.daypass.cli.CommandLineRun.Outcome;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy that changes while the daemon runs. */
final class ReloadIT {
  private static final String MAP = "/v1/hosts/me/principals";
  private static final String MORE =
      """
        web-admin:
          accounts: [web]
          hosts: { tier: db }
          ttl: { default: 5m, max: 1h }
          allow: [{ when: '"dba" in identity.groups' }]
      """;

  @TempDir private Path folder;
  private final TestCa ca = TestCa.start();
  private final Path policy = ca.files().config().policy();

  @AfterEach
  void stop() {
    ca.checkInvariants();
    ca.close();
  }

  @Test
  void grantsAndMapsFollowAtOnce() throws Exception {
    TestHost host = TestHost.joined(ca, "db-9.prod.example.com", "env=prod", "tier=db");
    CaAnswer map = host.get(MAP);
    assertThat(ask("web-admin")).isEqualTo(403);
    Files.writeString(policy, Files.readString(policy) + MORE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<CaAnswer> waiting =
          CompletableFuture.supplyAsync(
              () -> wait(host, MAP + "?wait=50&after=" + map.line("version")), threads);
      Outcome reloaded = run("reload");
      assertThat(reloaded.exit()).as(reloaded.err()).isEqualTo(ExitCode.DONE);
      // The daemon may have seen the change of the file by itself, a moment before.
      assertThat(reloaded.out()).startsWith("done: ");
      assertThat(waiting.join().body()).contains("\naccount web daypass:web-admin ");
    }
    assertThat(ask("web-admin")).isEqualTo(201);
    assertThat(ca.details(EntryKind.POLICY_LOADED).getLast().text("text").orElseThrow())
        .contains("web-admin");
    assertThat(run("reload").out()).isEqualTo("done: nothing has changed\n");
    ca.restart();
    assertThat(ask("web-admin")).isEqualTo(201);
  }

  @Test
  void aBadFileChangesNothing() throws Exception {
    String good = Files.readString(policy);
    Files.writeString(policy, good.replace("default: 5m", "default: soon") + MORE);
    Outcome refused = run("reload");
    assertThat(refused.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("1 problem", "not a duration");
    assertThat(ask(TestCa.ROLE)).isEqualTo(201);
    assertThat(ask("web-admin")).isEqualTo(403);
    assertThat(ca.details(EntryKind.POLICY_LOADED)).hasSize(1);
  }

  private int ask(String role) throws IOException {
    return ca.client()
        .certificate(
            OpenSshPrivateKey.generate(SshKeyType.ED25519),
            ca.idp().token("alice@example.com", "dba"))
        .member("role", role)
        .send()
        .status();
  }

  private static CaAnswer wait(TestHost host, String target) {
    try {
      return host.get(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome run(String... arguments) throws Exception {
    String[] all =
        Stream.concat(
                Stream.of("--config", ca.files().configFile().toString()), Stream.of(arguments))
            .toArray(String[]::new);
    return new CommandLineRun(Files.createTempDirectory(folder, "run")).runBare(all);
  }
}
