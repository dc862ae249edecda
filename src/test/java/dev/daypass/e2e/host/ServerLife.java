package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.TestCa;
import dev.daypass.TestHost;
import dev.daypass.cert.Certificate;
import dev.daypass.e2e.Command;
import dev.daypass.e2e.Operator;
import dev.daypass.e2e.machine.TestServer;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.signer.KeyUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What a server lives through, from joining to leaving, with the real daemon and real logins. The
 * steps belong in their order: each goes on where the one before it stopped.
 */
final class ServerLife implements AutoCloseable {
  static final String ACCOUNT = "db-debug";
  private static final String WEB = "web-debug";
  private static final String NAME = "db-9.prod.example.com";
  private static final String DB_ROLE = "prod-db-debug";
  private static final String WEB_ROLE = "prod-web-debug";

  private final TestCa ca =
      TestCa.with()
          .hosts("patterns: [\"*.prod.example.com\"]\n")
          .moreRoles(
              """
              prod-web-debug:
                accounts: [web-debug]
                hosts: { env: prod, tier: web }
                ttl: { default: 5m, max: 1h }
                extensions: [permit-pty]
                allow: [{ when: '"dba" in identity.groups' }]
              """)
          .start();
  private final Operator operator = new Operator(ca);
  private final TestServer server;
  private String before = "";
  private int port;
  private boolean open = true;

  ServerLife(TestServer server) throws IOException {
    this.server = server;
    server.reach(ca.files().port());
    server.makeAccount(ACCOUNT);
    server.makeAccount(WEB);
    server.makeAccount("other");
    before = files();
  }

  /** Without a token nothing happens until an operator says so. */
  void joinsOnceAnOperatorApproved() throws Exception {
    String root = value(TestHost.token(ca, "any.prod.example.com"), "root");
    String[] join = {"join", ca.client().origin(), "--name", NAME, "--root", root};
    Command.Result asked = server.host(join);
    assertThat(asked.exit()).as(asked.toString()).isEqualTo(2);
    assertThat(asked.err()).contains("An operator must approve this server's key: SHA256:");
    assertThat(files()).isEqualTo(before);
    String key = asked.err().replaceFirst("(?s).*key: (SHA256:\\S+).*", "$1");
    operator.run(
        "hosts", "approve", key, "--name", NAME, "--label", "env=prod", "--label", "tier=db");
    assertWell(server.host(join));
    assertWell(server.host("leave"));
    assertThat(files()).isEqualTo(before);
    operator.run("hosts", "remove", NAME, "--reason", "it joins again");
  }

  void joinsByTokenOnce() throws Exception {
    String token = TestHost.token(ca, NAME, "env=prod", "tier=db");
    assertWell(server.host("join", "--token", token));
    assertThat(TestHost.of(ca).join(token).code()).isEqualTo("token_used");
    port = server.startSshd();
    Holder alice = holder("alice", DB_ROLE);
    assertOpens(alice, ACCOUNT);
    for (String account : List.of(WEB, "other", "root", "does-not-exist")) {
      assertRefused(alice, account);
    }
    Path known =
        Files.writeString(
            server.folder().resolve("known"), ca.client().get("/v1/known-hosts", Map.of()).body());
    Command strict = server.strictSsh(port, alice.key(), alice.file(), known, NAME);
    assertThat(strict.and(ACCOUNT + "@127.0.0.1", "id -un").run().out())
        .as("no question about the host key")
        .isEqualTo(ACCOUNT + "\n");
  }

  /** Labels alone decide which role opens what. */
  void opensWhatItsLabelsSay() throws Exception {
    Holder db = holder("alice", DB_ROLE);
    Holder web = holder("alice", WEB_ROLE);
    assertRefused(web, WEB);
    assertRefused(web, ACCOUNT);
    relabel("tier=web");
    assertOpens(web, WEB);
    assertRefused(db, ACCOUNT);
    assertRefused(db, WEB);
    relabel("tier=db");
    assertOpens(db, ACCOUNT);
    assertRefused(web, WEB);
  }

