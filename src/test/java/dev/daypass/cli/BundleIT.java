package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.TestCa;
import dev.daypass.cli.CommandLineRun.Outcome;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.custody.StateFolder;
import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code daypassd bundle}, from the daemon's machine to the root key's and back. */
final class BundleIT {
  @TempDir private Path folder;
  private final TestCa ca = TestCa.start();
  private final StateFolder state = new StateFolder(ca.files().state());

  @AfterEach
  void stop() {
    ca.checkInvariants();
    ca.close();
  }

  @Test
  void theNextBundleIsMadeSignedElsewhereShownAndPublished() throws Exception {
    Path made = folder.resolve("made");
    Path signed = folder.resolve("signed");
    assertThat(run("bundle", "make", "--mode", "proof", "--out", made.toString()).exit())
        .isEqualTo(ExitCode.DONE);
    assertThat(Files.readString(made)).startsWith("daypass-trust-bundle-v1\nnumber 2\n");
    Outcome sign = sign(made, state.offlineRootKey(), signed);
    assertThat(sign.exit()).as(sign.err()).isEqualTo(ExitCode.DONE);
    SignedTrustBundle bundle = SignedTrustBundle.parse(Files.readString(signed));
    assertThat(bundle.verifies(state.rootKey())).isTrue();
    assertThat(run("bundle", "show", signed.toString()).out())
        .contains(
            "Trust bundle 2\n", "modes        proof", state.rootKey().fingerprint().toString());

    Outcome published = run("bundle", "publish", signed.toString());
    assertThat(published.exit()).as(published.err()).isEqualTo(ExitCode.DONE);
    assertThat(published.out()).startsWith("done: trust bundle 2 is published\n");
    assertThat(served()).isEqualTo(Files.readString(signed));
    assertThat(newestPublished()).isEqualTo(2);
    assertThat(run("hosts", "token", "db-9").exit()).isEqualTo(ExitCode.DONE);
    ca.restart();
    assertThat(served()).isEqualTo(Files.readString(signed));
    assertThat(newestPublished()).isEqualTo(2);
    assertThat(run("bundle", "show").out()).startsWith("Trust bundle 2\n");
  }

  @Test
  void theBreakGlassKeyAndTheWitnessesAreChanged() throws Exception {
    OpenSshPrivateKey glass = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    Path key = Files.writeString(folder.resolve("glass.pub"), glass.publicKey().line() + " safe\n");
    Path witnesses =
        Files.writeString(
            folder.resolve("witnesses"),
            "# ours\nwitness w1 example.com/w1+0123abcd+AAAA\n\nquorum w1\n");
    Path made = folder.resolve("made");
    Outcome make =
        run(
            "bundle",
            "make",
            "--break-glass",
            key.toString(),
            "--witnesses",
            witnesses.toString(),
            "--out",
            made.toString());
    assertThat(make.exit()).as(make.err()).isEqualTo(ExitCode.DONE);
    assertThat(Files.readString(made))
        .contains(
            "\nbreak-glass " + glass.publicKey().line() + "\n",
            "\nwitness-policy witness w1 example.com/w1+0123abcd+AAAA\n",
            "\nwitness-policy quorum w1\n");
    Path signed = folder.resolve("signed");
    sign(made, state.offlineRootKey(), signed);
    Files.writeString(witnesses, "");
    String fingerprint = glass.publicKey().fingerprint().toString();
    Outcome next =
        run(
            "bundle",
            "make",
            "--from",
            signed.toString(),
            "--remove",
            fingerprint,
            "--witnesses",
            witnesses.toString());
    assertThat(next.out())
        .startsWith("daypass-trust-bundle-v1\nnumber 3\n")
        .doesNotContain("break-glass", "witness-policy");
    Files.writeString(witnesses, "witness w1 example.com/w1+0123abcd+AAAA\n");
    assertThat(run("bundle", "make", "--witnesses", witnesses.toString()).err())
        .contains("one quorum line");
  }

