package dev.daypass.systemd;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Asks {@code /readyz} from within: an answer, whatever it says, takes the server's threads and
 * everything that the answer is made of. Not by the network: whoever uses up the listener's
 * connections must not have the daemon killed.
 */
public final class ReadinessProbe implements HealthCheck {
  private static final String QUESTION =
      String.join(
          "\r\n",
          "GET /readyz HTTP/1.1",
          "Host: localhost",
          "Accept: text/plain",
          "Connection: close",
          "",
          "");

  private static final String READY = "HTTP/1.1 200 ";
  private static final String NOT_READY = "HTTP/1.1 503 ";

  private final Server server;
  private final Duration patience;

  public ReadinessProbe(Server server, Duration patience) {
    this.server = server;
    this.patience = patience;
  }

  /** What answers HTTP in this process. */
  @FunctionalInterface
  public interface Server {
    /**
     * Answers a request, both as HTTP/1.1 has them.
     *
     * @throws IOException if there is no answer in time
     */
    String answer(String request, Duration patience) throws IOException;
  }

  @Override
  public String state() throws IOException {
    String answer = server.answer(QUESTION, patience);
    if (answer.startsWith(READY)) {
      return "ready";
    }
    if (answer.startsWith(NOT_READY)) {
      return "not ready: " + wrong(answer);
    }
    throw new IOException("/readyz answers " + answer.lines().findFirst().orElse("nothing"));
  }

  /** Of the lines {@code checks.PART: STATE} those that are not well. */
  private static String wrong(String answer) {
    List<String> lines =
        answer
            .lines()
            .filter(line -> line.startsWith("checks.") && !line.endsWith(": ok"))
            .map(line -> line.substring("checks.".length()))
            .toList();
    return lines.stream().collect(Collectors.joining(", "));
  }
}
