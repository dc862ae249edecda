package dev.daypass.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.browser.Chromium;
import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The providers do what the tests of logging in take for granted: a code for a browser's login,
 * refresh tokens that rotate, groups as they are at the refresh, and an end for who is disabled.
 */
final class LoginProviderIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Parts PARTS = new Parts();
  private static final String VERIFIER = "a-verifier-of-more-than-forty-three-characters-0123";
  private static final BlockingQueue<String> CALLBACKS = new LinkedBlockingQueue<>();

  private static Chromium chromium;
  private static HttpServer client;
  private static KeycloakRealm keycloak;
  private static OidcProvider second;

  @BeforeAll
  static void start() throws IOException {
    chromium = PARTS.started(Chromium.start());
    second = PARTS.started(OidcProvider.start());
    keycloak = new KeycloakRealm(Keycloak.running());
    client = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    client.createContext(
        "/callback",
        exchange -> {
          CALLBACKS.add(exchange.getRequestURI().getRawQuery());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    client.start();
    PARTS.started(() -> client.stop(0));
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  static List<LoginProvider> providers() {
    return List.of(keycloak, second);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void tellsWhoItIsAndForHowLong(LoginProvider provider) throws Exception {
    provider.redirectsTo(callback());
    JsonNode first =
        token(
            provider,
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code(provider),
                "redirect_uri",
                callback().toString(),
                "code_verifier",
                VERIFIER));
    assertThat(claims(first).get("email").asString()).isEqualTo("alice@example.com");
    assertThat(groups(first)).containsExactly("dba");
    try {
      provider.groups("alice", List.of("web"));
      JsonNode moved = refresh(provider, first);
      assertThat(groups(moved)).containsExactly("web");
      assertThat(moved.get("refresh_token")).isNotEqualTo(first.get("refresh_token"));
      provider.enabled("alice", false);
      assertThat(refresh(provider, moved).get("error").asString()).isEqualTo("invalid_grant");
    } finally {
      provider.enabled("alice", true);
      provider.groups("alice", List.of("dba"));
    }
  }

  private static URI callback() {
    return URI.create("http://127.0.0.1:" + client.getAddress().getPort() + "/callback");
  }

  private static String code(LoginProvider provider) throws Exception {
    Map<String, String> parameters =
        Map.of(
            "response_type", "code",
            "client_id", provider.clientId(),
            "redirect_uri", callback().toString(),
            "scope", "openid email profile",
            "state", "s",
            "nonce", "n",
            "code_challenge", Bytes.ofUtf8(VERIFIER).sha256().base64Url(),
            "code_challenge_method", "S256");
    try (BrowserContext browser = chromium.context()) {
      Page page = browser.newPage();
      String endpoint = discovery(provider).get("authorization_endpoint").asString();
      var _ = page.navigate(endpoint + "?" + form(parameters));
      provider.signIn(page, "alice");
      page.waitForURL(url -> url.startsWith(callback().toString()));
    }
    Map<String, String> answer = new HashMap<>();
    for (String field : CALLBACKS.take().split("&", -1)) {
      String[] parts = field.split("=", 2);
      answer.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    // RFC 9207.
    assertThat(answer).containsEntry("state", "s").containsEntry("iss", provider.issuer());
    return Objects.requireNonNull(answer.get("code"));
  }

  private static JsonNode refresh(LoginProvider provider, JsonNode tokens) throws Exception {
    String token = tokens.get("refresh_token").asString();
    return token(provider, Map.of("grant_type", "refresh_token", "refresh_token", token));
  }

  private static JsonNode token(LoginProvider provider, Map<String, String> parameters)
      throws Exception {
    String secret = provider.clientId() + ":" + provider.clientSecret();
    String basic = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    URI endpoint = URI.create(discovery(provider).get("token_endpoint").asString());
    return send(
        HttpRequest.newBuilder(endpoint)
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(parameters)))
            .build());
  }

  private static JsonNode discovery(LoginProvider provider) throws Exception {
    URI document = URI.create(provider.issuer() + "/.well-known/openid-configuration");
    return send(HttpRequest.newBuilder(document).build());
  }

  private static JsonNode send(HttpRequest request) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static JsonNode claims(JsonNode tokens) {
    String payload = tokens.get("id_token").asString().split("\\.", -1)[1];
    return JSON.readTree(Base64.getUrlDecoder().decode(payload));
  }

  private static List<String> groups(JsonNode tokens) {
    return claims(tokens).get("groups").valueStream().map(JsonNode::asString).toList();
  }
}