  @Test
  void publishesNothingThatServersWouldRefuse() throws Exception {
    String before = served();
    Path made = folder.resolve("made");
    run("bundle", "make", "--out", made.toString());
    Path thief = Files.createTempDirectory(folder, "thief").resolve("key");
    Files.writeString(
        thief, OpenSshPrivateKey.generate(SshKeyType.ED25519).encode("thief", Optional.empty()));
    Files.setPosixFilePermissions(thief, PosixFilePermissions.fromString("rw-------"));
    Path stolen = folder.resolve("stolen");
    assertThat(sign(made, thief, stolen).exit()).isEqualTo(ExitCode.DONE);
    assertThat(run("bundle", "publish", stolen.toString()).err())
        .contains("not signed by the root key", state.rootKey().fingerprint().toString());
    assertThat(run("bundle", "publish", state.bundle(1).toString()).err())
        .contains("its number is not above that of the served one, 1");
    assertThat(run("bundle", "publish", made.toString()).err()).contains("is not such a bundle");
    assertThat(served()).isEqualTo(before);
    assertThat(Files.exists(state.bundle(2))).isFalse();
    assertThat(newestPublished()).isEqualTo(1);
  }

  @Test
  void publishesNoBundleWithoutTheKeysInUse() throws Exception {
    TrustBundle newest = state.newestBundle().bundle();
    assertThat(publishedWithout("channel", newest.channelKeys().getFirst()))
        .contains("it leaves out the channel key of this daemon");
    assertThat(publishedWithout("user-ca", newest.userCaKeys().getFirst()))
        .contains("it leaves out the active user-ca key SHA256:");
    assertThat(publishedWithout("ledger", newest.ledgerKeys().getFirst()))
        .contains("it leaves out the active ledger key SHA256:");
  }

  /** What comes of a bundle that puts another key in the place of this one. */
  private String publishedWithout(String use, SshPublicKey old) throws Exception {
    OpenSshPrivateKey other = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    Path key = Files.writeString(folder.resolve("other.pub"), other.publicKey().line() + "\n");
    Path made = folder.resolve("made-" + use);
    String remove = old.fingerprint().toString();
    Outcome make =
        run("bundle", "make", "--add", use + "=" + key, "--remove", remove, "--out", "" + made);
    assertThat(make.exit()).as(make.err()).isEqualTo(ExitCode.DONE);
    Path signed = folder.resolve("signed-" + use);
    sign(made, state.offlineRootKey(), signed);
    return run("bundle", "publish", signed.toString()).err();
  }

  @Test
  void aKeyOfANewBundleIsCertifiedForNobody() throws Exception {
    OpenSshPrivateKey next = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    Path key = Files.writeString(folder.resolve("next.pub"), next.publicKey().line() + "\n");
    Path made = folder.resolve("made");
    Path signed = folder.resolve("signed");
    run("bundle", "make", "--add", "user-ca=" + key, "--out", made.toString());
    sign(made, state.offlineRootKey(), signed);
    assertThat(run("bundle", "publish", signed.toString()).exit()).isEqualTo(ExitCode.DONE);
    String token = ca.idp().token("alice@example.com", "dba");
    assertThat(ca.client().certificate(next, token).send().status()).isEqualTo(400);
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    assertThat(run("bundle", "make", "--add", "root=x").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run("bundle", "make", "--remove", "x").err()).contains("no fingerprint");
    assertThat(run("bundle", "make", "--mode", "none").err()).contains("no mode");
    String userCa = ca.files().userCa().fingerprint().toString();
    assertThat(run("bundle", "make", "--remove", userCa).err()).contains("no sound bundle");
    assertThat(run("bundle", "sign", "x").exit()).isEqualTo(ExitCode.USAGE);
  }

  private String served() throws IOException {
    return ca.client().get("/v1/bundle", Map.of()).body();
  }

  /** The number that the newest entry names, whose hash is that of what is served. */
  private long newestPublished() throws Exception {
    var ledger = ca.daemon().ledger();
    var newest =
        ledger
            .search(EntrySearch.of(Optional.of(EntryKind.BUNDLE_PUBLISHED), SearchKeys.NONE, 1))
            .getFirst();
    var part = ledger.entry(newest).flatMap(Entry::publicPart).orElseThrow();
    assertThat(part.text("sha256")).contains(Bytes.ofUtf8(served()).sha256().base64Url());
    return part.integer("number").orElseThrow();
  }

  /** On a machine that has neither configuration nor state. */
  private Outcome sign(Path made, Path key, Path signed) throws IOException {
    return new CommandLineRun(Files.createTempDirectory(folder, "offline"))
        .runBare(
            "--config",
            "/nonexistent",
            "bundle",
            "sign",
            made.toString(),
            "--root",
            key.toString(),
            "--out",
            signed.toString());
  }

  private Outcome run(String... arguments) throws IOException {
    String[] all =
        Stream.concat(
                Stream.of("--config", ca.files().configFile().toString()), Stream.of(arguments))
            .toArray(String[]::new);
    return new CommandLineRun(Files.createTempDirectory(folder, "run")).runBare(all);
  }
}
