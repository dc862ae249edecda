package dev.daypass.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * An identity provider on loopback that publishes discovery and keys, signs persons in ({@link
 * #signIn}), and can be told to misbehave. What it does is set by the test's thread and read by the
 * server's.
 */
public final class FakeIdp implements AutoCloseable {

  /** How it answers when it is asked for its keys. */
  public enum Mood {
    WELL,
    STATUS_500,
    HTML,
    HTML_THAT_SAYS_JSON,
    TEN_MEGABYTES,
    DRIP,
    HANG,
    REDIRECT_TO_METADATA,
    REDIRECT_TO_ITSELF,
    NO_KEYS,
    CLOSE
  }

  private final String path;
  private final HttpServer server;
  private final FakeSignIn signIn = new FakeSignIn(this);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger keyRequests = new AtomicInteger();
  private final AtomicInteger discoveries = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile List<TestKey> keys;
  private volatile Optional<String> keySet = Optional.empty();
  private volatile Mood mood = Mood.WELL;
  private volatile Mood discoveryMood = Mood.WELL;
  private volatile String discovery;
  private volatile String contentType = "application/json";
  private volatile CountDownLatch gate = new CountDownLatch(0);

  public FakeIdp(TestKey... keys) {
    this("", keys);
  }

  /**
   * A provider whose issuer has a path.
   *
   * @param path such as {@code /realms/a}, or nothing
   */
  public FakeIdp(String path, TestKey... keys) {
    this.path = path;
    this.keys = List.of(keys);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    server.setExecutor(threads);
    server.createContext(path + "/.well-known/openid-configuration", this::answerDiscovery);
    server.createContext(path + "/keys", this::answerKeys);
    server.createContext(path + "/authorize", signIn::authorize);
    server.createContext(path + "/token", signIn::token);
    server.createContext(path + "/userinfo", signIn::userinfo);
    server.createContext(path + "/revoke", signIn::revoke);
    server.start();
    discovery =
        """
        {"issuer":"%1$s","jwks_uri":"%1$s/keys","authorization_endpoint":"%1$s/authorize",
        "token_endpoint":"%1$s/token","userinfo_endpoint":"%1$s/userinfo",
        "code_challenge_methods_supported":["S256"],"response_types_supported":["code"],
        "scopes_supported":["openid","profile","email","offline_access"],
        "grant_types_supported":["authorization_code","refresh_token"],
        "token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"]}
        """
            .formatted(issuer());
  }

  /** The token endpoint moves, and the discovery document with it. */
  public void moveTokenEndpoint(String to) {
    server.removeContext(path + "/token");
    server.createContext(path + to, signIn::token);
    discovery = discovery.replace(issuer() + "/token", issuer() + to);
  }

  /** The keys move, and the discovery document with them; what answers instead is JSON. */
  public void moveKeys(String to) {
    server.removeContext(path + "/keys");
    server.createContext(path + "/keys", exchange -> send(exchange, 200, contentType, "{}"));
    server.createContext(path + to, this::answerKeys);
    discovery = discovery.replace(issuer() + "/keys", issuer() + to);
  }

  /** From now on the discovery document names where tokens are given back. */
  public void offerRevocation() {
    discovery =
        discovery.replaceFirst("\\{", "{\"revocation_endpoint\":\"" + issuer() + "/revoke\",");
  }

  /** Its issuer, a loopback address with a port. */
  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Its authorization, token and userinfo endpoints. */
  public FakeSignIn signIn() {
    return signIn;
  }

  /** The key that signs its ID tokens: the first published one. */
  public TestKey signer() {
    return keys.getFirst();
  }

  /** The discovery document, as it is published. */
  public String discovery() {
    return discovery;
  }

  /** Replaces the published keys. */
  public void publish(TestKey... published) {
    keys = List.of(published);
  }

  /** Replaces the JWK set, as it is published. */
  public void keySet(String set) {
    keySet = Optional.of(set);
  }

  public void behave(Mood next) {
    mood = next;
  }

  public void behaveAtDiscovery(Mood next) {
    discoveryMood = next;
  }

  /** Replaces the discovery document. */
  public void discovery(String document) {
    discovery = document;
  }

  public void contentType(String type) {
    contentType = type;
  }

  /** From now on no key request is answered before the returned latch is counted down. */
  public CountDownLatch gate() {
    gate = new CountDownLatch(1);
    return gate;
  }

  /** How often its keys were asked for. */
  public int keyRequests() {
    return keyRequests.get();
  }

  /** How often its discovery document was asked for. */
  public int discoveries() {
    return discoveries.get();
  }

  @Override
  public void close() {
    closing.countDown();
    gate.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answerDiscovery(HttpExchange exchange) throws IOException {
    discoveries.incrementAndGet();
    answer(exchange, discoveryMood, discovery);
  }

  private void answerKeys(HttpExchange exchange) throws IOException {
    keyRequests.incrementAndGet();
    await(gate);
    answer(exchange, mood, keySet.orElseGet(this::ownKeys));
  }

  private String ownKeys() {
    return keys.stream()
        .map(TestKey::published)
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }

  private void answer(HttpExchange exchange, Mood how, String document) throws IOException {
    switch (how) {
      case WELL -> send(exchange, 200, contentType, document);
      case STATUS_500 -> send(exchange, 500, contentType, document);
      case HTML -> send(exchange, 200, "text/html", "<html>Service temporarily unavailable</html>");
      case HTML_THAT_SAYS_JSON -> send(exchange, 200, contentType, "<html>Sorry</html>");
      case TEN_MEGABYTES -> send(exchange, 200, contentType, document + " ".repeat(10 << 20));
      case NO_KEYS -> send(exchange, 200, contentType, "{\"keys\":[]}");
      case HANG -> await(closing);
      case DRIP -> drip(exchange);
      case REDIRECT_TO_METADATA -> redirect(exchange, "http://169.254.169.254/latest/meta-data/");
      case REDIRECT_TO_ITSELF -> redirect(exchange, issuer() + "/keys?again");
      case CLOSE -> exchange.close();
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static void redirect(HttpExchange exchange, String target) throws IOException {
    exchange.getResponseHeaders().set("Location", target);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  /** A byte every 20 ms, for as long as anybody reads. */
  private void drip(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(200, 0);
    byte[] space = new byte[1];
    Arrays.fill(space, (byte) ' ');
    try (OutputStream out = exchange.getResponseBody()) {
      while (!closing.await(20, TimeUnit.MILLISECONDS)) {
        out.write(space);
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
