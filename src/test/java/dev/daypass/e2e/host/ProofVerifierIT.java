package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.LedgerProofExtension;
import dev.daypass.cert.Serial;
import dev.daypass.cert.TestCertificates;
import dev.daypass.e2e.Command;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code daypass-host-principals} answers sshd (CASES 78). The CA key is in the thief's hands
 * throughout: a refusal is because of the proof.
 */
final class ProofVerifierIT {
  private static final SshSigner STRANGER = OpenSshPrivateKey.generate(SshKeyType.ED25519);

  @TempDir Path folder;

  private Forgery forgery;
  private ProofHost host;

  @BeforeEach
  void start() throws Exception {
    forgery = new Forgery();
    host =
        ProofHost.in(folder)
            .trusts(
                TestLedger.ORIGIN, forgery.userCa().publicKey(), forgery.ledgerKey().publicKey());
  }

  @AfterEach
  void stop() {
    forgery.close();
  }

  @Test
  void printsTheAccountsPrincipalsForWhatWasGranted() throws Exception {
    assertThat(host.asking(ProofHost.ACCOUNT, forgery.granted()).output())
        .isEqualTo(ProofHost.PRINCIPALS);
  }

  @Test
  void refusesAnAccountThatTheMapDoesNotOpen() throws Exception {
    for (String account : List.of("root", "nobody", "db-debu", "db-debug2", "../db-debug", "")) {
      assertRefused(host.asking(account, forgery.granted()));
    }
  }

  @Test
  void opensOwnAccountsOfPeopleAndNoOthers() throws Exception {
    host.open("account db-debug daypass:x\nself daypass:own daypass:own@db-1\n");
    // Of this machine: nobody is above UID_MIN, daemon below, root besides named by a role.
    assertThat(host.asking("nobody", forgery.granted()).output())
        .isEqualTo("daypass:own+nobody\ndaypass:own@db-1+nobody\n");
    assertRefused(host.asking("daemon", forgery.granted()));
    assertRefused(host.asking("root", forgery.granted()));
    assertRefused(host.asking("does-not-exist", forgery.granted()));
    host.open("named nobody\nself daypass:own\n");
    assertRefused(host.asking("nobody", forgery.granted()));
  }

  @Test
  void refusesWordsThatAreNotTheCertificates() throws Exception {
    Certificate good = forgery.granted();
    List<String> words = host.asking(ProofHost.ACCOUNT, good).words();
    List<String> own = words.subList(words.size() - 4, words.size());
    for (int i = 0; i < own.size(); i++) {
      Command command = host.command().and(ProofHost.ACCOUNT);
      for (int j = 0; j < own.size(); j++) {
        command = command.and(i == j ? own.get(j) + "1" : own.get(j));
      }
      assertRefused(command);
    }
    assertRefused(host.command().and(own.toArray(String[]::new)));
  }

  @Test
  void refusesACertificateWithoutProof() throws Exception {
    assertRefused(forgery.signed(forgery.content().withoutProof()));
  }

  @Test
  void refusesAProofThatStandsTwice() throws Exception {
    Bytes proof = option(LedgerProofExtension.NAME, wrapped(proofText()));
    assertRefused(forgery.withExtensions(proof.concat(proof)));
    assertRefused(forgery.signed(proof, proof, new WireWriter().string(Bytes.EMPTY).toBytes()));
  }

  @Test
  void refusesAProofThatIsOutOfOrder() throws Exception {
    Bytes proof = option(LedgerProofExtension.NAME, wrapped(proofText()));
    Bytes pty = option("permit-pty", Bytes.EMPTY);
    assertThat(forgery.withExtensions(proof.concat(pty))).isEqualTo(forgery.granted().encode());
    assertRefused(forgery.withExtensions(pty.concat(proof)));
  }

  @Test
  void refusesTheProofOfAnotherCertificate() throws Exception {
    String others = forgery.otherGranted().content().proof().orElseThrow().utf8();
    Serial number = forgery.otherGranted().content().serial();
    assertRefused(forgery.withProof(others));
    assertRefused(
        forgery.signed(
            forgery.content().withoutProof().withSerial(number).withProof(Bytes.ofUtf8(others))));
  }

