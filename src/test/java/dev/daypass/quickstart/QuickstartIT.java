package dev.daypass.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of the README, as it stands there. */
class QuickstartIT {
  private static final Path DAYPASSD = Path.of("target/daypass/bin/daypassd").toAbsolutePath();

  @Test
  void tellsTheWholeStory() throws Exception {
    String story = run(List.of("quickstart", "--once"));

    assertThat(story)
        .contains("logged in by certificate")
        .contains("Key ID: \"alice@example.com role=prod-db-debug\"")
        .contains("\"reason\" : \"slow query\"")
        .contains("ok SSH signature")
        .doesNotContain("\n   no ");
  }

  @Test
  void goesOnWithAKeptState(@TempDir Path folder) throws Exception {
    Path state = folder.resolve("state");
    String first = run(List.of("quickstart", "--once", "--state", state.toString()));
    assertThat(Files.exists(state.resolve("ledger.db"))).isTrue();

    Process process = start(List.of("quickstart", "--state", state.toString()));
    try (BufferedReader told = process.inputReader(StandardCharsets.UTF_8)) {
      String second = until(told, "console");
      assertThat(entry(second)).isGreaterThan(entry(first));
      URI console = URI.create(second.strip().substring(second.strip().lastIndexOf(' ') + 1));
      assertThat(console.getPath()).isEqualTo("/console/");
      assertThat(signedIn(console).body()).contains("alice", "prod-db-debug", "slow query");
    } finally {
      process.destroy();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  /** Signs in at the console as a browser does: a button, the provider, and back. */
  private static HttpResponse<String> signedIn(URI here) throws Exception {
    String origin = "http://" + here.getAuthority();
    try (HttpClient browser = HttpClient.newHttpClient()) {
      HttpResponse<String> going =
          browser.send(
              form(URI.create(origin + "/console/sign-in"), "provider=dev&next=")
                  .header("Origin", origin)
                  .build(),
              ofText());
      assertThat(going.statusCode()).as(going.body()).isEqualTo(200);
      String to = going.headers().firstValue("Refresh").orElseThrow().substring("0; url=".length());
      HttpResponse<String> vouched =
          browser.send(HttpRequest.newBuilder(URI.create(to)).build(), ofText());
      HttpResponse<String> back = browser.send(with(going, location(vouched)), ofText());
      assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
      return browser.send(with(back, here), ofText());
    }
  }

  private static HttpResponse.BodyHandler<String> ofText() {
    return HttpResponse.BodyHandlers.ofString();
  }

  private static URI location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return URI.create(answer.headers().firstValue("Location").orElseThrow());
  }

  /** With the cookies that the answer before set. */
  private static HttpRequest with(HttpResponse<String> before, URI uri) {
    String cookies =
        before.headers().allValues("Set-Cookie").stream()
            .map(cookie -> cookie.split(";", 2)[0])
            .collect(Collectors.joining("; "));
    return HttpRequest.newBuilder(uri).header("Cookie", cookies).build();
  }

  private static HttpRequest.Builder form(URI uri, String body) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  /** What it tells up to a line that begins so. */
  private static String until(BufferedReader told, String label) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = told.readLine(); line != null; line = told.readLine()) {
      all.append(line).append('\n');
      if (line.strip().startsWith(label)) {
        return all.toString();
      }
    }
    throw new AssertionError("it ended: " + all);
  }

  private static long entry(String story) {
    return story
        .lines()
        .filter(line -> line.contains("  entry    "))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static Process start(List<String> arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(DAYPASSD.toString());
    builder.command().addAll(arguments);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    return process;
  }

  private static String run(List<String> arguments) throws Exception {
    Process process = start(arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
