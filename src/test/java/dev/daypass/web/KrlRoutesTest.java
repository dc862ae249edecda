package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.revocation.publish.PublishedKrl;
import dev.daypass.ssh.Bytes;
import dev.daypass.web.RawHttp.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each answer is checked against openapi.yaml on the way. */
@Timeout(120)
final class KrlRoutesTest {
  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    server = RunningServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void servesTheNewestListAndItsSignature() throws IOException {
    put(7);
    put(9);
    Answer list = server.get("/v1/krl");
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.body()).isEqualTo("list 9");
    assertThat(list.header("etag")).isEqualTo("\"9\"");
    assertThat(list.header("cache-control")).isEqualTo("no-cache");
    assertThat(list.header("content-type")).isEqualTo("application/octet-stream");
    Answer signature = server.get("/v1/krl.sig");
    assertThat(signature.body()).isEqualTo(signature(9));
    assertThat(signature.header("etag")).isEqualTo("\"9\"");
  }

  @Test
  void aPairIsOfOneVersionAlsoIfANewerOneCameInBetween() throws IOException {
    put(7);
    Answer list = server.get("/v1/krl");
    put(9);
    String version = list.header("etag").replace("\"", "");
    assertThat(server.get("/v1/krl.sig?version=" + version).body()).isEqualTo(signature(7));
    assertThat(server.get("/v1/krl?version=7").body()).isEqualTo("list 7");
  }

  @Test
  void aVersionThatIsNotKeptIsNotFound() throws IOException {
    for (int version = 1; version <= 9; version++) {
      put(version);
    }
    for (String target : List.of("/v1/krl.sig?version=1", "/v1/krl?version=1")) {
      Answer answer = server.get(target);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.code()).isEqualTo("krl_version_unknown");
    }
  }

  @Test
  void saysWhenThereIsNothingNew() throws IOException {
    put(7);
    for (String[] request :
        new String[][] {
          {"/v1/krl", "If-None-Match: \"7\""},
          {"/v1/krl.sig", "If-None-Match: \"7\""},
          {"/v1/krl?after=7", "Accept: */*"},
          {"/v1/krl?after=8", "Accept: */*"}
        }) {
      Answer answer = server.get(request[0], request[1]);
      assertThat(answer.status()).as(request[0]).isEqualTo(304);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.header("etag")).isEqualTo("\"7\"");
    }
    assertThat(server.get("/v1/krl", "If-None-Match: \"6\"").status()).isEqualTo(200);
    assertThat(server.get("/v1/krl", "If-None-Match: W/\"7\"").status()).isEqualTo(200);
    assertThat(server.get("/v1/krl?after=6").body()).isEqualTo("list 7");
  }

  @Test
  void thereIsNoListYet() throws IOException {
    for (String target : List.of("/v1/krl", "/v1/krl.sig", "/v1/krl?after=1&wait=60")) {
      Answer answer = server.get(target);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("krl_missing");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/krl?wait=5",
        "/v1/krl?version=7&after=7",
        "/v1/krl?version=7&wait=7",
        "/v1/krl?after=-1",
        "/v1/krl?after=07",
        "/v1/krl?after=x",
        "/v1/krl?after=7&wait=1s",
        "/v1/krl?version=9999999999999999999",
        "/v1/krl?from=7",
        "/v1/krl.sig?after=7"
      })
  void refusesWhatItDoesNotUnderstand(String target) throws IOException {
    put(7);
    assertThat(server.get(target).status()).isEqualTo(400);
  }

  @Test
  void whoWaitsIsAnsweredWhenTheNextListComes() throws Exception {
    put(7);
    List<CompletableFuture<Answer>> waiting = waiters(20, server);
    put(8);
    for (CompletableFuture<Answer> answer : waiting) {
      assertThat(answer.get().status()).isEqualTo(200);
      assertThat(answer.get().body()).isEqualTo("list 8");
    }
  }

  @Test
  void whoWaitsLongEnoughIsToldThatNothingChanged() throws IOException {
    put(7);
    assertThat(server.get("/v1/krl?after=7&wait=1").status()).isEqualTo(304);
  }

  @Test
  void thoseWhoWaitTakeNoPlaceOfThoseWhoWork() throws Exception {
    WebLimits few =
        new WebLimits(
            4096,
            256,
            4,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            WebLimits.DEFAULT.failures(),
            WebLimits.DEFAULT.certificates());
    try (RunningServer small = RunningServer.start(few)) {
      small.backend.krls.put(list(7));
      List<CompletableFuture<Answer>> waiting = waiters(20, small);
      assertThat(small.get("/healthz").status()).isEqualTo(200);
      small.backend.krls.put(list(8));
      for (CompletableFuture<Answer> answer : waiting) {
        assertThat(answer.get().body()).isEqualTo("list 8");
      }
    }
  }

  @Test
  void thereIsAnEndToHowManyMayWait() throws Exception {
    WebLimits few =
        new WebLimits(
            4,
            256,
            100,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            WebLimits.DEFAULT.failures(),
            WebLimits.DEFAULT.certificates());
    try (RunningServer small = RunningServer.start(few)) {
      small.backend.krls.put(list(7));
      List<CompletableFuture<Answer>> waiting = waiters(3, small);
      assertThat(small.get("/v1/krl?after=7&wait=50").status())
          .as("the fourth is answered at once")
          .isEqualTo(304);
      small.backend.krls.put(list(8));
      for (CompletableFuture<Answer> answer : waiting) {
        assertThat(answer.get().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void nobodyWaitsForAServerThatStops() throws Exception {
    RunningServer other = RunningServer.start();
    other.backend.krls.put(list(7));
    List<CompletableFuture<Answer>> waiting = waiters(3, other);
    other.close();
    for (CompletableFuture<Answer> answer : waiting) {
      assertThat(answer.get().status()).isEqualTo(304);
    }
  }

  private List<CompletableFuture<Answer>> waiters(int count, RunningServer at) {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    for (int i = 0; i < count; i++) {
      answers.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return at.get("/v1/krl?after=7&wait=50");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              threads));
      // One by one: those who only come must not be too many either.
      while (at.backend.krls.waiting() <= i && !answers.getLast().isDone()) {
        Thread.onSpinWait();
      }
    }
    return answers;
  }

  private void put(long version) {
    server.backend.krls.put(list(version));
  }

  private static PublishedKrl list(long version) {
    return new PublishedKrl(version, Bytes.ofUtf8("list " + version), signature(version));
  }

  private static String signature(long version) {
    return "-----BEGIN SSH SIGNATURE-----\n" + version + "\n-----END SSH SIGNATURE-----\n";
  }
}
