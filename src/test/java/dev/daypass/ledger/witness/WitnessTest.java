package dev.daypass.ledger.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.custody.WitnessFolder;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.store.StoredHashes;
import dev.daypass.ledger.witness.WitnessAnswer.Why;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.NoteSignature;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TreeProver;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.witness.AddCheckpoint;
import dev.daypass.tlog.witness.TimedSignature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

final class WitnessTest {
  private static final Instant NOW = Instant.parse("2026-11-21T01:13:00Z");
  private static final String SIGSUM =
      "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562";
  private static final byte[] SIGSUM_KEY =
      HexFormat.of().parseHex("ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f");

  @TempDir private Path folder;
  private final Map<String, SignedNote> remembered = new HashMap<>();
  private boolean failing;

  /** What another implementation's own test sends to it, and the answers that it wants. */
  @Test
  void answersAsAWitnessThatOthersWrote() throws Exception {
    Witness witness = witness(List.of(NoteKey.ofEd25519(SIGSUM, SIGSUM_KEY)), inMemory());
    for (JsonNode step : transcript()) {
      String request = step.get("request").asString();
      WitnessAnswer answer = witness.add(Bytes.ofUtf8(request));
      assertThat(status(answer)).as(request).isEqualTo(expected(step));
      switch (answer) {
        case WitnessAnswer.Cosigned(String lines) -> {
          String text = request.substring(request.indexOf("\n\n") + 2);
          String note = text.substring(0, text.indexOf("\n\n") + 1);
          SignedNote cosigned = new SignedNote(note, TimedSignature.parse(note, lines));
          assertThat(witness.key().verifies(cosigned)).isTrue();
        }
        case WitnessAnswer.Conflict(TreeSize latest) ->
            assertThat(step.get("body").asString()).isEqualTo("== \"" + latest + "\\n\"");
        case WitnessAnswer.Refused _ -> {}
      }
    }
    assertThat(Checkpoint.parse(remember(SIGSUM).text()).size()).isEqualTo(new TreeSize(5));
  }

  @Test
  void cosignsNothingThatItCannotRemember() throws Exception {
    try (TestLedger log = TestLedger.over(new InMemoryLedgerStore())) {
      Witness witness = witness(List.of(key(log)), inMemory());
      failing = true;
      assertThat(witness.add(request(log, 0))).isEqualTo(refused(Why.UNAVAILABLE));
      failing = false;
      assertThat(witness.add(request(log, 0))).isInstanceOf(WitnessAnswer.Cosigned.class);
    }
  }

  @Test
  void remembersOverARestart() throws Exception {
    try (TestLedger log = TestLedger.over(new InMemoryLedgerStore())) {
      Path memory = folder.resolve("memory");
      assertThat(witness(List.of(key(log)), WitnessFolder.open(memory)).add(request(log, 0)))
          .isInstanceOf(WitnessAnswer.Cosigned.class);
      Witness restarted = witness(List.of(key(log)), WitnessFolder.open(memory));
      assertThat(restarted.add(request(log, 0)))
          .isEqualTo(new WitnessAnswer.Conflict(new TreeSize(1)));
      String hash = Bytes.ofUtf8(TestLedger.ORIGIN).sha256().hex();
      SignedNote latest = restarted.latest(hash).orElseThrow();
      assertThat(latest.signatures()).as("the ledger's and ours").hasSize(2);
      assertThat(key(log).verifies(latest)).isTrue();
      assertThat(restarted.latest("00")).isEmpty();
    }
  }

  @Test
  void aMemoryThatIsDamagedIsNoFreshStart() throws Exception {
    try (TestLedger log = TestLedger.over(new InMemoryLedgerStore())) {
      Path memory = folder.resolve("memory");
      Witness witness = witness(List.of(key(log)), WitnessFolder.open(memory));
      assertThat(witness.add(request(log, 0))).isInstanceOf(WitnessAnswer.Cosigned.class);
      Files.writeString(memory.resolve(Bytes.ofUtf8(TestLedger.ORIGIN).sha256().hex()), "");
      assertThat(witness.add(request(log, 0))).isEqualTo(refused(Why.UNAVAILABLE));
    }
  }

