package dev.daypass.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An OpenID provider on loopback that vouches for anybody who asks: a token mint, for trials only.
 */
final class DevelopmentProvider implements AutoCloseable {
  private static final Pattern ACCESS_TOKEN =
      Pattern.compile("\"access_token\"\\s*:\\s*\"([A-Za-z0-9._-]+)\"");
  private static final String FORM = "token-request";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process process;
  private final int port;
  private final Path form;

  private DevelopmentProvider(Process process, int port, Path form) {
    this.process = process;
    this.port = port;
    this.form = form;
  }

  /** Begins to start it; {@link #await} returns once it answers. */
  static DevelopmentProvider start(Path image, Path state, int port, String client)
      throws IOException, QuickstartFailed {
    Path libraries = image.resolveSibling("quickstart").resolve("lib");
    if (!Files.isDirectory(libraries)) {
      throw new QuickstartFailed(
          "The development identity provider is not part of an installed daypass.",
          "Run the quickstart from a build: mvn package -DskipTests && "
              + "target/daypass/bin/daypassd quickstart");
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                image.resolve("runtime/bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-cp",
                libraries + "/*",
                "no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt")
            .redirectErrorStream(true)
            .redirectOutput(state.resolve("identity-provider.log").toFile());
    builder.environment().put("SERVER_HOSTNAME", "127.0.0.1");
    builder.environment().put("SERVER_PORT", Integer.toString(port));
    builder
        .environment()
        .put("JSON_CONFIG", Templates.fill("identity-provider.json", Map.of("client", client)));
    // A file, so that the client stands on no command line, which everybody may read.
    Path form =
        Files.writeString(
            state.resolve(FORM),
            "grant_type=client_credentials&client_secret=x&scope=openid&client_id=" + client);
    return new DevelopmentProvider(builder.start(), port, form);
  }

  void await() throws QuickstartFailed, InterruptedException {
    Loopback.await(process, port, "The development identity provider", PATIENCE);
  }

  String issuer() {
    return "http://127.0.0.1:" + port + "/dev";
  }

  /** A fresh token of the one person whom the provider is configured to vouch for. */
  String token() throws IOException, InterruptedException, QuickstartFailed {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer() + "/token"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofFile(form))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      Matcher token = ACCESS_TOKEN.matcher(answer);
      if (!token.find()) {
        throw new QuickstartFailed(
            "The development identity provider gave no token.", "It answered: " + answer);
      }
      return token.group(1);
    }
  }

  /** The command that gets another token, for the newcomer. */
  List<String> tokenCommand() {
    return List.of("curl -s " + issuer() + "/token -d @" + FORM);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
