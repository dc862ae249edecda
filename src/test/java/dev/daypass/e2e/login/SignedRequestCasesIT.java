package dev.daypass.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import dev.daypass.CaAnswer;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.provider.OidcProvider;
import dev.daypass.login.SignedRequest;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.ssh.signature.SshSigHash;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** CASES 41, 72 and 73: requests signed by a key that somebody logged in. */
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

  /** CASES 41. */
  @Test
  void whatTheBoundKeyDidNotSignIsRefused() throws Exception {
    String origin = scene.ca().client().origin();
    SignedRequest good = Terminal.form("POST", PATH, FIELDS);
    CaAnswer unsigned = terminal.send(good, Map.of());
    assertThat(unsigned.status()).as(unsigned.body()).isEqualTo(401);
    assertThat(unsigned.code()).isEqualTo("authentication_required");
    // Another's signature under the bound key, and the other way round.
    String own = terminal.authorization(good, Terminal.REQUEST_NAMESPACE, origin);
    String other = Terminal.of(scene.ca()).authorization(good, Terminal.REQUEST_NAMESPACE, origin);
    invalid(good, spliced(own, other));
    invalid(good, spliced(other, own));
    invalid(good, own.replace(",n=", ",n=A"));
    invalid(good, own.substring(0, own.length() - 8));
    invalid(good, own + "AAAA");
    invalid(good, own.replace("v=1", "v=2"));
    invalid(good, weak(good, origin));
    // A key that signs well and that nobody bound.
    CaAnswer stranger = terminal.send(good, Map.of("Authorization", other));
    assertThat(stranger.status()).isEqualTo(401);
    assertThat(stranger.code()).isEqualTo("login_required");
    scene.ca().checkInvariants();
  }

  /** All of the one header, but with the other's signature below its own key. */
  private static String spliced(String header, String other) throws Exception {
    SshSig own = SshSig.decode(blob(header));
    SshSig theirs = SshSig.decode(blob(other));
    SshSig both = new SshSig(own.publicKey(), own.namespace(), own.hash(), theirs.signature());
    return header.replaceFirst("s=.*", "s=" + both.encode().base64());
  }

  private static Bytes blob(String header) {
    return Bytes.of(Base64.getDecoder().decode(header.substring(header.indexOf(",s=") + 3)));
  }

  /** Right in all but SSHSIG's weaker hash (DESIGN section 4: sha512). */
  private static String weak(SignedRequest request, String origin) throws Exception {
    long time = Instant.now().getEpochSecond();
    String nonce = Bytes.of(new byte[16]).base64Url();
    Bytes text =
        Bytes.ofUtf8(
            "daypass-request-v1\nPOST\n%s\n%s\n%s\n%d\n%s\n%s\n"
                .formatted(
                    origin,
                    PATH,
                    request.contentType(),
                    time,
                    nonce,
                    request.body().sha256().hex()));
    Bytes signedData =
        new WireWriter()
            .raw(Bytes.ofUtf8("SSHSIG"))
            .text(Terminal.REQUEST_NAMESPACE)
            .string(Bytes.EMPTY)
            .text("sha256")
            .string(text.sha256())
            .toBytes();
    SshSig signature =
        new SshSig(
            terminal.key().publicKey(),
            Terminal.REQUEST_NAMESPACE,
            SshSigHash.SHA256,
            terminal.key().sign(signedData));
    return "SSHSIG v=1,t=%d,n=%s,s=%s".formatted(time, nonce, signature.encode().base64());
  }

  private static void invalid(SignedRequest request, String header) throws Exception {
    CaAnswer answer = terminal.send(request, Map.of("Authorization", header));
    assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    assertThat(answer.code()).as(answer.body()).isEqualTo("signature_invalid");
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