  /** A third of the host certificate's life is the time for the next one. */
  void renewsItsHostCertificate() throws Exception {
    String fresh = hostCertificate();
    refresh();
    assertThat(hostCertificate()).as("it is not time yet").isEqualTo(fresh);
    Path old = server.folder().resolve("host.pub");
    Files.writeString(old, server.read("/etc/ssh/ssh_host_ed25519_key.pub"));
    String hostCa = ca.files().keyFile(KeyUse.HOST_CA).toString();
    var _ =
        Command.of("ssh-keygen", "-q", "-h", "-s", hostCa, "-I", NAME, "-n", NAME)
            .and("-V", "-20m:+20m", old.toString())
            .output();
    server.copyIn(server.folder().resolve("host-cert.pub"), "/etc/daypass-host/host-cert.pub");
    refresh();
    String renewed = hostCertificate();
    assertThat(Certificate.parse(renewed).content().window().validBefore())
        .isAfter(Instant.now().plus(1, ChronoUnit.DAYS));
    assertOpens(holder("alice", DB_ROLE), ACCOUNT);
  }

  /** Who waits hears at once: systemd's unit does, elsewhere it is started here. */
  void hearsOfNewsWhileItWaits() throws Exception {
    boolean isBooted = server.run("test -d /run/systemd/system").succeeded();
    List<Process> waiting = new ArrayList<>();
    if (isBooted) {
      assertWell(server.run("systemctl is-active daypass-host-wait.service"));
      assertWell(server.run("systemctl is-active daypass-host-refresh.timer"));
      assertThat(server.output("systemctl list-timers --all")).contains("daypass-host-refresh");
    } else {
      String line = server.read("/etc/cron.d/daypass-host");
      assertThat(line).contains(" * * * * root /usr/lib/daypass/daypass-host refresh --quiet");
      String command = line.substring(line.indexOf("root ") + 5).strip();
      waiting.add(new ProcessBuilder(server.inside("sh", "-c", command).words()).start());
    }
    Holder gone = holder("gerda", DB_ROLE);
    assertOpens(gone, ACCOUNT);
    var _ = operator.revoke("--serial", gone.serial());
    server.copyIn(gone.file(), "/tmp/gone.pub");
    await("! ssh-keygen -Q -f /etc/daypass-host/krl /tmp/gone.pub");
    assertRefused(gone, ACCOUNT);
    operator.run(
        "hosts", "relabel", NAME, "--label", "env=prod", "--label", "tier=web", "--reason", "x");
    await("test ! -e /etc/daypass-host/principals/" + ACCOUNT);
    relabel("tier=db");
    for (Process process : waiting) {
      process.destroy();
      process.onExit().join();
    }
  }

  /** The issue's bound for a server that waits: 10 seconds. */
  private void await(String question) throws IOException {
    assertWell(
        server.run("for i in $(seq 100); do " + question + " && exit; sleep 0.1; done; exit 1"));
  }

  /** Every kind of revocation, as ssh-keygen there and sshd see it. */
  void refusesWhatIsRevoked() throws Exception {
    Holder other = holder("olga", DB_ROLE);
    Holder one = holder("anna", DB_ROLE);
    var _ = operator.revoke("--serial", one.serial());
    assertRevoked(one, other);
    Holder user = holder("berta", DB_ROLE);
    var _ = operator.revoke("--user", "berta@example.com");
    assertRevoked(user, other);
    Holder key = holder("clara", DB_ROLE);
    var _ = operator.revoke("--key", key.own().publicKey().fingerprint().toString());
    assertRevoked(key, other);
    Holder time = holder("dora", DB_ROLE);
    var _ =
        operator.revoke(
            "--from", Instant.now().minusSeconds(600) + "", "--to", Instant.now().toString());
    assertRevoked(time);
    Holder role = holder("emma", DB_ROLE);
    var _ = operator.revoke("--role", DB_ROLE);
    assertRevoked(role);
    assertOpens(holder("fanny", DB_ROLE), ACCOUNT);
  }

  /** At its end a certificate opens nothing more, and the session that it opened ends. */
  void endsWithTheCertificate() throws Exception {
    Holder brief = holder("alice", DB_ROLE, "6s");
    Holder longer = holder("alice", DB_ROLE);
    Process stays = session(longer, "echo up; exec sleep 3611");
    Process ends = session(brief, "echo up; exec sleep 3612");
    assertThat(stays.inputReader().readLine()).isEqualTo("up");
    assertThat(ends.inputReader().readLine()).isEqualTo("up");
    assertThat(ends.onExit().join().exitValue()).isEqualTo(255);
    Instant end = brief.certificate().content().window().validBefore();
    assertThat(Instant.now()).isBetween(end.minusSeconds(1), end.plusSeconds(5));
    assertRefused(brief, ACCOUNT);
    assertThat(stays.isAlive()).isTrue();
    assertThat(server.run("pgrep -fx 'sleep 3611'").out()).isNotEmpty();
    assertThat(server.run("pgrep -fx 'sleep 3612'").out()).isEmpty();
    stays.destroy();
    stays.onExit().join();
  }

