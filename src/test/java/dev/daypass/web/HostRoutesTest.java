package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.fleet.answer.Stop;
import dev.daypass.fleet.host.HostFault;
import dev.daypass.fleet.host.HostRefused;
import dev.daypass.login.RequestVerdict;
import dev.daypass.login.RequestVerdict.Fault;
import dev.daypass.revocation.publish.PublishedKrl;
import dev.daypass.ssh.Bytes;
import dev.daypass.web.RawHttp.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers ask over the wire; each answer keeps openapi.yaml. */
final class HostRoutesTest {
  private static final String SIGNED = "Authorization: SSHSIG v=1,t=1,n=x,s=y";
  private static final String JSON = "Content-Type: application/json";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String MAP = "/v1/hosts/me/principals";

  private RunningServer server;
  private FakeServers servers;

  @BeforeEach
  void start() throws IOException {
    server = RunningServer.start();
    servers = server.backend.servers;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aServerJoinsWithAToken() throws IOException {
    Answer answer = post("/v1/hosts", "token=" + FakeServers.GOOD_TOKEN + "&mode=proof", FORM);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).startsWith("text/plain");
    assertThat(answer.body())
        .startsWith("daypass-host-v1\nhost db-1.prod.example.com\n")
        .contains("\n-----BEGIN SSH SIGNATURE-----\n");
    assertThat(servers.asked).containsExactly("join proof");
    assertThat(server.backend.namespaces).containsOnly("host-request@daypass.dev");
  }

