package dev.daypass.bench;

import dev.daypass.login.RequestSignatures;
import dev.daypass.login.RequestSigner;
import dev.daypass.login.SignedRequest;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.signature.SigningException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One server of a fleet: it joins, fetches its map and the list of what is revoked, and waits for
 * both with one signed request at a time, as {@code daypass-host} does. Confined to the thread of
 * its fleet.
 */
final class SimulatedHost {
  private static final String MAP = "/v1/hosts/me/principals";

  /** What it is doing: the request that is on its way. */
  enum Step {
    JOIN,
    MAP,
    LIST,
    SIGNATURE,
    WAIT
  }

  private final String name;
  private final String token;
  private final String authority;
  private final RequestSigner signer;
  private final SmallConnection connection;
  private Step step = Step.JOIN;
  private long map;
  private long list;
  private long fetched;
  private long fetchedAt;
  private long sentAt;
  private int waits;

  /**
   * @param token to join with
   * @param authority of the daemon, {@code host:port}
   */
  SimulatedHost(
      String name,
      String token,
      String authority,
      RequestSigner signer,
      SmallConnection connection) {
    this.name = name;
    this.token = token;
    this.authority = authority;
    this.signer = signer;
    this.connection = connection;
  }

  Step step() {
    return step;
  }

  /** The version of the newest list that it has together with its signature. */
  long list() {
    return fetched;
  }

  /** By {@link System#nanoTime}, when it had that. */
  long fetchedAt() {
    return fetchedAt;
  }

  long map() {
    return map;
  }

  /** How many waits were answered. */
  int waits() {
    return waits;
  }

  void join() throws IOException, SigningException {
    send("POST", "/v1/hosts", "token=" + token, true);
  }

  /** Goes on with what it does; true when that was answered and the next is on its way. */
  boolean proceed() throws IOException, SigningException {
    if (!proceeded()) {
      return false;
    }
    if (connection.status() != 200) {
      throw new AssertionError(
          name + ", " + step + ": " + connection.status() + " " + connection.text());
    }
    answered();
    return true;
  }

  private boolean proceeded() throws IOException {
    try {
      return connection.proceed();
    } catch (IOException e) {
      double seconds = (System.nanoTime() - sentAt) / 1e9;
      throw new IOException(name + ", " + step + " for " + seconds + " s", e);
    }
  }

  private void answered() throws IOException, SigningException {
    switch (step) {
      case JOIN -> next(Step.MAP, MAP, true);
      case MAP -> {
        takeMap();
        next(Step.LIST, "/v1/krl", false);
      }
      case LIST -> {
        list = Long.parseLong(connection.header("etag").replace("\"", ""));
        next(Step.SIGNATURE, "/v1/krl.sig?version=" + list, false);
      }
      case SIGNATURE -> {
        fetched = list;
        fetchedAt = System.nanoTime();
        await();
      }
      case WAIT -> {
        waits++;
        takeMap();
        // It does not know for which of both it was woken: the list says so in a few bytes.
        next(Step.LIST, "/v1/krl", false);
      }
    }
  }

  private void await() throws IOException, SigningException {
    next(Step.WAIT, MAP + "?wait=50&after=" + map + "&krl=" + fetched, true);
  }

  private void takeMap() {
    String text = connection.text();
    int at = text.indexOf("\nversion ") + "\nversion ".length();
    map = Long.parseLong(text.substring(at, text.indexOf('\n', at)));
  }

  private void next(Step following, String target, boolean signed)
      throws IOException, SigningException {
    step = following;
    send("GET", target, "", signed);
  }

  private void send(String method, String target, String form, boolean signed)
      throws IOException, SigningException {
    String type = form.isEmpty() ? "" : "application/x-www-form-urlencoded";
    StringBuilder head = new StringBuilder(method).append(' ').append(target);
    head.append(" HTTP/1.1\r\nHost: ").append(authority).append("\r\nAccept: text/plain\r\n");
    if (signed) {
      SignedRequest request = new SignedRequest(method, target, type, Bytes.ofUtf8(form));
      head.append("Authorization: ")
          .append(signer.header(request, RequestSignatures.HOST_NAMESPACE, Instant.now()))
          .append("\r\n");
    }
    if (!form.isEmpty()) {
      head.append("Content-Type: ").append(type).append("\r\n");
      head.append("Content-Length: ").append(form.length()).append("\r\n");
    }
    head.append("\r\n").append(form);
    sentAt = System.nanoTime();
    connection.send(head.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