  /** The same server in the other mode: a certificate without a proof opens nothing. */
  void checksProofsInProofMode() throws Exception {
    assertWell(
        server.host(
            "join",
            ca.client().origin(),
            "--name",
            NAME,
            "--root",
            server.read("/etc/daypass-host/root.fingerprint").strip(),
            "--mode",
            "proof"));
    port = server.startSshd();
    Holder granted = holder("alice", DB_ROLE);
    assertOpens(granted, ACCOUNT);
    assertOpensNothing(forged("0"));
    assertOpensNothing(forged(granted.serial()));
    relabel("tier=web");
    assertRefused(granted, ACCOUNT);
    relabel("tier=db");
    assertOpens(granted, ACCOUNT);
  }

  /** The verifier and sshd refuse; who waits here tells the authority, and it tells the person. */
  void tellsWhyItRefused() throws Exception {
    boolean isBooted = server.run("test -d /run/systemd/system").succeeded();
    Holder brief = holder("paula", DB_ROLE, "2s");
    Holder paula = holder("paula", DB_ROLE);
    assertRefused(paula, "other");
    server.output(
        "while [ \"$(date +%s)\" -le \"$1\" ]; do sleep 0.1; done",
        "" + brief.certificate().content().window().validBefore().getEpochSecond());
    assertRefused(brief, ACCOUNT);
    // Only journald's word counts for what sshd says, and it runs with systemd alone.
    String last = isBooted ? "the certificate has ended" : "the account is not opened";
    String said = "";
    for (int i = 0; i < 100 && !said.contains(last); i++) {
      if (!isBooted) {
        refresh();
      }
      server.run("sleep 0.1");
      said = ca.client().get("/v1/why?host=" + NAME, bearer("paula")).body();
    }
    assertThat(said).contains("the account is not opened", last);
  }

  private Map<String, String> bearer(String person) {
    return Map.of("Authorization", "Bearer " + ca.idp().token(person + "@example.com", "dba"));
  }

  /** Without proofs a thief of the CA key gets in where roles do, and the ledger says so. */
  void alarmsOfAStolenCaKeyInFileMode() throws Exception {
    Holder granted = holder("alice", DB_ROLE);
    for (Holder forged : List.of(forged("123456"), forged(granted.serial()))) {
      assertOpens(forged, ACCOUNT);
      for (String account : List.of("root", "other", "does-not-exist")) {
        assertRefused(forged, account);
      }
    }
    for (String alarm : List.of("never_granted", "certificate_differs")) {
      String seen = "";
      for (int i = 0; i < 20 && !seen.contains(alarm); i++) {
        refresh();
        seen = ca.details(EntryKind.SESSION_ALARM).toString();
      }
      assertThat(seen).contains(alarm);
    }
  }

  /** Who removes the session hook is found out by what sshd itself says in the journal. */
  void alarmsOfASessionWithoutItsHook() throws Exception {
    if (!server.run("test -d /run/systemd/system").succeeded()) {
      return;
    }
    assertWell(server.host("refresh"));
    assertThat(ca.details(EntryKind.SESSION_ALARM).toString()).doesNotContain("said nothing of it");
    Holder holder = holder("alice", DB_ROLE);
    assertWell(server.run("sed -i /daypass-host-session/d /etc/pam.d/sshd"));
    assertOpens(holder, ACCOUNT);
    String seen = "";
    for (int i = 0; i < 100 && !seen.contains("said nothing of it"); i++) {
      refresh();
      server.run("sleep 0.5");
      seen = ca.details(EntryKind.SESSION_ALARM).toString();
    }
    assertThat(seen).containsOnlyOnce("said nothing of it").contains(holder.serial());
    assertThat(server.read("/etc/pam.d/sshd")).contains("daypass-host-session");
  }

  private Holder forged(String serial) throws Exception {
    List<String> principals =
        List.of("daypass:" + DB_ROLE, "root", "other", ACCOUNT, "daypass:" + DB_ROLE + "@" + NAME);
    return Holder.forged(ca, server.folder(), serial, principals);
  }

  private void assertOpensNothing(Holder holder) throws IOException {
    for (String account : List.of(ACCOUNT, "root", "other", "does-not-exist")) {
      assertRefused(holder, account);
    }
  }