  @Test
  void aServerWithoutATokenIsToldWhatToHaveApproved() throws IOException {
    Answer answer =
        post("/v1/hosts", "{\"name\":\"db-1.prod.example.com\"}", JSON, "Accept: text/plain");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body())
        .contains("state: asked\n", "fingerprint: " + FakeBackend.key().fingerprint() + "\n");
    assertThat(servers.asked).containsExactly("ask db-1.prod.example.com file 127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=DB-1",
        "name=a..b",
        "name=db-1%0A",
        "name=*",
        "",
        "mode=file",
        "name=a&token=b",
      })
  void refusesWhatIsNoNameOrNotOneWish(String body) throws IOException {
    Answer answer = post("/v1/hosts", body, FORM);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"name_invalid\"");
    assertThat(servers.asked).isEmpty();
  }

  @Test
  void refusesOtherModesAndMembers() throws IOException {
    assertThat(post("/v1/hosts", "name=a&mode=none", FORM).body()).contains("mode_invalid");
    assertThat(post("/v1/hosts", "name=a&labels=env%3Dprod", FORM).body())
        .as("labels are the operator's to give")
        .contains("unknown_member");
  }

  @ParameterizedTest
  @EnumSource(HostFault.class)
  void eachRefusalIsAProblemWithItsCode(HostFault fault) throws IOException {
    servers.refusal = Optional.of(new HostRefused(fault, "So it is.", "Do that."));
    Answer answer = post("/v1/hosts", "token=x", FORM);
    assertThat(answer.status()).isGreaterThanOrEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"" + fault.code() + "\"", "Do that.");
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/v1/hosts",
    "GET,/v1/hosts/me/principals",
    "GET,/v1/hosts/me/bundle",
    "POST,/v1/hosts/me/certificate"
  })
  void nothingWithoutTheHostKeysSignature(String method, String path) throws IOException {
    servers.host = Optional.of(FakeServers.joined(FakeBackend.key()));
    Answer none = method.equals("GET") ? server.get(path) : server.post(path, "name=a", FORM);
    assertThat(none.status()).isEqualTo(403);
    assertThat(none.body()).contains("possession_required");
    server.backend.unproven =
        Optional.of(new RequestVerdict.Rejected(Fault.SIGNATURE_INVALID, "No.", "Sign."));
    Answer bad =
        method.equals("GET") ? server.get(path, SIGNED) : server.post(path, "name=a", FORM, SIGNED);
    assertThat(bad.status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {MAP, "/v1/hosts/me/bundle"})
  void aStrangersKeyGetsNothing(String path) throws IOException {
    Answer answer = server.get(path, SIGNED);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("host_not_joined");
  }

  @Test
  void aJoinedServerGetsItsMapBundleAndCertificate() throws IOException {
    servers.host = Optional.of(FakeServers.joined(FakeBackend.key()));
    assertThat(server.get(MAP, SIGNED).body())
        .startsWith("daypass-principals-v1\n")
        .contains("-----BEGIN SSH SIGNATURE-----");
    assertThat(server.get("/v1/hosts/me/bundle", SIGNED).body())
        .isEqualTo("daypass trust bundle 1\n");
    assertThat(post("/v1/hosts/me/certificate", "", FORM).body()).startsWith("daypass-host-v1\n");
  }

  @Test
  void aRevokedServerGetsNoCertificate() throws IOException {
    servers.host = Optional.of(FakeServers.joined(FakeBackend.key()));
    servers.stop = Optional.of(new Stop.Revoked());
    Answer answer = post("/v1/hosts/me/certificate", "", FORM);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("host_revoked", "\"entry\":\"43\"");
    assertThat(servers.refusals).containsExactly("db-1.prod.example.com host_revoked");
  }

  @Test
  void whoIsRemovedMeanwhileGetsNoCertificate() throws IOException {
    servers.host = Optional.of(FakeServers.joined(FakeBackend.key()));
    servers.stop = Optional.of(new Stop.Left());
    assertThat(post("/v1/hosts/me/certificate", "", FORM).body()).contains("host_not_joined");
  }

  @Test
  void noServerGetsACertificateWhileIssuanceIsFrozen() throws IOException {
    servers.host = Optional.of(FakeServers.joined(FakeBackend.key()));
    servers.stop = Optional.of(new Stop.Frozen("the CA may be stolen"));
    Answer answer = post("/v1/hosts/me/certificate", "", FORM);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).contains("frozen", "the CA may be stolen");
    assertThat(server.get(MAP, SIGNED).status()).as("maps go on").isEqualTo(200);
    assertThat(servers.refusals).as("being unable to serve refuses nobody").isEmpty();
  }

  @Test
  void tooManyCertificatesAreRefused() throws IOException {
    servers.host = Optional.of(FakeServers.joined(FakeBackend.key()));
    servers.mayHaveCertificate = false;
    Answer answer = post("/v1/hosts/me/certificate", "", FORM);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.body()).contains("too_many_certificates");
    assertThat(servers.refusals).containsExactly("db-1.prod.example.com too_many_certificates");
  }

  @Test
  void whatAJoinedServerIsRefusedIsWrittenDownHoweverItAsks() throws IOException {
    servers.host = Optional.of(FakeServers.joined(FakeBackend.key()));
    servers.refusal = Optional.of(new HostRefused(HostFault.KEY_IN_USE, "So it is.", "Do that."));
    assertThat(post("/v1/hosts", "token=x", FORM).body()).contains("\"entry\":\"43\"");
    assertThat(post("/v1/hosts", "name=A", FORM).status()).isEqualTo(400);
    assertThat(post("/v1/hosts", "nome=a", FORM).status()).isEqualTo(400);
    assertThat(server.get(MAP + "?wait=x", SIGNED).status()).isEqualTo(400);
    assertThat(servers.refusals)
        .containsExactly(
            "db-1.prod.example.com key_in_use",
            "db-1.prod.example.com name_invalid",
            "db-1.prod.example.com unknown_member",
            "db-1.prod.example.com unknown_parameter");
  }

  @Test
  void aStrangersRefusalsAreNoEntries() throws IOException {
    servers.refusal = Optional.of(new HostRefused(HostFault.TOKEN_USED, "So it is.", "Do that."));
    assertThat(post("/v1/hosts", "token=x", FORM).body()).doesNotContain("entry");
    assertThat(server.get(MAP, SIGNED).status()).isEqualTo(403);
    assertThat(servers.refusals).isEmpty();
  }

  @Test
  void whoWaitsIsAnsweredWhenTheMapChanges() throws Exception {
    CompletableFuture<Answer> answer = waiting(MAP + "?wait=50&after=5");
    servers.mapSince.set(6);
    servers.news.changed(FakeBackend.key().fingerprint());
    assertThat(answer.get().status()).isEqualTo(200);
  }

  @Test
  void whoWaitsIsAnsweredWhenAListIsPublished() throws Exception {
    server.backend.krls.onPut(servers.news::allChanged);
    server.backend.krls.put(krl(7));
    CompletableFuture<Answer> answer = waiting(MAP + "?wait=50&after=5&krl=7");
    server.backend.krls.put(krl(8));
    assertThat(answer.get().body()).startsWith("daypass-principals-v1\n");
  }

  @Test
  void whoHasAnOlderListDoesNotWait() throws IOException {
    servers.host = Optional.of(FakeServers.joined(FakeBackend.key()));
    server.backend.krls.put(krl(7));
    assertThat(server.get(MAP + "?wait=50&after=5&krl=6", SIGNED).status()).isEqualTo(200);
  }

  @Test
  void aServerSaysWhichBundleItHas() throws IOException {
    servers.host = Optional.of(FakeServers.joined(FakeBackend.key()));
    server.get(MAP, SIGNED);
    assertThat(servers.bundles).isEmpty();
    server.get(MAP + "?bundle=3", SIGNED);
    assertThat(servers.bundles).containsExactly(Map.entry(servers.host.get().name(), 3L));
  }

  @Test
  void whoIsTakenOutWhileItWaitsIsTold() throws Exception {
    CompletableFuture<Answer> answer = waiting(MAP + "?wait=50&after=5");
    servers.host = Optional.empty();
    servers.news.changed(FakeBackend.key().fingerprint());
    assertThat(answer.get().body()).contains("host_not_joined");
  }

  @Test
  void noServerWaitsForADaemonThatStops() throws Exception {
    CompletableFuture<Answer> answer = waiting(MAP + "?wait=50&after=5");
    server.server().close();
    assertThat(answer.get().status()).isEqualTo(200);
  }

  @Test
  void whoHasAnOlderMapDoesNotWait() throws IOException {
    servers.host = Optional.of(FakeServers.joined(FakeBackend.key()));
    assertThat(server.get(MAP + "?wait=50&after=4", SIGNED).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?wait=-1",
        "?wait=1.5&after=1",
        "?after=x",
        "?wait=1&wait=2",
        "?krl=x",
        "?bundle=-1",
        "?all=1"
      })
  void refusesOtherQueries(String query) throws IOException {
    servers.host = Optional.of(FakeServers.joined(FakeBackend.key()));
    Answer answer = server.get(MAP + query, SIGNED);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("unknown_parameter");
  }

  @Test
  void onlyAnOperatorMakesTokens() throws IOException {
    String body = "{\"name\":\"db-1\",\"labels\":[\"tier=db\"],\"for\":\"30m\"}";
    String bearer = "Authorization: Bearer " + FakeBackend.TOKEN;
    assertThat(server.post("/v1/hosts/tokens", body, JSON, bearer).body())
        .contains("operator_required");
    assertThat(servers.asked).isEmpty();
    server.backend.operator = true;
    assertThat(server.post("/v1/hosts/tokens", body, JSON, bearer).status()).isEqualTo(409);
    assertThat(servers.asked).containsExactly("token db-1 {tier=db} PT30M alice");
  }

  @ParameterizedTest
  @CsvSource({
    "name_invalid,{\"name\":\"DB\"}",
    "labels_invalid,'{\"name\":\"a\",\"labels\":[\"env\"]}'",
    "labels_invalid,'{\"name\":\"a\",\"labels\":[\"e=1\",\"e=2\"]}'",
    "lifetime_invalid,'{\"name\":\"a\",\"for\":\"soon\"}'"
  })
  void refusesTokensForWhatCannotJoin(String code, String body) throws IOException {
    server.backend.operator = true;
    Answer answer =
        server.post("/v1/hosts/tokens", body, JSON, "Authorization: Bearer " + FakeBackend.TOKEN);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains(code);
  }

  @Test
  void clientsLearnWhichHostKeysToBelieve() throws IOException {
    assertThat(server.get("/v1/known-hosts").body())
        .startsWith("@cert-authority *.prod.example.com ssh-ed25519 ");
    assertThat(server.get("/.well-known/ssh-known-hosts").body())
        .startsWith("@cert-authority *.own.example.com ");
  }

  /** A request of a joined server that has begun to wait. */
  private CompletableFuture<Answer> waiting(String target) {
    servers.host = Optional.of(FakeServers.joined(FakeBackend.key()));
    CompletableFuture<Answer> answer =
        CompletableFuture.supplyAsync(() -> {
          try {
            return server.get(target, SIGNED);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    while (servers.news.waiting() == 0 && !answer.isDone()) {
      Thread.onSpinWait();
    }
    assertThat(answer).isNotDone();
    return answer;
  }

  private static PublishedKrl krl(long version) {
    return new PublishedKrl(version, Bytes.ofUtf8("list"), "signature");
  }

  private Answer post(String path, String body, String... headers) throws IOException {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = SIGNED;
    return server.post(path, body, all);
  }
}
