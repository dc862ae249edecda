package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.CaFiles;
import dev.daypass.TestCa;
import dev.daypass.cli.CommandLineRun.Outcome;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.tlog.NoteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands beside a daemon that has issued a certificate. */
final class RunningCaIT {
  @TempDir private Path folder;
  private final TestCa ca = TestCa.start();
  private final SshSigner key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
  private CaAnswer answer;

  @BeforeEach
  void issue() throws IOException {
    answer = ask(key);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    ca.close();
  }

  @Test
  void showsTheEntryOfCertificate() throws IOException {
    Outcome outcome = run("ledger", "show", answer.text("serial"));

    assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out())
        .startsWith("entry " + answer.text("serial") + "  certificate.granted\n")
        .contains("leaf hash", "commits", "details", "alice@example.com", TestCa.ROLE)
        .containsPattern("\n  identity.username +alice@example.com\n")
        .containsPattern("\n  principals +daypass:" + TestCa.ROLE + "\n");
    assertThat(outcome.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(120));
  }

  @Test
  void listsWhatNobodyUsed() throws IOException {
    String[] ever = {"--from", "2020-01-01T00:00:00Z", "--to", "2100-01-01T00:00:00Z"};
    Outcome listed = run("ledger", "unused", ever[0], ever[1], ever[2], ever[3]);
    assertThat(listed.exit()).as(listed.err()).isEqualTo(ExitCode.DONE);
    assertThat(listed.out())
        .contains(
            "0 of 1 certificates granted since Wed 2020-01-01 00:00:00 UTC opened no session.",
            "1 more have opened none and have not ended yet.");
    assertThat(run("ledger", "unused", "--csv", ever[0], ever[1]).out())
        .isEqualTo("serial,granted,ended,user,role,reason\n");
    assertThat(run("ledger", "unused", "--from", "today").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void entryThatIsNotThereIsRefused() throws IOException {
    assertThat(run("ledger", "show", "999").err()).contains("there is no entry 999");
    assertThat(run("ledger", "show", "--", "-1").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void verifiesTheLedgerOfRunningDaemon() throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    Files.writeString(checkpoint, ca.client().checkpoint().encode());

    Outcome outcome = run("ledger", "verify", "--checkpoint", checkpoint.toString());

    assertThat(outcome.exit()).as(outcome.out() + outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out()).startsWith("good: the ledger test.invalid/daypass is whole");
  }

  @Test
  void verifiesWhatRunningDaemonServes() throws IOException {
    String url = ca.files().config().url();
    String memory = folder.resolve("memory").toString();

    Outcome first = run("ledger", "verify", "--from", url, "--remember", memory);
    assertThat(first.exit()).as(first.out() + first.err()).isEqualTo(ExitCode.DONE);
    assertThat(first.out())
        .containsPattern("read from +http")
        .contains("never verified from here before", "what is published has their hashes alone");
    assertThat(ask(key).status()).isEqualTo(201);
    Outcome second = run("ledger", "verify", "--from", url, "--remember", memory);
    assertThat(second.exit()).as(second.out() + second.err()).isEqualTo(ExitCode.DONE);
    assertThat(second.out()).containsPattern("last time +checkpoint of [0-9]+");
  }

  @Test
  void vkeyAloneSaysWhichLedgerIsMeant() throws IOException {
    Ed25519PublicKey ledgerKey = ca.files().ledgerKey();
    String vkey = NoteKey.ofEd25519(CaFiles.ORIGIN, ledgerKey.point().toArray()).vkey();
    String url = ca.files().config().url();
    assertThat(run("ledger", "verify", "--from", url, "--key", vkey).exit()).isZero();
    Path file = Files.writeString(folder.resolve("vkey"), vkey + "\n");
    assertThat(run("ledger", "verify", "--from", url, "--key", file.toString()).exit()).isZero();
    String other = NoteKey.ofEd25519("another.example", ledgerKey.point().toArray()).vkey();
    assertThat(run("ledger", "verify", "--from", url, "--key", other).out())
        .contains("a checkpoint is not signed by this ledger's key");
    assertThat(run("ledger", "verify", "--from", url, "--key", "a+b+c").exit())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void placeWithoutLedgerIsRefused() throws IOException {
    assertThat(run("ledger", "verify", "--from", folder.resolve("none").toString()).err())
        .contains("there is nothing at");
    assertThat(run("ledger", "verify", "--from", folder.toString()).err())
        .contains("there is no file checkpoint");
  }

  @Test
  void checkpointThatIsNoneIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "nonsense");

    assertThat(run("ledger", "verify", "--checkpoint", file.toString()).err())
        .contains("is no checkpoint");
  }

  @Test
  void idpTestSaysWhoOneWouldBe() throws IOException {
    String name = ca.files().config().identity().firstKey();
    Path token = Files.writeString(folder.resolve("token"), ca.idp().token(claims()));

    Outcome outcome = run("idp", "test", name, "--token-file", token.toString());

    assertThat(outcome.exit()).as(outcome.out() + outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out())
        .startsWith("good: " + name + " answers")
        .contains("the token is alice@example.com's", "account", "dba", TestCa.ROLE, "claims");
  }

  @Test
  void idpTestSaysWhyTokenIsRefused() throws IOException {
    String name = ca.files().config().identity().firstKey();
    Map<String, Object> claims = claims();
    claims.put("aud", "another");
    Path token = Files.writeString(folder.resolve("token"), ca.idp().token(claims));

    Outcome outcome = run("idp", "test", name, "--token-file", token.toString());

    assertThat(outcome.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(outcome.out()).contains("refused: ", "another");
  }

  /** CASES 38. */
  @Test
  void keyOnTheOperatorsListIsNeverCertified() throws IOException {
    Path list = folder.resolve("blocked-keys");
    Files.writeString(list, key.publicKey().fingerprint() + "  # lost\n");
    Files.writeString(
        ca.files().configFile(), "keys: { blocked: " + list + " }\n", StandardOpenOption.APPEND);
    ca.restart();

    CaAnswer refused = ask(key);
    CaAnswer other = ask(OpenSshPrivateKey.generate(SshKeyType.ED25519));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("key_blocked");
    assertThat(other.status()).isEqualTo(201);
    ca.checkInvariants();
  }

  /** Good at the moment at which the commands run. */
  private Map<String, Object> claims() {
    long now = CommandLineRun.SATURDAY.getEpochSecond();
    Map<String, Object> claims = ca.idp().claims("alice@example.com", "dba");
    claims.putAll(Map.of("iat", now, "auth_time", now, "exp", now + 3600));
    return claims;
  }

  private CaAnswer ask(SshSigner signer) throws IOException {
    String token = ca.idp().token("alice@example.com", "dba");
    return ca.client().certificate(signer, token).send();
  }

  private Outcome run(String... arguments) throws IOException {
    String[] all = new String[arguments.length + 2];
    all[0] = "--config";
    all[1] = ca.files().configFile().toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return new CommandLineRun(Files.createTempDirectory(folder, "run")).runBare(all);
  }
}