  /** A revoked server is told nothing more; what it has stays in force. */
  void isRevokedItself() throws Exception {
    Holder alice = holder("alice", DB_ROLE);
    var _ = operator.revoke("--host", NAME);
    refreshUntil("ssh-keygen -Q -f /etc/daypass-host/krl /etc/daypass-host/host-cert.pub", 1);
    assertOpens(alice, ACCOUNT);
  }

  void leaves() throws Exception {
    assertWell(server.host("leave"));
    assertThat(files()).isEqualTo(before);
    port = server.startSshd();
    assertRefused(holder("alice", DB_ROLE), ACCOUNT);
  }

  /** Nothing that the CA key ever signed opens anything. */
  void refusesARevokedCaKey() throws Exception {
    Holder alice = holder("alice", DB_ROLE);
    assertOpens(alice, ACCOUNT);
    var _ = operator.revoke("--ca", ca.files().userCa().fingerprint().toString());
    assertRevoked(alice);
  }

  private void relabel(String tier) throws Exception {
    operator.run(
        "hosts", "relabel", NAME, "--label", "env=prod", "--label", tier, "--reason", "it moved");
    refresh();
  }

  private void refresh() throws IOException {
    assertWell(server.host("refresh"));
  }

  /** The list is published within seconds of what it says; until then refresh finds the last. */
  private void refreshUntil(String question, int exit) throws Exception {
    Instant deadline = Instant.now().plusSeconds(10);
    refresh();
    while (server.run(question).exit() != exit && Instant.now().isBefore(deadline)) {
      refresh();
    }
    assertThat(server.run(question).exit()).as(question).isEqualTo(exit);
  }

  private void assertRevoked(Holder revoked, Holder... others) throws Exception {
    server.copyIn(revoked.file(), "/tmp/revoked.pub");
    refreshUntil("ssh-keygen -Q -f /etc/daypass-host/krl /tmp/revoked.pub", 1);
    assertRefused(revoked, ACCOUNT);
    for (Holder other : others) {
      server.copyIn(other.file(), "/tmp/other.pub");
      assertWell(server.run("ssh-keygen -Q -f /etc/daypass-host/krl /tmp/other.pub"));
      assertOpens(other, ACCOUNT);
    }
  }

  private void assertOpens(Holder holder, String account) throws IOException {
    Command.Result result = login(holder.key(), holder.file(), account);
    assertThat(result.out()).as(result + server.log(port)).isEqualTo(account + "\n");
  }

  private void assertRefused(Holder holder, String account) throws IOException {
    Command.Result result = login(holder.key(), holder.file(), account);
    assertThat(result.exit()).as(result.toString()).isEqualTo(255);
    assertThat(result.out()).isEmpty();
  }

  private Command.Result login(Path key, Path certificate, String account) throws IOException {
    return server.ssh(port, key, certificate).and(account + "@127.0.0.1", "id -un").run();
  }

  private Process session(Holder holder, String command) throws IOException {
    return new ProcessBuilder(
            server
                .ssh(port, holder.key(), holder.file())
                .and(ACCOUNT + "@127.0.0.1", command)
                .words())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private Holder holder(String person, String role) throws Exception {
    return holder(person, role, "10m");
  }

  private Holder holder(String person, String role, String ttl) throws Exception {
    return Holder.granted(ca, server.folder(), person, role, ttl);
  }

  private String hostCertificate() throws IOException {
    return server.read("/etc/daypass-host/host-cert.pub");
  }

  /** Everything that daypass-host may change, by its content and rights. */
  private String files() throws IOException {
    return server.output(
        """
        find /etc/ssh /etc/daypass-host /etc/cron.d /etc/tmpfiles.d /etc/pam.d /etc/systemd/system \
          /run/daypass-proof /var/lib/daypass-host -printf '%p %m %u %l\\n' 2>/dev/null | sort
        find /etc/ssh /etc/cron.d /etc/tmpfiles.d /etc/pam.d /etc/passwd -type f \
          -exec sha256sum {} + 2>/dev/null | sort
        """);
  }

  private static String value(String token, String name) {
    byte[] lines = Base64.getUrlDecoder().decode(token.substring("dpj1.".length()));
    return new String(lines, StandardCharsets.UTF_8)
        .replaceFirst("(?s).*\\n?" + name + " (\\S+)\\n.*", "$1");
  }

  private static void assertWell(Command.Result result) {
    assertThat(result.exit()).as(result.toString()).isZero();
  }

  @Override
  public void close() throws IOException {
    if (open) {
      open = false;
      server.close();
      ca.checkInvariants();
      ca.close();
    }
  }
}
