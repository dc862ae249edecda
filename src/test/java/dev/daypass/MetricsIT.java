package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a daemon tells Prometheus, by Prometheus's own rules, and what is made of it. */
final class MetricsIT {
  private static final Path RULES = Path.of("config/prometheus-rules.yaml");
  private static final Path DASHBOARD = Path.of("config/grafana-dashboard.json");
  private static final Pattern NAME =
      Pattern.compile("\\b(?:daypass|jvm|process)_[a-z0-9_]*[a-z0-9]\\b");

  /** What is there only once something happened, or is configured. */
  private static final Set<String> RARE =
      Set.of(
          "daypass_alarms_behind",
          "daypass_events_behind",
          "daypass_ledger_copy_failing",
          "daypass_events_failing",
          "daypass_alarms_failing",
          "daypass_idp_call_seconds_count",
          "daypass_host_certificate_end_timestamp_seconds",
          "daypass_http_refused_total",
          "jvm_gc_pause_seconds_sum");

  private static TestCa ca;
  private static String scraped;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    ca = TestCa.start();
    SshSigner key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    String alice = ca.idp().token("alice@example.com", "dba");
    assertThat(ca.client().certificate(key, alice).send().status()).isEqualTo(201);
    String bob = ca.idp().token("bob@example.com");
    assertThat(ca.client().certificate(key, bob).send().status()).isEqualTo(403);
    assertThat(ca.client().certificate(key, bob).role("typed-by-bob").send().status())
        .isGreaterThanOrEqualTo(400);
    Waiting.until("a revocation list", () -> scrape().contains("daypass_krl_timestamp_seconds "));
    scraped = scrape();
  }

  @AfterAll
  static void stop() {
    ca.close();
  }

  @Test
  void tellsWhatBecameOfEachRequest() {
    assertThat(scraped)
        .contains("requests_total{outcome=\"issued\",role=\"prod-db-debug\"} 1.0")
        .contains("requests_total{outcome=\"refused\",role=\"prod-db-debug\"} 1.0")
        .contains("requests_total{outcome=\"refused\",role=\"\"} 1.0")
        .contains("refusals_total{code=\"no_rule_matched\"} 1.0")
        .contains("stage_seconds_count{stage=\"sign\"} 1")
        .contains("stage_seconds_count{stage=\"issue\"} 3")
        .contains("written_total{kind=\"certificate.granted\"} 1.0")
        .contains("written_total{kind=\"session.alarm\"} 0.0")
        .containsPattern(
            "daypass_key_stage_timestamp_seconds\\{key=\"SHA256:[^\"]*\",stage=\"active\"")
        .contains("daypass_ledger_stopped{cause=\"signer\"} 0.0")
        .contains("daypass_ledger_entries " + ca.daemon().ledger().size().value() + ".0");
  }

  @Test
  void namesNobody() {
    assertThat(scraped).doesNotContain("alice", "bob", "example.com", "127.0.0.1");
  }

  @Test
  void prometheusFindsNothingWrongWithTheNames() throws Exception {
    Path file = Files.writeString(folder.resolve("scraped"), scraped);
    Command.Result lint =
        Command.of("sh", "-c", "promtool check metrics < \"$1\"", "sh", file.toString()).run();
    assertThat(lint.exit()).as(lint.toString()).isZero();
  }

  @Test
  void promtoolTakesTheAlertRulesAndTheyFire() throws Exception {
    assertThat(Command.of("promtool", "check", "rules", RULES.toString()).output())
        .contains("SUCCESS");
    String cases = "src/test/resources/dev/daypass/metrics/alerts.yaml";
    assertThat(Command.of("promtool", "test", "rules", cases).output()).contains("SUCCESS");
  }

  @Test
  void rulesAndDashboardAskForWhatIsThere() throws Exception {
    Set<String> known = names(scraped);
    known.addAll(RARE);
    assertThat(known).containsAll(names(Files.readString(RULES)));
    assertThat(known).containsAll(names(Files.readString(DASHBOARD)));
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    Matcher found = NAME.matcher(text);
    while (found.find()) {
      names.add(found.group());
    }
    return names;
  }

  private static String scrape() throws Exception {
    int port = ca.files().config().listen().metrics().socketAddress().getPort();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
