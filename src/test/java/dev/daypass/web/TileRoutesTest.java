package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.web.RawHttp.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each answer is checked against openapi.yaml on the way. */
@Timeout(120)
final class TileRoutesTest {
  private static final String BEARER = "Authorization: Bearer " + FakeBackend.TOKEN;

  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    server = RunningServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  // C2SP tlog-tiles, section Partial Tiles: what a tree of 70,000 entries consists of.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile/0/000",
        "tile/0/272",
        "tile/0/273.p/112",
        "tile/1/000",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
        "tile/entries/000",
        "tile/entries/273.p/112",
        "tile/entries/273.p/1"
      })
  void servesWhatTheTreeConsistsOf(String path) throws IOException {
    Answer answer = server.get("/ledger/" + path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(path);
    assertThat(answer.header("content-type")).isEqualTo("application/octet-stream");
    assertThat(answer.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile/0/273",
        "tile/0/273.p/113",
        "tile/0/273.p/0",
        "tile/0/273.p/256",
        "tile/0/x000/001",
        "tile/0/1",
        "tile/00/001",
        "tile/64/000",
        "tile/3/000.p/1",
        "tile/entries/x001/234/067.p/1",
        "tile/x001/x234/067"
      })
  void hasNoOtherTiles(String path) throws IOException {
    Answer answer = server.get("/ledger/" + path);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("tile_unknown");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
  }

  @Test
  void aCheckpointIsNotKept() throws IOException {
    Answer answer = server.get("/ledger/checkpoint");
    assertThat(answer.header("content-type")).isEqualTo("text/plain;charset=utf-8");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
  }

  @Test
  void aStoreThatCannotBeReadIsNotAMissingTile() throws IOException {
    server.backend.files.unreadable = true;
    assertThat(server.get("/ledger/tile/0/000").status()).isEqualTo(503);
  }

  @Test
  void auditorsAloneReadWhereItIsConfigured() throws IOException {
    FakeBackend backend = new FakeBackend();
    backend.openFiles = false;
    try (RunningServer closed = RunningServer.over(backend)) {
      for (String path : new String[] {"/ledger/checkpoint", "/ledger/tile/0/000"}) {
        assertThat(closed.get(path).status()).isEqualTo(401);
        backend.auditor = false;
        Answer refused = closed.get(path, BEARER);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("auditor_required");
        backend.auditor = true;
        assertThat(closed.get(path, BEARER).status()).isEqualTo(200);
      }
      assertThat(closed.get("/ledger/tile/0/000", BEARER).header("cache-control"))
          .startsWith("private");
    }
  }
}
