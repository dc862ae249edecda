package dev.daypass.e2e.provider;

import com.microsoft.playwright.Page;
import dev.daypass.e2e.browser.Node;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * npm's {@code oidc-provider} on loopback, as {@code src/test/node/provider.mjs} sets it up: claims
 * and rotating refresh tokens as its own code makes them. It ends with its standard input.
 */
public final class OidcProvider implements LoginProvider, AutoCloseable {
  private static final Path FOLDER = Path.of("target/node").toAbsolutePath();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;
  private final String issuer;

  private OidcProvider(Process process) throws IOException {
    this.process = process;
    this.commands = process.outputWriter();
    this.answers = process.inputReader();
    this.issuer = line();
  }

  public static OidcProvider start() throws IOException {
    if (!Files.exists(FOLDER.resolve("installed"))) {
      throw new AssertionError(
          "no packages in " + FOLDER + ": src/build/node-modules installs them");
    }
    return new OidcProvider(
        new ProcessBuilder(Node.program(), "provider.mjs")
            .directory(FOLDER.toFile())
            .redirectError(FOLDER.resolve("log").toFile())
            .start());
  }

  @Override
  public String preset() {
    return "generic";
  }

  @Override
  public String issuer() {
    return issuer;
  }

  @Override
  public String clientId() {
    return "daypass";
  }

  @Override
  public String clientSecret() {
    return "daypass-secret-of-the-tests-only";
  }

  @Override
  public void redirectsTo(URI callback) throws IOException {
    command(Map.of("redirect", callback.toString()));
  }

  /** Two pages: who it is, then what the client may know. */
  @Override
  public void signIn(Page page, String person) {
    page.locator("input[name=login]").fill(person);
    page.locator("input[name=password]").fill("any");
    page.locator("button[type=submit]").click();
    page.locator("button[type=submit]").click();
  }

  @Override
  public void enabled(String person, boolean enabled) throws IOException {
    command(Map.of("person", person, "enabled", enabled));
  }

  @Override
  public void groups(String person, List<String> groups) throws IOException {
    command(Map.of("person", person, "groups", groups));
  }

  @Override
  public void close() throws IOException {
    commands.close();
    process.onExit().join();
  }

  private void command(Map<String, Object> command) throws IOException {
    commands.write(JSON.writeValueAsString(command));
    commands.newLine();
    commands.flush();
    String answer = line();
    if (!answer.equals("ok")) {
      throw new AssertionError(command + ": " + answer);
    }
  }

  private String line() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new AssertionError("it ended: see " + FOLDER.resolve("log"));
    }
    return line;
  }
}
