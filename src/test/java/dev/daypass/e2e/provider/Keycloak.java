package dev.daypass.e2e.provider;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.daypass.e2e.Loopback;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real Keycloak on loopback with the realm of {@code src/test/resources/keycloak}, its database a
 * file that lasts as long as this process. The build unpacks it; what it needs to know at build
 * time is compiled into it once and kept for the next run. Tests in other processes have their own.
 */
public final class Keycloak {
  static final String ADMIN = "admin";
  static final String ADMIN_PASSWORD = "admin-password-of-the-tests-only";

  private static final Path UNPACKED = Path.of("target/keycloak").toAbsolutePath();
  private static final Path DATABASES = Path.of("target/keycloak-databases").toAbsolutePath();
  private static final String REALM = "daypass-realm.json";
  private static final List<String> BUILD_OPTIONS =
      List.of("--db=dev-file", "--health-enabled=false", "--metrics-enabled=false");
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static Optional<Keycloak> shared = Optional.empty(); // guarded by the class

  private final Path home;
  private final Path database;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private Optional<Process> process = Optional.empty(); // guarded by this

  private Keycloak(Path home, Path database, int port) {
    this.home = home;
    this.database = database;
    this.port = port;
  }

  /** The one of this process, running. It ends with the process. */
  public static synchronized Keycloak running() throws IOException {
    if (shared.isEmpty()) {
      Keycloak made = make();
      Runtime.getRuntime().addShutdownHook(new Thread(made::stop, "stop-keycloak"));
      shared = Optional.of(made);
    }
    shared.get().start();
    return shared.get();
  }

  /** Starts it if it does not run; what it knew at its stop it still knows. */
  public synchronized void start() throws IOException {
    if (process.isPresent()) {
      return;
    }
    process =
        Optional.of(
            kc(
                    home,
                    "start",
                    "--optimized",
                    "--import-realm",
                    "--cache=local",
                    "--db-url=" + url(),
                    "--http-enabled=true",
                    "--http-host=127.0.0.1",
                    "--http-port=" + port,
                    "--hostname-strict=false")
                .start());
    await(process.get());
  }

  /** Stops it; returns when nothing of it runs. */
  public synchronized void stop() {
    process.ifPresent(Keycloak::end);
    process = Optional.empty();
  }

  public String issuer() {
    return server() + "/realms/daypass";
  }

  /** The ID token of a person who logs in with name and password at this client. */
  public String idToken(String client, String person) throws IOException {
    return token("id_token", login(client, person));
  }

  /** The access token that comes with it. */
  public String accessToken(String client, String person) throws IOException {
    return token("access_token", login(client, person));
  }

  /** What the token endpoint answers to a login with name and password. */
  public Map<String, Object> login(String client, String person) throws IOException {
    String form =
        Map.of(
                "grant_type",
                "password",
                "client_id",
                client,
                "scope",
                "openid",
                "username",
                person,
                "password",
                person + "-password")
            .entrySet()
            .stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    String body = send(request).body();
    try {
      return JSONObjectUtils.parse(body);
    } catch (ParseException e) {
      throw new AssertionError("no JSON: " + body, e);
    }
  }

  String server() {
    return "http://127.0.0.1:" + port;
  }

  private String url() {
    return "jdbc:h2:file:"
        + database.resolve("keycloakdb")
        + ";NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE";
  }

  /** Its database is new: no test run sees what another one left. */
  private static Keycloak make() throws IOException {
    Path home = home();
    // Another process may be about to do the same.
    try (FileChannel channel =
            FileChannel.open(
                UNPACKED.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      build(home);
      Path realms = Files.createDirectories(home.resolve("data/import"));
      Path fresh = UNPACKED.resolve(REALM);
      Path source = Path.of("src/test/resources/keycloak", REALM);
      Files.copy(source, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.move(fresh, realms.resolve(REALM), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.createDirectories(DATABASES);
    return new Keycloak(home, Files.createTempDirectory(DATABASES, ""), Loopback.freePort());
  }

  private static void end(Process process) {
    List<ProcessHandle> parts =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    // The database is closed in order, so that a start finds it whole.
    parts.forEach(ProcessHandle::destroy);
    parts.forEach(part -> part.onExit().join());
  }

  private static String token(String kind, Map<String, Object> answer) {
    if (answer.get(kind) instanceof String token) {
      return token;
    }
    throw new AssertionError("no " + kind + ": " + answer);
  }

  private void await(Process starting) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (!starting.isAlive() || System.nanoTime() > deadline) {
        stop();
        throw new AssertionError("Keycloak did not start: see " + log());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private boolean answers() {
    URI discovery = URI.create(issuer() + "/.well-known/openid-configuration");
    try {
      return send(HttpRequest.newBuilder(discovery).timeout(PATIENCE).build()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Path home() throws IOException {
    if (Files.isDirectory(UNPACKED)) {
      try (Stream<Path> homes = Files.list(UNPACKED)) {
        return homes
            .filter(home -> Files.exists(home.resolve("bin/kc.sh")))
            .findFirst()
            .orElseThrow(Keycloak::missing);
      }
    }
    throw missing();
  }

  private static AssertionError missing() {
    return new AssertionError(
        "no Keycloak in " + UNPACKED + ": mvn pre-integration-test unpacks it");
  }

  /** Compiles the build options in, unless a run before this one did. */
  private static void build(Path home) throws IOException {
    Path stamp = home.resolve("daypass-build");
    if (Files.exists(stamp) && Files.readString(stamp).equals(buildState(home))) {
      return;
    }
    List<String> words = new ArrayList<>(List.of("build"));
    words.addAll(BUILD_OPTIONS);
    Process building = kc(home, words.toArray(String[]::new)).start();
    if (building.onExit().join().exitValue() != 0) {
      throw new AssertionError("kc.sh build failed: see " + log());
    }
    Files.writeString(stamp, buildState(home));
  }

  /** The options and the compiled application, which unpacking again replaces. */
  private static String buildState(Path home) throws IOException {
    Path application = home.resolve("lib/quarkus/quarkus-application.dat");
    return BUILD_OPTIONS + " " + Files.getLastModifiedTime(application);
  }

  private static ProcessBuilder kc(Path home, String... words) {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/kc.sh").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN_PASSWORD);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // Small, and quick to start: the second compiler tier costs more than it gives.
    builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx400m");
    builder
        .environment()
        .put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1 -XX:-UseG1GC -XX:+UseSerialGC");
    return builder;
  }

  private static Path log() {
    return UNPACKED.resolve("log");
  }
}
