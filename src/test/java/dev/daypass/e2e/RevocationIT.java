package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.CertificateCall;
import dev.daypass.TestCa;
import dev.daypass.cert.Certificate;
import dev.daypass.custody.KeyFile;
import dev.daypass.krl.KeyRevocationList;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code daypassd revoke} until the login that is refused: what is revoked is held against {@code
 * ssh-keygen -Q}, {@code ssh-keygen -Y verify} and a real sshd with {@code RevokedKeys}.
 */
final class RevocationIT {
  @TempDir Path folder;

  private final Parts parts = new Parts();
  private final HttpClient http = HttpClient.newHttpClient();
  private TestCa ca;
  private Sshd sshd;
  private String account;

  /** The entry of the last revocation: a list of a greater version has it. */
  private long revokedAt;

  @BeforeEach
  void start() throws Exception {
    LocalAccounts accounts = parts.started(new LocalAccounts());
    account = accounts.make("db");
    String rules = "ttl: { default: 5m, max: 1h }, allow: [{ when: 'true' }]";
    ca =
        parts.started(
            TestCa.with()
                .policy(
                    """
                    duties: { operator: { allow: [{ when: '"sre" in identity.groups' }] } }
                    roles:
                      shell: { accounts: [%1$s], %2$s }
                      batch: { accounts: [%1$s], %2$s }
                    """
                        .formatted(account, rules))
                .start());
    sshd = parts.started(Sshd.start(ca.files().userCa().line()));
    sshd.open(account, List.of("daypass:shell", "daypass:batch"));
  }

  @AfterEach
  void stop() {
    ca.checkInvariants();
    parts.stop();
  }

  /** A key, its certificate, and both as files. */
  private record Holder(OpenSshPrivateKey key, Certificate certificate, Path file, SshLogin login) {
    String fingerprint() {
      return key.publicKey().fingerprint().toString();
    }
  }

  @Test
  void aRevokedCertificateOpensNothing() throws Exception {
    Holder good = holder("alice", "shell");
    Holder other = holder("bob", "shell");
    revoke("--serial", good.certificate().content().serial().toString());
    assertRevoked(good, other);
  }

  @Test
  void nothingOfARevokedUserOpensAnything() throws Exception {
    Holder good = holder("alice", "shell");
    Holder other = holder("bob", "shell");
    revoke("--user", "alice@example.com");
    assertRevoked(good, other);
  }

  @Test
  void nothingOfARevokedRoleOpensAnything() throws Exception {
    Holder good = holder("alice", "batch");
    Holder other = holder("alice", "shell");
    revoke("--role", "batch");
    assertRevoked(good, other);
  }

  @Test
  void aRevokedKeyOpensNothingAndIsNeverCertifiedAgain() throws Exception {
    Holder good = holder("alice", "shell");
    Holder other = holder("alice", "shell");
    revoke("--key", good.fingerprint());
    assertRevoked(good, other);
    CaAnswer again = ask("alice", "shell", good.key());
    assertThat(again.status()).isEqualTo(403);
    assertThat(again.code()).isEqualTo("key_revoked");
    ca.restart();
    assertThat(ask("alice", "shell", good.key()).code()).isEqualTo("key_revoked");
    assertRevoked(good, other);
  }

  @Test
  void nothingOfARevokedTimeOpensAnything() throws Exception {
    Holder good = holder("alice", "shell");
    String from = Instant.now().minus(1, ChronoUnit.HOURS).toString();
    String to = Instant.now().toString();
    Holder other = holder("bob", "shell");
    revoke("--from", from, "--to", to);
    assertRevoked(good, other);
  }

  @Test
  void nothingThatARevokedCaKeySignedOpensAnything() throws Exception {
    Holder good = holder("alice", "shell");
    revoke("--ca", ca.files().userCa().fingerprint().toString());
    sshd.revoke(published());
    assertThat(isListed(good)).isTrue();
    assertRefused(good);
  }

  @Test
  void operatorsRevokeOverTheApiAndOthersDoNot() throws Exception {
    Holder good = holder("alice", "shell");
    Holder other = holder("bob", "shell");
    String serial = good.certificate().content().serial().toString();
    assertThat(post("bob", "serial", serial).statusCode()).isEqualTo(403);
    assertThat(post("eve", "serial", "0").statusCode()).as("nobody's").isEqualTo(400);
    HttpResponse<String> done = post("eve", "serial", serial);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
    assertThat(done.body()).contains("\"revoked\":1");
    revokedAt = entry(Pattern.compile("\"entry\":\"(\\d+)\""), done.body());
    assertRevoked(good, other);
  }

  @Test
  void aCaKeyIsRevokedByTheLocalSocketAlone() throws Exception {
    Holder good = holder("alice", "shell");
    String key = ca.files().userCa().fingerprint().toString();
    HttpResponse<String> refused = post("eve", "ca_key", key);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
    assertThat(refused.body()).contains("local_only");
    sshd.revoke(published());
    assertThat(isListed(good)).isFalse();
  }