  /** Section add-checkpoint, the race at its end: one wins, and nothing is rolled back. */
  @Test
  void ofManyRequestsAtOnceOneIsCosigned() throws Exception {
    try (TestLedger log = TestLedger.over(new InMemoryLedgerStore())) {
      List<Bytes> requests = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        log.append(TestLedger.started());
        requests.add(request(log, 0));
      }
      Witness witness = witness(List.of(key(log)), inMemory());
      List<CompletableFuture<WitnessAnswer>> answers =
          requests.stream()
              .map(request -> CompletableFuture.supplyAsync(() -> witness.add(request)))
              .toList();
      List<WitnessAnswer> cosigned =
          answers.stream()
              .map(CompletableFuture::join)
              .filter(WitnessAnswer.Cosigned.class::isInstance)
              .toList();
      assertThat(cosigned).hasSize(1);
    }
  }

  @Test
  void neverCosignsASecondHistory() throws Exception {
    try (TestLedger log = TestLedger.over(new InMemoryLedgerStore())) {
      log.appendTogether(IntStream.range(0, 5).mapToObj(_ -> TestLedger.started()).toList());
      Witness witness = witness(List.of(key(log)), inMemory());
      assertThat(witness.add(request(log, 0))).isInstanceOf(WitnessAnswer.Cosigned.class);
      // The same key signs another tree of the same size.
      Checkpoint now = log.ledger().checkpoint().checkpoint();
      Checkpoint other = new Checkpoint(now.origin(), now.size(), Hash.leaf(new byte[] {1}));
      byte[] raw = log.ledgerSigner().sign(Bytes.ofUtf8(other.text())).blob().toArray();
      SignedNote forged = new SignedNote(other.text(), List.of(NoteSignature.of(key(log), raw)));
      String body = new AddCheckpoint(now.size(), List.of(), forged).encode();
      assertThat(witness.add(Bytes.ofUtf8(body))).isEqualTo(refused(Why.INCONSISTENT));
    }
  }

  private static int expected(JsonNode step) {
    // The one signature that is forged there is not canonical base64 either, which Go overlooks.
    if (step.get("request").asString().contains("6gx=")) {
      return 400;
    }
    // The document has said 404 since, where that implementation answers 403.
    return step.get("body").asString().contains("unknown log") ? 404 : step.get("status").asInt();
  }

  private static int status(WitnessAnswer answer) {
    return switch (answer) {
      case WitnessAnswer.Cosigned _ -> 200;
      case WitnessAnswer.Conflict _ -> 409;
      case WitnessAnswer.Refused(Why why) ->
          switch (why) {
            case MALFORMED -> 400;
            case NOT_SIGNED -> 403;
            case UNKNOWN_LOG -> 404;
            case INCONSISTENT -> 422;
            case UNAVAILABLE -> 503;
          };
    };
  }

  private static List<JsonNode> transcript() throws IOException {
    ObjectMapper json = new ObjectMapper();
    try (InputStream in =
        Objects.requireNonNull(
            WitnessTest.class.getResourceAsStream(
                "/dev/daypass/tlog/litewitness_add_checkpoint.jsonl"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(json::readTree)
          .toList();
    }
  }

  private static Bytes request(TestLedger log, long old) throws Exception {
    var newest = log.ledger().checkpoint();
    var proof =
        new TreeProver(new StoredHashes(log.store()))
            .consistency(new TreeSize(old), newest.checkpoint().size());
    return Bytes.ofUtf8(
        new AddCheckpoint(new TreeSize(old), proof.hashes(), newest.note()).encode());
  }

  private static NoteKey key(TestLedger log) {
    return NoteKey.ofEd25519(TestLedger.ORIGIN, log.ledgerKey().point().toArray());
  }

  private static WitnessAnswer refused(Why why) {
    return new WitnessAnswer.Refused(why);
  }

  private static Witness witness(List<NoteKey> logs, WitnessMemory memory) {
    return new Witness(
        "witness.example/w1",
        OpenSshPrivateKey.generate(SshKeyType.ED25519),
        logs,
        memory,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private SignedNote remember(String origin) {
    return Objects.requireNonNull(remembered.get(origin));
  }

  private WitnessMemory inMemory() {
    return new WitnessMemory() {
      @Override
      public Optional<SignedNote> latest(String origin) {
        return Optional.ofNullable(remembered.get(origin));
      }

      @Override
      public void remember(String origin, SignedNote cosigned) throws IOException {
        if (failing) {
          throw new IOException("injected");
        }
        remembered.put(origin, cosigned);
      }
    };
  }
}
