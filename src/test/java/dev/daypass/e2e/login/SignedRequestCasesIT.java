package dev.daypass.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import dev.daypass.CaAnswer;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.provider.OidcProvider;
import dev.daypass.login.SignedRequest;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** CASES 72 and 73: requests signed by a key that somebody logged in. */
final class SignedRequestCasesIT {
  private static final Parts PARTS = new Parts();
  private static final String PATH = "/v1/certificates";
  private static final Map<String, String> FIELDS = Map.of("role", LoginScene.ROLE);

  private static LoginScene scene;
  private static Terminal terminal;

  @BeforeAll
  static void start() throws Exception {
    OidcProvider provider = PARTS.started(OidcProvider.start());
    scene = PARTS.started(LoginScene.lasting(provider));
    terminal = Terminal.of(scene.ca());
    assertThat(terminal.start().status()).isEqualTo(201);
    try (BrowserContext browser = scene.chromium().context()) {
      LoginTrip trip = scene.trip(browser).signIn(terminal.url(), "alice").allow();
      String proof = trip.page().locator("input[name=proof]").inputValue();
      assertThat(terminal.bind(Optional.of(proof)).status()).isEqualTo(200);
    }
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @Test
  void certifiesTheKeyThatSignsAndNoOther() throws Exception {
    String own = terminal.key().publicKey().line();
    assertThat(asking(own).status()).isEqualTo(201);
    String other = OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey().line();
    CaAnswer refused = asking(other);
    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("key_mismatch");
    scene.ca().checkInvariants();
  }

  @Test
  void aSignatureCountsForItsOwnRequestAlone() throws Exception {
    String origin = scene.ca().client().origin();
    SignedRequest good = Terminal.form("POST", PATH, FIELDS);
    String header = terminal.authorization(good, Terminal.REQUEST_NAMESPACE, origin);
    refused(Terminal.form("GET", "/v1/roles", Map.of()), header);
    refused(Terminal.form("POST", "/v1/logins", FIELDS), header);
    refused(Terminal.form("POST", PATH, Map.of("role", "on-call")), header);
    refused(new SignedRequest("POST", PATH, "application/json", good.body()), header);
    SignedRequest roles = Terminal.form("GET", "/v1/why?host=db-1", Map.of());
    refused(
        Terminal.form("GET", "/v1/why?host=db-2", Map.of()),
        terminal.authorization(roles, Terminal.REQUEST_NAMESPACE, origin));
    for (String elsewhere :
        new String[] {"https://ca.example.com", origin + "/", "http://127.0.0.1"}) {
      refused(good, terminal.authorization(good, Terminal.REQUEST_NAMESPACE, elsewhere));
    }
    for (String namespace :
        new String[] {"host-request@daypass.dev", "login@daypass.dev", "file"}) {
      refused(good, terminal.authorization(good, namespace, origin));
    }
    assertThat(terminal.send(good, Map.of("Authorization", header)).status()).isEqualTo(201);
    // The second time.
    refused(good, header);
    scene.ca().checkInvariants();
  }

  @Test
  void whatWasSignedBeforeARestartCountsNoMore() throws Exception {
    SignedRequest request = Terminal.form("GET", "/v1/roles", Map.of());
    String header =
        terminal.authorization(request, Terminal.REQUEST_NAMESPACE, scene.ca().client().origin());
    scene.ca().restart();
    CaAnswer answer = terminal.send(request, Map.of("Authorization", header));
    assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("restarted");
    // The login outlives it.
    assertThat(terminal.request("GET", "/v1/roles", Map.of()).status()).isEqualTo(200);
  }

  private static CaAnswer asking(String publicKey) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>(FIELDS);
    fields.put("public_key", publicKey);
    return terminal.request("POST", PATH, fields);
  }

  private static void refused(SignedRequest request, String header) throws Exception {
    CaAnswer answer = terminal.send(request, Map.of("Authorization", header));
    assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    assertThat(answer.certificate()).isEmpty();
  }
}
