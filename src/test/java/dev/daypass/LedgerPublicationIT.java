package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.export.FolderFiles;
import dev.daypass.export.HttpFiles;
import dev.daypass.ledger.publish.PublishedFiles;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.InclusionProof;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TreeProver;
import dev.daypass.tlog.tile.EntryBundle;
import dev.daypass.tlog.tile.Tile;
import dev.daypass.tlog.tile.TileHashReader;
import dev.daypass.tlog.tile.TilePath;
import dev.sigstore.merkle.InclusionProofVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The published ledger of a running daemon, read as a stranger reads it. */
@Timeout(120)
final class LedgerPublicationIT {
  @TempDir private Path copy;

  @Test
  void whatIsServedProvesEachCertificateToOthers() throws Exception {
    try (TestCa ca = TestCa.start()) {
      long serial = 0;
      for (int i = 0; i < 3; i++) {
        serial = issue(ca);
      }
      URI prefix = URI.create("http://127.0.0.1:" + ca.files().port() + "/ledger");
      try (HttpFiles served = new HttpFiles(prefix, Optional::empty)) {
        requireProves(served, new EntryNumber(serial), ca);
      }
    }
  }

  @Test
  void aCopyHoldsTheSameAndGoesOnAfterARestart() throws Exception {
    try (TestCa ca = TestCa.start()) {
      ca.restartAs(
          text -> text.replace("ledger: {", "ledger: { copies: [{ folder: " + copy + " }],"));
      issue(ca);
      awaitCopy(ca);
      ca.restart();
      long serial = issue(ca);
      awaitCopy(ca);
      requireProves(new FolderFiles(copy), new EntryNumber(serial), ca);
    }
  }

  @Test
  void aPlaceThatIsGoneStopsNoCertificateAndIsSeen() throws Exception {
    Path gone = copy.resolve("mnt");
    try (TestCa ca = TestCa.start()) {
      ca.restartAs(
          text -> text.replace("ledger: {", "ledger: { copies: [{ folder: " + gone + " }],"));
      issue(ca);
      CaAnswer readiness = ca.client().readiness();
      while (!readiness.body().contains("failing, ")) {
        readiness = ca.client().readiness();
      }
      assertThat(readiness.status()).as("it still issues").isEqualTo(200);
      Files.createDirectory(gone);
      awaitCopy(ca);
    }
  }

  private static void requireProves(PublishedFiles files, EntryNumber number, TestCa ca)
      throws Exception {
    SignedNote note = SignedNote.decode(content(files, PublishedFiles.CHECKPOINT).toArray());
    Checkpoint tree = Checkpoint.parse(note.text());
    NoteKey key = NoteKey.ofEd25519(CaFiles.ORIGIN, ca.files().ledgerKey().point().toArray());
    assertThat(key.verifies(note)).isTrue();
    TileHashReader tiles = new TileHashReader(tree.size(), path -> tile(files, path));
    InclusionProof proof = new TreeProver(tiles).inclusion(number, tree.size());
    TilePath.Entries bundle = new TilePath.Entries(0, (int) tree.size().value());
    byte[] entry =
        EntryBundle.decode(content(files, bundle.path()).toArray(), bundle.width())
            .entries()
            .get((int) number.value())
            .toArray();
    assertThat(Bytes.of(entry).utf8()).contains("certificate.granted");
    InclusionProofVerifier.verify(
        Hash.leaf(entry).toArray(),
        number.value(),
        tree.size().value(),
        proof.hashes().stream().map(Hash::toArray).toList(),
        tree.root().toArray());
  }

  private static Tile tile(PublishedFiles files, TilePath.Hashes path) {
    try {
      return Tile.decode(content(files, path.path()).toArray(), path.width());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new AssertionError(path.path(), e);
    }
  }

  private static Bytes content(PublishedFiles files, String path) throws IOException {
    return files.read(path).orElseThrow(() -> new AssertionError("no " + path));
  }

  private static long issue(TestCa ca) throws IOException {
    CaAnswer answer =
        ca.client()
            .certificate(
                OpenSshPrivateKey.generate(SshKeyType.ED25519),
                ca.idp().token("alice@example.com", "dba"))
            .send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return Long.parseLong(answer.text("serial"));
  }

  private static void awaitCopy(TestCa ca) throws IOException {
    while (!ca.client().get("/readyz", Map.of()).body().contains("\"copy-1\":\"ok, 0 behind\"")) {
      Thread.onSpinWait();
    }
  }
}
