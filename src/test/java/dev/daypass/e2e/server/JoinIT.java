package dev.daypass.e2e.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.OperatorDoor;
import dev.daypass.TestCa;
import dev.daypass.TestHost;
import dev.daypass.cert.CertificateType;
import dev.daypass.custody.KeyFile;
import dev.daypass.custody.StateFolder;
import dev.daypass.e2e.Command;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JoinIT {
  private static final String NAME = "db-9.prod.example.com";
  private static final String TOKEN =
      "{\"name\":\"" + NAME + "\",\"labels\":[\"env=prod\",\"tier=db\"],\"for\":\"5m\"}";
  private static final String POLICY =
      """
      duties:
        operator: { allow: [{ when: '"ops" in identity.groups' }] }
      roles:
        prod-db-debug:
          accounts: [db-debug]
          hosts: { env: prod, tier: db }
          ttl: { default: 5m, max: 1h }
          allow: [{ when: '"dba" in identity.groups' }]
        linux-login:
          accounts: [self]
          hosts: { env: prod }
          ttl: { default: 5m, max: 1h }
          allow: [{ when: '"dba" in identity.groups' }]
      """;

  @TempDir private Path folder;
  private final TestCa ca =
      TestCa.with()
          .policy(POLICY)
          .hosts("patterns: [\"*.prod.example.com\"]\nknown:\n  " + NAME + ": { env: known }\n")
          .start();

  @AfterEach
  void stop() {
    ca.checkInvariants();
    ca.close();
  }

  @Test
  void aServerJoinsOnceAndOpenSshBelievesWhatItGets() throws Exception {
    String token = token();
    assertThat(tokenText(token))
        .contains("name " + NAME + "\n", "label env=prod\n", "url " + ca.client().origin() + "\n")
        .contains("root " + new StateFolder(ca.files().state()).rootKey().fingerprint() + "\n");
    TestHost host = TestHost.of(ca);
    CaAnswer joined = host.join(token);
    assertThat(joined.status()).as(joined.body()).isEqualTo(200);
    assertThat(verifies(joined.body(), "host@daypass.dev")).isTrue();
    assertThat(verifies(joined.body(), "principals@daypass.dev")).isFalse();
    var content = joined.certificate().orElseThrow().content();
    assertThat(content.type()).isEqualTo(CertificateType.HOST);
    assertThat(content.publicKey()).isEqualTo(host.key());
    assertThat(keygenList(joined.line("certificate")))
        .contains(
            "Type: ssh-ed25519-cert-v01@openssh.com host certificate",
            "Serial: " + content.serial(),
            "Key ID: \"host " + NAME + "\"",
            "Principals: \n                " + NAME + "\n",
            "Critical Options: (none)",
            "Extensions: (none)");

    assertThat(host.join(token).code()).isEqualTo("token_used");
    assertThat(TestHost.of(ca).join(token).code()).isEqualTo("token_used");
    CaAnswer again = host.post("/v1/hosts", "name=" + NAME);
    assertThat(again.certificate().orElseThrow().content().serial())
        .isGreaterThan(content.serial());
    assertThat(TestHost.of(ca).post("/v1/hosts", "name=" + NAME).code()).isEqualTo("name_taken");
    assertThat(host.post("/v1/hosts", "name=other").code()).isEqualTo("key_in_use");
  }

  @Test
  void theServerGetsTheMapOfItsLabelsAndPolicySeesThem() throws Exception {
    TestHost host = TestHost.of(ca);
    assertThat(host.get("/v1/hosts/me/principals").code()).isEqualTo("host_not_joined");
    assertThat(narrowed()).as("hosts.known says tier nothing").isEqualTo(403);
    host.join(token());
    assertThat(narrowed()).isEqualTo(201);
    CaAnswer map = host.get("/v1/hosts/me/principals");
    assertThat(map.status()).isEqualTo(200);
    assertThat(verifies(map.body(), "principals@daypass.dev")).isTrue();
    assertThat(map.line("host")).isEqualTo(NAME);
    assertThat(map.line("account"))
        .isEqualTo("db-debug daypass:prod-db-debug daypass:prod-db-debug@" + NAME);
    assertThat(map.line("self")).isEqualTo("daypass:linux-login daypass:linux-login@" + NAME);
    ca.restart();
    CaAnswer later = host.get("/v1/hosts/me/principals");
    assertThat(Long.parseLong(later.line("version")))
        .isGreaterThan(Long.parseLong(map.line("version")));
    assertThat(host.get("/v1/hosts/me/bundle").body())
        .isEqualTo(ca.client().get("/v1/bundle", Map.of()).body());
    assertThat(host.post("/v1/hosts/me/certificate", "").certificate()).isPresent();
  }

  @Test
  void aUsersSignatureIsNoServers() throws Exception {
    TestHost host = TestHost.of(ca);
    host.join(token());
    for (String namespace : List.of("request@daypass.dev", "login@daypass.dev", "file")) {
      TestHost other = host.signingIn(namespace);
      assertThat(other.get("/v1/hosts/me/principals").code()).isEqualTo("signature_invalid");
      assertThat(other.post("/v1/hosts/me/certificate", "").code()).isEqualTo("signature_invalid");
    }
  }

  @Test
  void neitherAStrangerNorAKeyOfTheAuthorityBecomesAServer() throws Exception {
    assertThat(TestHost.of(ca).join("dpj1." + "A".repeat(80)).code()).isEqualTo("token_invalid");
    SshSigner userCa = KeyFile.read(ca.files().keyFile(KeyUse.USER_CA), Optional.empty());
    assertThat(TestHost.with(ca, userCa).join(token()).code()).isEqualTo("key_refused");
    assertThat(makeToken("dba").code()).isEqualTo("operator_required");
  }

  @Test
  void whoAsksIsNotLetIn() throws Exception {
    TestHost host = TestHost.of(ca);
    CaAnswer asked = host.post("/v1/hosts", "name=" + NAME);
    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.text("fingerprint")).isEqualTo(host.key().fingerprint().toString());
    assertThat(host.get("/v1/hosts/me/principals").code()).isEqualTo("host_not_joined");
  }

  @Test
  void whoHasWaitedInVainGetsANewMap() throws Exception {
    TestHost host = TestHost.of(ca);
    host.join(token());
    String version = host.get("/v1/hosts/me/principals").line("version");
    CaAnswer answer = host.get("/v1/hosts/me/principals?wait=1&after=" + version);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.line("version")).isEqualTo(version);
  }

  @Test
  void knownHostsLetOpenSshBelieveTheServer() throws Exception {
    Path key = folder.resolve("host_key");
    var _ =
        Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).output();
    TestHost host = TestHost.with(ca, KeyFile.read(key, Optional.empty()));
    Path certificate =
        Files.writeString(
            folder.resolve("host_key-cert.pub"), host.join(token()).line("certificate") + "\n");
    Path knownHosts =
        Files.writeString(
            folder.resolve("known_hosts"), ca.client().get("/v1/known-hosts", Map.of()).body());
    try (HostSshd sshd = HostSshd.start(key, certificate)) {
      assertThat(sshd.connect(knownHosts, NAME)).contains("Permission denied");
      assertThat(sshd.connect(knownHosts, "db-8.prod.example.com"))
          .as("another server's name")
          .contains("Host key verification failed");
      assertThat(sshd.connect(knownHosts, "db-9.test.example.com"))
          .as("no pattern of ours")
          .contains("Host key verification failed");
    }
  }

  /** By the server's name, and by removing it: in both ways clients stop believing it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clientsDoNotBelieveARevokedServer(boolean byName) throws Exception {
    Path key = folder.resolve("host_key");
    var _ =
        Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).output();
    TestHost host = TestHost.with(ca, KeyFile.read(key, Optional.empty()));
    Path certificate =
        Files.writeString(
            folder.resolve("host_key-cert.pub"), host.join(token()).line("certificate") + "\n");
    Path knownHosts =
        Files.writeString(
            folder.resolve("known_hosts"), ca.client().get("/v1/known-hosts", Map.of()).body());
    Path none = folder.resolve("none.krl");
    var _ = Command.of("ssh-keygen", "-k", "-f", none.toString()).output();
    byte[] published =
        byName
            ? OperatorDoor.listAfter(ca, "revoke", "host", NAME, "a test")
            : OperatorDoor.listAfter(ca, "remove-host", NAME, "scrapped");
    Path list = Files.write(folder.resolve("krl"), published);
    assertThat(
            Command.of("ssh-keygen", "-Q", "-f", list.toString(), certificate.toString())
                .run()
                .out())
        .contains("REVOKED");
    try (HostSshd sshd = HostSshd.start(key, certificate)) {
      assertThat(sshd.connect(knownHosts, NAME, none.toString())).contains("Permission denied");
      assertThat(sshd.connect(knownHosts, NAME, list.toString()))
          .contains("revoked")
          .doesNotContain("Permission denied");
    }
  }

  private int narrowed() throws IOException {
    return ca.client()
        .certificate(
            OpenSshPrivateKey.generate(SshKeyType.ED25519),
            ca.idp().token("alice@example.com", "dba"))
        .member("hosts", List.of(NAME))
        .send()
        .status();
  }

  private String token() throws IOException {
    CaAnswer answer = makeToken("ops");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.text("token");
  }

  private CaAnswer makeToken(String group) throws IOException {
    return ca.client()
        .send(
            HttpRequest.newBuilder(URI.create(ca.client().origin() + "/v1/hosts/tokens"))
                .header("Authorization", "Bearer " + ca.idp().token("olga@example.com", group))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(TOKEN))
                .build());
  }

  private static String tokenText(String token) {
    return new String(
        Base64.getUrlDecoder().decode(token.substring("dpj1.".length())), StandardCharsets.UTF_8);
  }

  private String keygenList(String certificate) throws IOException {
    Path file = Files.writeString(folder.resolve("listed-cert.pub"), certificate + "\n");
    return Command.of("ssh-keygen", "-L", "-f", file.toString()).output();
  }

  /** As a server checks it: the channel key, by stock OpenSSH. */
  private boolean verifies(String document, String namespace) throws IOException {
    int end = document.indexOf("-----BEGIN SSH SIGNATURE-----");
    Path message = Files.writeString(folder.resolve("message"), document.substring(0, end));
    Path signature = Files.writeString(folder.resolve("signature"), document.substring(end));
    String channel =
        Files.readString(KeyFile.publicHalf(ca.files().keyFile(KeyUse.CHANNEL))).strip();
    Path signers = Files.writeString(folder.resolve("signers"), "channel " + channel + "\n");
    ProcessBuilder verify =
        new ProcessBuilder(
                "ssh-keygen",
                "-Y",
                "verify",
                "-f",
                signers.toString(),
                "-I",
                "channel",
                "-n",
                namespace,
                "-s",
                signature.toString())
            .redirectInput(message.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    return verify.start().onExit().join().exitValue() == 0;
  }
}