  @Test
  void refusesAnEntryOfAnotherKind() throws Exception {
    assertAccepted(forgery.inOwnTree(entry -> entry, forgery.ledgerKey()));
    for (String kind : List.of("certificate.failed", "host-certificate.granted")) {
      assertRefused(
          forgery.inOwnTree(
              entry -> entry.replace("certificate.granted", kind), forgery.ledgerKey()));
    }
  }

  /** The ledger key signed the tree of each: only the entry's form is at fault. */
  @Test
  void refusesAnEntryThatIsNotWhollyTheExpectedOne() throws Exception {
    List<UnaryOperator<String>> changes =
        List.of(
            entry -> entry + " ",
            entry -> entry.replace("\"v\":1", "\"v\":2"),
            entry -> entry.replace("\"v\":1", "\"v\":1,\"w\":1"),
            entry -> entry.replace(",\"details\"", ", \"details\""),
            entry -> entry.replace("{\"at\"", "{\"a\":1,\"at\""),
            entry -> entry.replaceFirst("T[0-9]{2}", "T24"),
            entry -> entry.replace("commits\":{", "commits\":{\"jwt\":\"\","),
            entry -> entry.replaceFirst("(\"ssh\":\")(.)", "$1-"),
            entry -> entry.replaceFirst("(\"details\":\"[^\"]{42}).", "$1B"));
    for (UnaryOperator<String> change : changes) {
      assertRefused(forgery.inOwnTree(change, forgery.ledgerKey()));
    }
  }

  @Test
  void refusesACertificateThatTheEntryDoesNotCommitTo() throws Exception {
    assertRefused(
        forgery.signed(TestCertificates.withKeyId(forgery.content(), "root role=everything")));
    CertificateOptions extensions = forgery.content().extensions();
    assertRefused(
        forgery.signed(
            TestCertificates.withOptions(
                forgery.content(), CertificateOptions.EMPTY, extensions.flag("permit-user-rc"))));
  }

  @Test
  void refusesAWrongInnerLength() throws Exception {
    Bytes text = proofText();
    for (int length : new int[] {0, text.size() - 1, text.size() + 1, Integer.MAX_VALUE}) {
      Bytes data = new WireWriter().uint32(length).raw(text).toBytes();
      assertRefused(forgery.withExtensions(option(LedgerProofExtension.NAME, data)));
    }
  }

  @Test
  void refusesTrailingBytes() throws Exception {
    Bytes one = Bytes.of(new byte[1]);
    Bytes proof = option(LedgerProofExtension.NAME, wrapped(proofText()));
    Bytes pty = option("permit-pty", Bytes.EMPTY);
    assertRefused(forgery.granted().encode().concat(one));
    assertRefused(forgery.withExtensions(proof.concat(pty).concat(one)));
    assertRefused(
        forgery.withExtensions(
            option(LedgerProofExtension.NAME, wrapped(proofText()).concat(one)).concat(pty)));
    assertRefused(
        forgery.signed(Bytes.EMPTY, proof.concat(pty), new WireWriter().string(one).toBytes()));
    assertRefused(forgery.withProof(text -> text + "\n"));
    assertRefused(forgery.withExtra(extra -> extra + "x\n"));
  }

  @Test
  void refusesAProofOf9KiB() throws Exception {
    String line = "\u2014 witness " + "A".repeat(1000) + "\n";
    assertAccepted(forgery.withProof(text -> text + line));
    assertRefused(forgery.withProof(text -> text + line.repeat(8)));
  }

  @Test
  void refusesAForgedCheckpoint() throws Exception {
    assertRefused(forgery.inOwnTree(entry -> entry, STRANGER));
    Bytes note = Bytes.ofUtf8(forgery.proof().checkpoint().text());
    assertAccepted(
        forgery.withSignature(SshSig.sign(forgery.ledgerKey(), "checkpoint@daypass.dev", note)));
    List<SshSig> forged =
        List.of(
            SshSig.sign(STRANGER, "checkpoint@daypass.dev", note),
            SshSig.sign(forgery.userCa(), "checkpoint@daypass.dev", note),
            SshSig.sign(forgery.ledgerKey(), "krl@daypass.dev", note),
            SshSig.sign(forgery.ledgerKey(), "checkpoint@daypass.dev", Bytes.ofUtf8("else")));
    for (SshSig signature : forged) {
      assertRefused(forgery.withSignature(signature));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "index 10=index 010",
        "index 10=index 9",
        "index 10=index 18446744073709551626",
        "c2sp.org/tlog-proof@v1=c2sp.org/tlog-proof@v2",
        "/daypass\n=/other\n",
        "extra =extra  ",
        "\u2014 =- "
      })
  void refusesAnotherSpelling(String change) throws Exception {
    String[] parts = change.split("=", 2);
    assertThat(proofText().utf8()).contains(parts[0]);
    assertRefused(forgery.withProof(text -> text.replace(parts[0], parts[1])));
  }

