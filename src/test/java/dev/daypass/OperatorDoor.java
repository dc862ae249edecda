package dev.daypass;

import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.tlog.EntryNumber;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operator's socket of a running daemon, asked without a command line. */
public final class OperatorDoor {
  private OperatorDoor() {}

  /** Asks one command; the lines of its answer. */
  public static List<String> ask(TestCa ca, String... words) throws IOException {
    String line =
        Stream.of(words)
            .map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8))
            .collect(Collectors.joining(" ", "", "\n"));
    Path socket = ca.files().state().resolve("operator.sock");
    try (SocketChannel door = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        BufferedReader in = new BufferedReader(Channels.newReader(door, StandardCharsets.UTF_8))) {
      door.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
      return in.readAllLines();
    }
  }

  /** Asks what revokes something, and answers the list that says so, once it is published. */
  public static byte[] listAfter(TestCa ca, String... words)
      throws IOException, InterruptedException, LedgerUnavailable {
    String done = ask(ca, words).getFirst();
    if (!done.startsWith("done ")) {
      throw new AssertionError(done);
    }
    // A list that knows an entry has a version above its number: the ledger's size when made.
    EntrySearch newest =
        EntrySearch.of(Optional.of(EntryKind.REVOCATION_ADDED), SearchKeys.NONE, 1);
    EntryNumber revocation = ca.daemon().ledger().search(newest).getFirst();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(ca.client().origin() + "/v1/krl?wait=50&after=" + revocation))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> list = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (list.statusCode() != 200) {
        throw new AssertionError("no list: " + list.statusCode());
      }
      return list.body();
    }
  }
}
