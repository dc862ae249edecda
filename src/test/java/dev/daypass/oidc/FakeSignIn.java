package dev.daypass.oidc;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sign-in half of {@link FakeIdp}: authorization, token and userinfo endpoints of a provider
 * that checks what RFC 6749 and RFC 7636 tell it to. Whoever comes to its authorization endpoint is
 * signed in at once as {@link #person}; what it answers can be scripted, once for each request.
 */
public final class FakeSignIn {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long TOKEN_SECONDS = 300;

  /** An answer that is given instead of the right one. */
  public record Scripted(int status, String type, String body) {
    /** An error as RFC 6749 section 5.2 has it. */
    public static Scripted error(int status, String error) {
      return json(
          status, "{\"error\":\"" + error + "\",\"error_description\":\"do not repeat me\"}");
    }

    public static Scripted json(int status, String body) {
      return new Scripted(status, "application/json", body);
    }
  }

  /** A request to the token endpoint, as it came. */
  public record TokenRequest(Optional<String> authorization, Map<String, String> form) {}

  private record Grant(
      Map<String, String> request, Map<String, Object> person, long authenticatedAt) {
    String asked(String name) {
      return request.getOrDefault(name, "");
    }
  }

  private final FakeIdp idp;
  private final Queue<Scripted> scripts = new ConcurrentLinkedQueue<>();
  private final List<TokenRequest> requests = new CopyOnWriteArrayList<>();
  private final List<TokenRequest> revocations = new CopyOnWriteArrayList<>();
  private final Map<String, Grant> codes = new ConcurrentHashMap<>();
  private final Map<String, Grant> refreshTokens = new ConcurrentHashMap<>();
  private final Map<String, Grant> accessTokens = new ConcurrentHashMap<>();
  private final Map<String, Grant> spent = new ConcurrentHashMap<>();
  private volatile InstantSource clock = InstantSource.system();
  private volatile String clientId = "daypass";
  private volatile Optional<String> secret = Optional.empty();
  private volatile Map<String, Object> person = Map.of("sub", "nobody");
  private volatile Map<String, Object> inIdToken = Map.of();
  private volatile Optional<String> denial = Optional.empty();
  private volatile Optional<Scripted> always = Optional.empty();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile Runnable onTokenRequest = () -> {};
  private volatile boolean thinTokens;
  private volatile boolean idTokenOnRefresh = true;
  private volatile boolean rotating = true;
  private volatile boolean namingIssuer = true;

  FakeSignIn(FakeIdp idp) {
    this.idp = idp;
  }

  /** The claims of who sits at the browser, and of whom refreshes speak from now on. */
  public void person(Map<String, Object> claims) {
    person = Map.copyOf(claims);
  }

  /** A person with a verified address, in these groups. */
  public void person(String email, String... groups) {
    person(
        Map.of(
            "sub",
            "subject-of-" + email,
            "email",
            email,
            "email_verified",
            true,
            "preferred_username",
            email,
            "groups",
            List.of(groups)));
  }

  /** Claims that stand in ID tokens whatever would be right; {@code null} is not possible. */
  public void inIdToken(Map<String, Object> claims) {
    inIdToken = Map.copyOf(claims);
  }

  /** The client that it knows; with a secret it must be shown. */
  public void client(String id, Optional<String> clientSecret) {
    clientId = id;
    secret = clientSecret;
  }

  public void clock(InstantSource source) {
    clock = source;
  }

  /** From now on the authorization endpoint sends everybody back with this error. */
  public void deny(String error) {
    denial = Optional.of(error);
  }

  /** From now on ID tokens hold the subject alone, and userinfo the rest. */
  public void answerThinTokens() {
    thinTokens = true;
  }

  /** From now on a refresh answers no ID token (OpenID Connect Core section 12.2). */
  public void answerNoIdTokenOnRefresh() {
    idTokenOnRefresh = false;
  }

  /** From now on refresh tokens stay the same. */
  public void keepRefreshTokens() {
    rotating = false;
  }

  /** From now on callbacks lack the {@code iss} of RFC 9207, as those of most providers. */
  public void hideIssuer() {
    namingIssuer = false;
  }

  /** The next requests to the token endpoint get these answers, whatever they are. */
  public void script(Scripted... answers) {
    scripts.addAll(List.of(answers));
  }

  /**
   * From now on every request to the token endpoint gets this answer; none stands for the right.
   */
  public void answerAlways(Optional<Scripted> answer) {
    always = answer;
  }

  /** From now on no token request is answered before the returned latch is counted down. */
  public CountDownLatch gate() {
    gate = new CountDownLatch(1);
    return gate;
  }

  /** Runs before the token endpoint answers. */
  public void onTokenRequest(Runnable action) {
    onTokenRequest = action;
  }

  /** Ends every session: refresh tokens are worth nothing from now on. */
  public void endSessions() {
    refreshTokens.clear();
  }

  /** The requests to the token endpoint so far. */
  public List<TokenRequest> tokenRequests() {
    return List.copyOf(requests);
  }

  /** The requests to the revocation endpoint so far. */
  public List<TokenRequest> revocations() {
    return List.copyOf(revocations);
  }

  /**
   * Goes to the provider as a browser does, and says with which parameters it sends back.
   *
   * @throws AssertionError if it does not send back at all
   */
  public Map<String, List<String>> visit(URI target) {
    try (HttpClient browser = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          browser.send(HttpRequest.newBuilder(target).build(), BodyHandlers.ofString());
      URI back =
          URI.create(
              answer
                  .headers()
                  .firstValue("Location")
                  .orElseThrow(() -> new AssertionError("not sent back: " + answer.body())));
      Map<String, List<String>> parameters = new LinkedHashMap<>();
      parse(back.getRawQuery())
          .forEach((name, value) -> parameters.put(name, new ArrayList<>(List.of(value))));
      return parameters;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> request = parse(exchange.getRequestURI().getRawQuery());
    if (!clientId.equals(request.get("client_id"))
        || !request.containsKey("redirect_uri")
        || !"code".equals(request.get("response_type"))
        || !"S256".equals(request.get("code_challenge_method"))
        || request.getOrDefault("code_challenge", "").length() != 43
        || !List.of(request.getOrDefault("scope", "").split(" ")).contains("openid")) {
      send(exchange, Scripted.json(400, "{\"error\":\"invalid_request\"}"));
      return;
    }
    Map<String, String> back = new LinkedHashMap<>();
    if (denial.isPresent()) {
      back.put("error", denial.get());
      back.put("error_description", "<script>do not repeat me</script>");
    } else {
      String code = "code-" + UUID.randomUUID();
      codes.put(code, new Grant(request, person, clock.instant().getEpochSecond()));
      back.put("code", code);
    }
    back.put("state", request.getOrDefault("state", ""));
    if (namingIssuer) {
      back.put("iss", idp.issuer());
    }
    String query =
        back.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .reduce((a, b) -> a + "&" + b)
            .orElseThrow();
    exchange.getResponseHeaders().set("Location", request.get("redirect_uri") + "?" + query);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  void token(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> form = parse(body);
    Optional<String> authorization =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    requests.add(new TokenRequest(authorization, form));
    onTokenRequest.run();
    FakeIdp.await(gate);
    Optional<Scripted> scripted = Optional.ofNullable(scripts.poll()).or(() -> always);
    if (scripted.isPresent()) {
      send(exchange, scripted.get());
    } else if (!isClient(authorization, form)) {
      send(exchange, Scripted.error(401, "invalid_client"));
    } else {
      send(
          exchange,
          switch (form.getOrDefault("grant_type", "")) {
            case "authorization_code" -> redeemCode(form);
            case "refresh_token" -> redeemRefreshToken(form);
            default -> Scripted.error(400, "unsupported_grant_type");
          });
    }
  }

  /** RFC 7009 sections 2.1 and 2.2: an unknown token is no error. */
  void revoke(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> form = parse(body);
    Optional<String> authorization =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    revocations.add(new TokenRequest(authorization, form));
    Scripted scripted = scripts.poll();
    if (scripted == null && isClient(authorization, form)) {
      refreshTokens.remove(form.getOrDefault("token", ""));
    }
    send(
        exchange,
        scripted != null
            ? scripted
            : isClient(authorization, form)
                ? Scripted.json(200, "")
                : Scripted.error(401, "invalid_client"));
  }

  void userinfo(HttpExchange exchange) throws IOException {
    String bearer =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    Grant grant = accessTokens.get(bearer.replaceFirst("^Bearer ", ""));
    send(
        exchange,
        grant == null
            ? Scripted.error(401, "invalid_token")
            : Scripted.json(200, JSON.writeValueAsString(grant.person())));
  }

  private boolean isClient(Optional<String> authorization, Map<String, String> form) {
    if (secret.isEmpty()) {
      return authorization.isEmpty() && clientId.equals(form.get("client_id"));
    }
    String basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (escaped(clientId) + ":" + escaped(secret.get()))
                        .getBytes(StandardCharsets.UTF_8));
    boolean post =
        clientId.equals(form.get("client_id"))
            && secret.get().equals(form.get("client_secret"))
            && authorization.isEmpty();
    return post || (authorization.equals(Optional.of(basic)) && !form.containsKey("client_secret"));
  }

  /** RFC 6749 section 4.1.3 and RFC 7636 section 4.6. */
  private Scripted redeemCode(Map<String, String> form) {
    Grant grant = codes.remove(form.getOrDefault("code", ""));
    if (grant == null
        || !grant.asked("redirect_uri").equals(form.get("redirect_uri"))
        || !grant
            .asked("code_challenge")
            .equals(challenge(form.getOrDefault("code_verifier", "")))) {
      return Scripted.error(400, "invalid_grant");
    }
    return tokens(grant, true, Optional.empty());
  }

  /** RFC 9700 section 4.14.2: a token that was rotated away ends its whole family. */
  private Scripted redeemRefreshToken(Map<String, String> form) {
    String token = form.getOrDefault("refresh_token", "");
    Grant grant = refreshTokens.get(token);
    if (grant == null) {
      Grant family = spent.get(token);
      if (family != null) {
        refreshTokens.values().removeIf(other -> other.request().equals(family.request()));
      }
      return Scripted.error(400, "invalid_grant");
    }
    Grant now = new Grant(grant.request(), person, grant.authenticatedAt());
    if (rotating) {
      refreshTokens.remove(token);
      spent.put(token, now);
      return tokens(now, idTokenOnRefresh, Optional.empty());
    }
    return tokens(now, idTokenOnRefresh, Optional.of(token));
  }

  private Scripted tokens(Grant grant, boolean withIdToken, Optional<String> keptRefreshToken) {
    Map<String, Object> answer = new LinkedHashMap<>();
    String access = "access-" + UUID.randomUUID();
    accessTokens.put(access, grant);
    answer.put("access_token", access);
    answer.put("token_type", "Bearer");
    answer.put("expires_in", TOKEN_SECONDS);
    if (withIdToken) {
      answer.put("id_token", idToken(grant));
    }
    if (keptRefreshToken.isEmpty()
        && List.of(grant.asked("scope").split(" ")).contains("offline_access")) {
      String refresh = "refresh-" + UUID.randomUUID();
      refreshTokens.put(refresh, grant);
      answer.put("refresh_token", refresh);
    }
    return Scripted.json(200, JSON.writeValueAsString(answer));
  }

  private String idToken(Grant grant) {
    long now = clock.instant().getEpochSecond();
    Map<String, Object> claims =
        new LinkedHashMap<>(thinTokens ? Map.of("sub", grant.person().get("sub")) : grant.person());
    claims.put("iss", idp.issuer());
    claims.put("aud", clientId);
    claims.put("iat", now);
    claims.put("exp", now + TOKEN_SECONDS);
    claims.put("auth_time", grant.authenticatedAt());
    if (grant.request().containsKey("nonce")) {
      claims.put("nonce", grant.request().get("nonce"));
    }
    claims.putAll(inIdToken);
    return idp.signer().token(JSON.writeValueAsString(claims));
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void send(HttpExchange exchange, Scripted answer) throws IOException {
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static Map<String, String> parse(String form) {
    Map<String, String> parameters = new LinkedHashMap<>();
    Queue<String> pairs = new ArrayDeque<>(List.of(form == null ? new String[0] : form.split("&")));
    pairs.forEach(pair -> {
      String[] parts = pair.split("=", 2);
      String value = URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8);
      if (parameters.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), value) != null) {
        throw new AssertionError("a parameter stands there twice: " + parts[0]);
      }
    });
    return parameters;
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
