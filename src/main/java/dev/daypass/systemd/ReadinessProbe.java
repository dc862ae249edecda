package dev.daypass.systemd;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Asks {@code /readyz} as anybody would: an answer, whatever it says, takes the listener, its
 * threads and everything that the answer is made of.
 */
public final class ReadinessProbe implements HealthCheck {
  private static final int MAX_ANSWER_BYTES = 64 * 1024;
  private static final int READY = 200;
  private static final int NOT_READY = 503;

  private final URI address;
  private final Duration patience;

  /**
   * @param listener of plain HTTP; one on all addresses is asked on loopback
   */
  public ReadinessProbe(InetSocketAddress listener, Duration patience) {
    InetAddress host =
        listener.getAddress().isAnyLocalAddress()
            ? InetAddress.getLoopbackAddress()
            : listener.getAddress();
    String literal = host.getHostAddress();
    String authority = literal.contains(":") ? "[" + literal + "]" : literal;
    this.address = URI.create("http://" + authority + ":" + listener.getPort() + "/readyz");
    this.patience = patience;
  }

  @Override
  public String state() throws IOException {
    HttpURLConnection asking = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
    try {
      asking.setConnectTimeout(Math.toIntExact(patience.toMillis()));
      asking.setReadTimeout(Math.toIntExact(patience.toMillis()));
      asking.setUseCaches(false);
      asking.setInstanceFollowRedirects(false);
      asking.setRequestProperty("Accept", "text/plain");
      int status = asking.getResponseCode();
      if (status != READY && status != NOT_READY) {
        throw new IOException("/readyz answers " + status);
      }
      try (InputStream body = status == READY ? asking.getInputStream() : asking.getErrorStream()) {
        String answer = new String(body.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
        return status == READY ? "ready" : "not ready: " + wrong(answer);
      }
    } finally {
      asking.disconnect();
    }
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
