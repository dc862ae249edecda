package dev.daypass.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.daypass.CaAnswer;
import dev.daypass.OperatorDoor;
import dev.daypass.TestCa;
import dev.daypass.TestHost;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A certificate authority with an afternoon of entries, and who looks at them. */
final class ConsoleScene implements AutoCloseable {
  static final String SERVER = "db-1.prod.example.com";
  static final String HOSTILE = "<img src=x onerror=document.title='hacked'>";

  private static final String POLICY =
      """
      duties:
        auditor: { allow: [{ when: '"audit" in identity.groups' }] }
      roles:
        prod-db-debug:
          description: A shell on production databases
          accounts: [db-debug]
          hosts: { env: prod, tier: db }
          ttl: { default: 30m, max: 4h }
          extensions: [permit-pty]
          allow: [{ when: '"dba" in identity.groups' }]
        prod-web:
          description: Deploys on web servers
          accounts: [deploy]
          hosts: { env: prod, tier: web }
          ttl: { default: 10m, max: 1h }
          reason: required
          allow: [{ when: '"web" in identity.groups' }]
          deny: [{ when: 'request.reason == "because"', because: That is no reason. }]
        prod-root:
          description: Root everywhere, for nobody today
          accounts: [root]
          hosts: { env: prod }
          ttl: { default: 5m, max: 10m }
          reason: required
          allow: [{ when: '"sre" in identity.groups' }]
      """;

  private final TestCa ca;
  private String serial = "";

  private ConsoleScene(TestCa ca) {
    this.ca = ca;
  }

  /** One whose ledger has only what each start writes. */
  static ConsoleScene empty() {
    String identity = LoginPortIT.IDENTITY.replace("groups-claim", "bearer: true\n  groups-claim");
    return new ConsoleScene(
        TestCa.with().identity(identity + "  audience: daypass\n").policy(POLICY).start());
  }

  /** One in which something happened. */
  static ConsoleScene lived() throws Exception {
    ConsoleScene scene = empty();
    scene.live();
    return scene;
  }

  TestCa ca() {
    return ca;
  }

  /** The certificate with which somebody was on the server. */
  String serial() {
    return serial;
  }

  String url(String path) {
    return ca.client().origin() + path;
  }

  /** Signs somebody in at the console, by the provider's own redirect, in a browser of theirs. */
  Page signedIn(BrowserContext browser, String person, String... groups) {
    ca.idp().signIn().person(person + "@example.com", groups);
    Page page = browser.newPage();
    var _ = page.navigate(url("/console/"));
    page.locator("button[name=provider]").click();
    page.waitForURL(url("/console/"));
    return page;
  }

  /** Logs a terminal in, as its owner. */
  Terminal loggedIn(String person, String hostname, String... groups) throws Exception {
    Terminal terminal = Terminal.of(ca);
    Map<String, String> start = Map.of("mode", "loopback", "port", "1024", "hostname", hostname);
    assertThat(terminal.start(start).status()).isEqualTo(201);
    Tab tab = new Tab(ca);
    String proof = tab.allow(terminal, tab.consentPage(terminal, person));
    assertThat(terminal.bind(Optional.of(proof)).status()).isEqualTo(200);
    return terminal;
  }

  private void live() throws Exception {
    TestHost host = TestHost.joined(ca, SERVER, "env=prod", "tier=db");
    var _ = TestHost.joined(ca, "web-1.prod.example.com", "env=prod", "tier=web");
    Terminal laptop = loggedIn("alice", "alices-laptop", "dba");
    CaAnswer used = laptop.request("POST", "/v1/certificates", certificate("INC-42 slow query"));
    assertThat(used.status()).as(used.body()).isEqualTo(201);
    serial = used.text("serial");
    report(host, "opened", "0123456789abcdef", serial, Instant.now());
    report(host, "closed", "0123456789abcdef", serial, Instant.now().plusSeconds(600));
    for (String reason : new String[] {"INC-43", "INC-44 disk full on replica", HOSTILE}) {
      asked("bob", "prod-db-debug", reason, "dba");
      asked("carol", "prod-web", reason + " release 4.2.0", "web");
    }
    asked("carol", "prod-web", "because", "web");
    asked("dave", "prod-db-debug", "let me in", "web");
    asked("dave", "prod-root", "please", "web");
    report(host, "opened", "fedcba9876543210", "4711", Instant.now());
    var _ = OperatorDoor.ask(ca, "revoke", "serial", serial, "INC-42 is closed");
  }

  private static Map<String, String> certificate(String reason) {
    return Map.of("role", "prod-db-debug", "reason", reason);
  }

  private void asked(String person, String role, String reason, String group) throws IOException {
    var _ =
        ca.client()
            .certificate(
                OpenSshPrivateKey.generate(SshKeyType.ED25519),
                ca.idp().token(person + "@example.com", group))
            .role(role)
            .member("reason", reason)
            .send();
  }

  private static void report(TestHost host, String event, String session, String serial, Instant at)
      throws IOException {
    String when = at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
    CaAnswer answer =
        host.post(
            "/v1/sessions",
            "event=%s&session=%s&serial=%s&at=%s&account=db-debug&key_id=%s"
                .formatted(
                    event,
                    session,
                    serial,
                    URLEncoder.encode(when, StandardCharsets.UTF_8),
                    URLEncoder.encode(
                        "alice@example.com role=prod-db-debug", StandardCharsets.UTF_8)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  @Override
  public void close() {
    ca.close();
  }
}