  @Test
  void refusesAnotherLedgerOrCaKey() throws Exception {
    host.trusts(
        "other.example.com/daypass", forgery.userCa().publicKey(), forgery.ledgerKey().publicKey());
    assertRefused(forgery.granted());
    host.trusts(TestLedger.ORIGIN, STRANGER.publicKey(), forgery.ledgerKey().publicKey());
    assertRefused(forgery.granted());
    host.trusts(TestLedger.ORIGIN, forgery.userCa().publicKey(), STRANGER.publicKey());
    assertRefused(forgery.granted());
  }

  @Test
  void refusesFilesThatOthersMayWriteOrThatAreNotThere() throws Exception {
    for (String name : List.of("bundle", "principals.map")) {
      Path file = host.etc().resolve(name);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
      assertRefused(forgery.granted());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      Path target = Files.move(file, folder.resolve(name));
      assertRefused(forgery.granted());
      Files.createSymbolicLink(file, target);
      assertRefused(forgery.granted());
      Files.delete(file);
      Files.move(target, file);
    }
    assertAccepted(forgery.granted());
  }

  @Test
  void remembersAGoodProofOnlyForThisCertificateAndBundle() throws Exception {
    assertAccepted(forgery.granted());
    assertThat(remembered()).hasSize(1);
    // The account's map is read each time.
    host.open("account other daypass:other\n");
    assertRefused(forgery.granted());
    assertRefused(forgery.withExtra(extra -> extra.replace("2026", "2027")));
    assertThat(remembered()).hasSize(1);
    host.trusts(TestLedger.ORIGIN, forgery.userCa().publicKey(), STRANGER.publicKey());
    assertRefused(forgery.granted());
  }

  @Test
  void remembersForFiveSeconds() throws Exception {
    assertAccepted(forgery.granted());
    Path mark = remembered().getFirst();
    var old = Files.getLastModifiedTime(mark).toInstant().minusSeconds(6);
    Files.setLastModifiedTime(mark, FileTime.from(old));
    assertAccepted(forgery.granted());
    assertThat(Files.getLastModifiedTime(mark).toInstant()).isAfter(old.plusSeconds(5));
  }

  @Test
  void refusesACacheThatOthersMayWrite() throws Exception {
    Files.setPosixFilePermissions(host.run(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertRefused(forgery.granted());
    Files.delete(host.run());
    assertAccepted(forgery.granted());
  }

  private List<Path> remembered() throws IOException {
    try (Stream<Path> files = Files.list(host.run())) {
      return files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}")).toList();
    }
  }

  private void assertAccepted(Certificate certificate) throws IOException {
    assertThat(host.asking(ProofHost.ACCOUNT, certificate).output())
        .isEqualTo(ProofHost.PRINCIPALS);
  }

  private void assertRefused(Certificate certificate) throws IOException {
    assertRefused(host.asking(ProofHost.ACCOUNT, certificate));
  }

  private void assertRefused(Bytes blob) throws IOException {
    assertRefused(host.asking(ProofHost.ACCOUNT, forgery.granted(), blob));
  }

  private static void assertRefused(Command command) throws IOException {
    Command.Result result = command.run();
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
  }

  private Bytes proofText() {
    return forgery.content().proof().orElseThrow();
  }

  private static Bytes wrapped(Bytes text) {
    return new WireWriter().string(text).toBytes();
  }

  private static Bytes option(String name, Bytes data) {
    return new WireWriter().text(name).string(data).toBytes();
  }
}