  @Test
  void frozenIssuanceStaysFrozenOverARestart() throws Exception {
    Holder good = holder("alice", "shell");
    assertThat(new Operator(ca).run("freeze", "--reason", "the CA may be stolen"))
        .contains("done:");
    for (int i = 0; i < 2; i++) {
      CaAnswer refused = ask("alice", "shell", OpenSshPrivateKey.generate(SshKeyType.ED25519));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.code()).isEqualTo("frozen");
      assertThat(refused.body()).contains("the CA may be stolen");
      assertThat(good.login().as(account, "true").succeeded()).isTrue();
      ca.restart();
    }
    revoke("--serial", good.certificate().content().serial().toString());
    assertRevoked(good);
    assertThat(new Operator(ca).run("thaw", "--reason", "it was not"))
        .contains("certificates are issued again");
    assertThat(ask("alice", "shell", good.key()).status()).isEqualTo(201);
  }

  private void assertRevoked(Holder revoked, Holder... others) throws Exception {
    sshd.revoke(published());
    assertThat(isListed(revoked)).isTrue();
    assertRefused(revoked);
    for (Holder other : others) {
      assertThat(isListed(other)).isFalse();
      assertThat(other.login().as(account, "id -un").out()).isEqualTo(account + "\n");
    }
  }

  private void assertRefused(Holder holder) throws IOException {
    Command.Result result = holder.login().as(account, "true");
    assertThat(result.err()).contains("Permission denied (publickey)");
    assertThat(sshd.log()).contains("revoked");
  }

  private boolean isListed(Holder holder) throws IOException {
    Command.Result result =
        Command.of(
                "ssh-keygen",
                "-Q",
                "-f",
                folder.resolve("krl").toString(),
                holder.file().toString())
            .run();
    assertThat(result.toString()).doesNotContain("nvalid").doesNotContain("Unable");
    return !result.succeeded();
  }

  /** The newest list once it knows what was revoked, whose signature is the channel key's. */
  private byte[] published() throws Exception {
    HttpResponse<byte[]> list = fetch("/v1/krl");
    while (KeyRevocationList.decode(Bytes.of(list.body())).version() <= revokedAt) {
      String version = list.headers().firstValue("etag").orElseThrow().replace("\"", "");
      HttpResponse<byte[]> next = fetch("/v1/krl?wait=20&after=" + version);
      list = next.statusCode() == 200 ? next : list;
    }
    String version = list.headers().firstValue("etag").orElseThrow().replace("\"", "");
    Path file = Files.write(folder.resolve("krl"), list.body());
    Files.write(folder.resolve("krl.sig"), fetch("/v1/krl.sig?version=" + version).body());
    String channel =
        KeyFile.read(ca.files().keyFile(KeyUse.CHANNEL), Optional.empty()).publicKey().line();
    Files.writeString(folder.resolve("allowed"), "channel " + channel + "\n");
    Command.Result verified =
        Command.of(
                "sh",
                "-c",
                "cd \"$1\" && ssh-keygen -Y verify -f allowed -I channel -n krl@daypass.dev"
                    + " -s krl.sig < krl",
                "sh",
                folder.toString())
            .run();
    assertThat(verified.succeeded()).as(verified.toString()).isTrue();
    return Files.readAllBytes(file);
  }

  private void revoke(String... what) throws Exception {
    String said = new Operator(ca).revoke(what);
    revokedAt = entry(Pattern.compile("entry +(\\d+)"), said);
  }

  /** Others append to the ledger too, so that its size says nothing. */
  private static long entry(Pattern pattern, String said) {
    Matcher matcher = pattern.matcher(said);
    assertThat(matcher.find()).as(said).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private Holder holder(String person, String role) throws Exception {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    CaAnswer answer = ask(person, role, key);
    Certificate certificate =
        answer.certificate().orElseThrow(() -> new AssertionError(answer.toString()));
    Path file = Files.createTempFile(folder, "cert", ".pub");
    Files.writeString(file, certificate.line("c") + "\n");
    Path secret = Files.createTempFile(folder, "key", "");
    Files.writeString(secret, key.encode("k"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Holder holder = new Holder(key, certificate, file, SshLogin.with(sshd, secret, file));
    assertThat(holder.login().as(account, "true").succeeded()).isTrue();
    return holder;
  }

  private CaAnswer ask(String person, String role, OpenSshPrivateKey key) throws IOException {
    CertificateCall call =
        ca.client().certificate(key, ca.idp().token(person + "@example.com", "dba"));
    call.member("role", role);
    return call.send();
  }

  private HttpResponse<byte[]> fetch(String target) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(ca.client().origin() + target)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<String> post(String person, String target, String value) throws Exception {
    String token = ca.idp().token(person + "@example.com", person.equals("eve") ? "sre" : "dba");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(ca.client().origin() + "/v1/revocations"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"%s\":\"%s\",\"reason\":\"a test\"}".formatted(target, value)))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
