package dev.daypass.cases;

import static dev.daypass.cases.CaseRow.granted;
import static dev.daypass.cases.CaseRow.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.CaAnswer;
import dev.daypass.Daemon;
import dev.daypass.DaemonStartFailed;
import dev.daypass.TestCa;
import dev.daypass.cert.Serial;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CASES 55 to 61, those that need no lost power. */
final class LedgerCases {
  private static final SshSigner KEY = OpenSshPrivateKey.generate(SshKeyType.ED25519);

  private LedgerCases() {}

  static List<CaseRow> rows() {
    return List.of(
        new CaseRow(55, "the first certificate of a ledger", LedgerCases::firstSerial),
        granted(
            55,
            "any certificate",
            scene -> scene.call().send(),
            certificate -> assertThat(certificate.content().serial()).isNotEqualTo(new Serial(0))),
        new CaseRow(
            56,
            "the serial is a text",
            scene -> {
              CaAnswer answer = scene.call().send();
              assertThat(answer.json().path("serial").isString()).isTrue();
              assertThat(answer.text("serial"))
                  .isEqualTo(answer.certificate().orElseThrow().content().serial().toString());
            }),
        new CaseRow(57, "a store restored from a backup", LedgerCases::restored),
        new CaseRow(58, "a second daemon on the same folder", LedgerCases::secondDaemon),
        new CaseRow(60, "the ledger takes no entry", LedgerCases::ledgerGone),
        refused(
            61,
            "a reason of 60 kB",
            400,
            "reason_malformed",
            call -> call.member("reason", "r".repeat(60_000))),
        new CaseRow(61, "the largest request that is granted", LedgerCases::largest));
  }

  private static void firstSerial(Scene unused) throws IOException {
    try (TestCa ca = TestCa.start()) {
      CaAnswer answer = issue(ca);
      assertThat(answer.certificate().orElseThrow().content().serial().bits()).isPositive();
      ca.checkInvariants();
    }
  }

  private static void restored(Scene unused) throws IOException {
    try (TestCa ca = TestCa.start()) {
      assertThat(issue(ca).status()).isEqualTo(201);
      ca.stopDaemon();
      Path store = ca.files().store();
      Path backup = store.resolveSibling("backup");
      Path newest = store.resolveSibling("newest");
      copy(store, backup);
      ca.startDaemon();
      assertThat(issue(ca).status()).isEqualTo(201);
      ca.stopDaemon();
      copy(store, newest);

      copy(backup, store);
      ca.startDaemon();
      CaAnswer readiness = ca.client().readiness();
      assertThat(readiness.status()).isEqualTo(503);
      assertThat(readiness.body()).contains("behind");
      CaAnswer answer = issue(ca);
      assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("unavailable");
      Outcome.contract("POST", Scene.PATH, answer);
      assertThat(ca.observed().certificates()).hasSize(2);
      ca.stopDaemon();

      copy(newest, store);
      ca.startDaemon();
      assertThat(issue(ca).status()).isEqualTo(201);
      ca.checkInvariants();
    }
  }

  /** A store with its write-ahead log: what of it is not copied must not be left lying. */
  private static void copy(Path from, Path to) throws IOException {
    for (String suffix : List.of("", "-wal", "-shm")) {
      Path source = from.resolveSibling(from.getFileName() + suffix);
      Path target = to.resolveSibling(to.getFileName() + suffix);
      Files.deleteIfExists(target);
      if (Files.exists(source) && !suffix.equals("-shm")) {
        Files.copy(source, target);
      }
    }
  }

  private static void secondDaemon(Scene unused) throws IOException {
    try (TestCa ca = TestCa.start()) {
      assertThatThrownBy(() -> Daemon.start(ca.files().config(), (_, _) -> {}))
          .isInstanceOf(DaemonStartFailed.class)
          .hasMessageNotContaining("Address already in use");
      assertThat(issue(ca).status()).isEqualTo(201);
      ca.checkInvariants();
    }
  }

  private static void ledgerGone(Scene unused) throws IOException {
    try (TestCa ca = TestCa.start()) {
      assertThat(issue(ca).status()).isEqualTo(201);
      ca.daemon().ledger().close();
      CaAnswer granted = issue(ca);
      assertThat(granted.status()).as(granted.body()).isEqualTo(503);
      Outcome.contract("POST", Scene.PATH, granted);
      String nobody = ca.idp().token("nobody@example.com");
      CaAnswer refused = ca.client().certificate(KEY, nobody).send();
      assertThat(refused.status()).as("no stays no: %s", refused.body()).isEqualTo(403);
      assertThat(ca.observed().certificates()).hasSize(1);
      ca.restart();
      assertThat(issue(ca).status()).isEqualTo(201);
      ca.checkInvariants();
    }
  }

  /** Whatever details hold, the entry in the tree holds hashes alone (DESIGN section 6). */
  private static void largest(Scene scene) throws Exception {
    CaAnswer answer =
        scene
            .call()
            .member("reason", "\u00e9".repeat(500))
            .member("restrict", java.util.Map.of("force_command", "\u00e9".repeat(1000)))
            .send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    var number = new dev.daypass.tlog.EntryNumber(Long.parseLong(answer.text("serial")));
    var entry = scene.ca().daemon().ledger().entry(number).orElseThrow();
    assertThat(entry.encode().size()).isLessThanOrEqualTo(1024);
  }

  private static CaAnswer issue(TestCa ca) throws IOException {
    return ca.client().certificate(KEY, ca.idp().token("alice@example.com", "dba")).send();
  }
}
