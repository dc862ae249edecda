package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.TestCa;
import dev.daypass.TestHost;
import dev.daypass.cli.CommandLineRun.Outcome;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code daypassd hosts} through the socket of a running daemon. */
final class HostsIT {
  private static final String NAME = "db-9.prod.example.com";

  @TempDir private Path folder;
  private final TestCa ca = TestCa.start();
  private final TestHost host = TestHost.of(ca);

  @AfterEach
  void stop() {
    ca.checkInvariants();
    ca.close();
  }

  @Test
  void aTokenIsShownOnceAndLetsItsServerIn() throws Exception {
    Outcome made =
        run("hosts", "token", NAME, "--label", "env=prod", "--label", "tier=db", "--for", "30m");
    assertThat(made.exit()).as(made.err()).isEqualTo(ExitCode.DONE);
    List<String> lines = made.out().lines().toList();
    assertThat(lines.getFirst())
        .isEqualTo("made: a token with which db-9.prod.example.com joins, once");
    assertThat(made.out()).contains("daypass-host join " + ca.client().origin(), "  until  ");
    assertThat(lines.getLast()).startsWith("dpj1.");
    assertThat(host.join(lines.getLast()).status()).isEqualTo(200);
    assertThat(run("hosts", "list").out())
        .contains(
            "db-9.prod.example.com\n",
            "labels  env=prod tier=db",
            host.key().fingerprint().toString())
        .doesNotContain("dpj1");
    assertThat(run("hosts", "token", NAME).err())
        .contains("A server has joined as db-9.prod.example.com already.");
  }

  @Test
  void aServerThatAsksIsApprovedByItsFingerprint() throws Exception {
    assertThat(run("hosts", "list").out()).contains("No server has joined, and none asks to.");
    host.post("/v1/hosts", "name=" + NAME + "&mode=proof");
    String key = host.key().fingerprint().toString();
    assertThat(run("hosts", "list").out())
        .contains(NAME + "  asks to join", "from   127.0.0.1", "hosts approve " + key);
    Outcome approved = run("hosts", "approve", key, "--name", NAME, "--label", "tier=db");
    assertThat(approved.exit()).as(approved.err()).isEqualTo(ExitCode.DONE);
    assertThat(approved.out()).startsWith("done: db-9.prod.example.com has joined\n  entry  ");
    CaAnswer joined = host.post("/v1/hosts", "name=" + NAME + "&mode=proof");
    assertThat(joined.status()).isEqualTo(200);
    assertThat(joined.line("mode")).isEqualTo("proof");
    assertThat(run("hosts", "approve", key, "--name", "other").err()).contains("No server asks");
  }

  @Test
  void aRelabelledServerThatWaitsHasItsNewMapAtOnce() throws Exception {
    join();
    CaAnswer before = host.get("/v1/hosts/me/principals");
    assertThat(before.line("account")).startsWith("db-debug ");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<CaAnswer> waiting =
          CompletableFuture.supplyAsync(() -> waitAfter(before.line("version")), threads);
      Outcome relabelled =
          run("hosts", "relabel", NAME, "--label", "tier=web", "--reason", "it moved");
      assertThat(relabelled.exit()).as(relabelled.err()).isEqualTo(ExitCode.DONE);
      CaAnswer after = waiting.join();
      assertThat(after.line("label")).isEqualTo("tier=web");
      assertThat(after.line("account")).isEmpty();
      assertThat(Long.parseLong(after.line("version")))
          .isGreaterThan(Long.parseLong(before.line("version")));
    }
  }

  @Test
  void aRemovedServerGetsNothingMore() throws Exception {
    join();
    Outcome removed = run("hosts", "remove", NAME, "--reason", "scrapped");
    assertThat(removed.exit()).as(removed.err()).isEqualTo(ExitCode.DONE);
    assertThat(removed.out()).contains("has left", "daypass-host leave");
    assertThat(host.get("/v1/hosts/me/principals").code()).isEqualTo("host_not_joined");
    assertThat(host.post("/v1/hosts/me/certificate", "").code()).isEqualTo("host_not_joined");
    assertThat(run("hosts", "remove", NAME, "--reason", "again").err())
        .contains("No server has joined as db-9.prod.example.com.", "hosts list");
  }

  @Test
  void whatARemovedServerHoldsIsRevokedAndItMayJoinAgain() throws Exception {
    join();
    CaAnswer second = host.post("/v1/hosts/me/certificate", "");
    assertThat(ca.client().get("/v1/known-hosts", Map.of()).body()).contains(NAME);
    run("hosts", "remove", NAME, "--reason", "scrapped");
    assertThat(ca.client().get("/v1/known-hosts", Map.of()).body()).doesNotContain(NAME);
    List<JsonObject> revoked = ca.details(EntryKind.REVOCATION_ADDED);
    assertThat(revoked).hasSize(2);
    assertThat(revoked.getLast().text("serial"))
        .contains(second.certificate().orElseThrow().content().serial().toString());
    assertThat(revoked.getLast().text("why")).contains("server " + NAME + " was removed");
    join();
    assertThat(host.post("/v1/hosts/me/certificate", "").status()).isEqualTo(200);
    ca.restart();
    assertThat(ca.details(EntryKind.REVOCATION_ADDED)).as("of those who joined none").hasSize(2);
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    assertThat(run("hosts", "token", "DB-9").err()).contains("no DNS name in lower case");
    assertThat(run("hosts", "token", NAME, "--label", "env").err()).contains("env=prod");
    assertThat(run("hosts", "token", NAME, "--for", "8d").err()).contains("7 days at most");
    assertThat(run("hosts", "approve", "x", "--name", NAME).err()).contains("no fingerprint");
    assertThat(run("hosts", "remove", NAME).exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run("hosts", "--help").out()).contains("relabel", "approve", "token");
  }

  private void join() throws Exception {
    String token =
        run("hosts", "token", NAME, "--label", "env=prod", "--label", "tier=db")
            .out()
            .lines()
            .reduce("", (_, last) -> last);
    assertThat(host.join(token).status()).isEqualTo(200);
  }

  private CaAnswer waitAfter(String version) {
    try {
      return host.get("/v1/hosts/me/principals?wait=30&after=" + version);
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
