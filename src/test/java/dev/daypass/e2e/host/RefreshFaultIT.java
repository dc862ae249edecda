package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.machine.HostRoot;
import dev.daypass.fleet.WhenExpired;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to {@code refresh}, at whatever step, logins keep working with the last good
 * state, and the next one that is left in peace catches up.
 */
final class RefreshFaultIT {
  private static final boolean LONG = Boolean.getBoolean("daypass.long");
  private static final String ACCOUNT = ProofHost.ACCOUNT;
  private static final String PROGRAM = "/usr/lib/daypass/daypass-host";

  /** Larger than a page, so that a full disk can cut it. */
  private static final String MAP =
      "account %s daypass:r\n".formatted(ACCOUNT)
          + IntStream.range(100, 400)
              .mapToObj(n -> "account zz-%d daypass:r\n".formatted(n))
              .collect(Collectors.joining())
          + "grace %s 0s\nnamed %s\n".formatted(ACCOUNT, ACCOUNT);

  private static final Parts PARTS = new Parts();
  private static HostRoot root;
  private static FakeFleet fleet;
  private static Path certificate;
  private static int port;
  private static int version = 1;

  /** What the short form tries of all that the long one does; printed, to be tried again. */
  private static final long SEED = Long.getLong("daypass.seed", System.nanoTime());

  private final Random sample = new Random(SEED);

  @BeforeAll
  static void start() throws Exception {
    System.out.println("-Ddaypass.seed=" + SEED);
    root = PARTS.started(HostRoot.start());
    root.makeAccount(ACCOUNT);
    keygen("-t", "ed25519", "-N", "", "-f", file("user_ca"));
    keygen("-t", "ed25519", "-N", "", "-f", file("key"));
    keygen(
        "-s",
        file("user_ca"),
        "-I",
        "a",
        "-n",
        "daypass:r",
        "-z",
        "5",
        "-V",
        "-1h:+1h",
        file("key.pub"));
    certificate = Path.of(file("key-cert.pub"));
    OpenSshPrivateKey ca =
        OpenSshPrivateKey.parse(Files.readString(Path.of(file("user_ca"))), Optional.empty());
    fleet =
        PARTS.started(
            FakeFleet.start(
                root.folder(),
                "ca.example.com/daypass",
                ca.publicKey(),
                OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey()));
    publish();
    root.output("mkdir \"$1\"", file("tmp"));
    var _ = root.inside(PROGRAM, "join", "--token", fleet.token()).output();
    port = root.startSshd();
    assertOpens("after joining");
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @Test
  void killedAtAnyStep() throws Exception {
    Command.Result result = new Command.Result(137, "", "");
    int stride = LONG ? 5 : 120;
    for (int step = 3 + sample.nextInt(stride); result.exit() != 0; step += stride) {
      publish();
      result =
          refreshing(
              "strace",
              "-qq",
              "-o",
              "/dev/null",
              "-e",
              "trace=process",
              "-e",
              "inject=clone,fork,vfork:signal=KILL:when=" + step);
      assertThat(step).as("it ends some time").isLessThan(5000);
      assertOpens("killed at its process " + step + ": " + result);
      assertThat(root.run("sshd -t").toString()).contains("exit=0");
    }
    catchesUp();
  }

  /** What is written is whole or not there at all. */
  @Test
  void withoutRoomForWhatIsNew() throws Exception {
    root.output(
        """
        cp -a /etc/daypass-host /etc/kept
        mount -t tmpfs -o size=400k,mode=755 tmpfs /etc/daypass-host
        cp -a /etc/kept/. /etc/daypass-host/
        """);
    for (int pages : LONG ? IntStream.range(0, 6).toArray() : new int[] {0, sample.nextInt(1, 6)}) {
      publish();
      String before = root.read("/etc/daypass-host/principals.map");
      root.run("cat /dev/zero >/etc/daypass-host/filler");
      root.output("truncate -s -$(($1 * 4096)) /etc/daypass-host/filler", "" + pages);
      Command.Result result = refreshing();
      assertOpens(pages + " pages left: " + result);
      if (result.exit() != 0) {
        assertThat(result.err()).contains("cannot be written; it stays what it was.");
        assertThat(root.read("/etc/daypass-host/principals.map")).isEqualTo(before);
      }
      assertThat(result.exit()).as("%s pages: %s", pages, result).isIn(pages == 0 ? 2 : 0, 2);
      assertThat(root.run("ls /etc/daypass-host/*.daypass-new").out()).isEmpty();
      root.output("rm /etc/daypass-host/filler");
      catchesUp();
    }
    root.output(
        "umount /etc/daypass-host && cp -a /etc/kept/. /etc/daypass-host/ && rm -r /etc/kept");
  }

  @Test
  void withoutRoomToWork() throws Exception {
    for (int pages : LONG ? new int[] {1, 4, 8, 16, 24} : new int[] {1, sample.nextInt(4, 24)}) {
      publish();
      root.output("mount -t tmpfs -o size=$(($1 * 4096)) tmpfs \"$2\"", "" + pages, file("tmp"));
      Command.Result result = refreshing();
      root.output("umount \"$1\"", file("tmp"));
      assertThat(result.exit() == 0).as(result.toString()).isEqualTo(isCaughtUp());
      assertOpens(pages + " pages to work in: " + result);
      catchesUp();
    }
  }

  @Test
  void everyRenameAndEverySyncFailing() throws Exception {
    for (String fault :
        List.of(
            "rename,renameat,renameat2:error=ENOSPC",
            "rename,renameat,renameat2:error=EIO",
            "fsync,fdatasync:error=EIO")) {
      publish();
      Command.Result result =
          refreshing(
              "strace",
              "-f",
              // Nothing else that its programs do stops them.
              "--seccomp-bpf",
              "-qq",
              "-o",
              "/dev/null",
              "-e",
              "trace=" + fault.replaceFirst(":.*", ""),
              "-e",
              "inject=" + fault);
      assertThat(result.exit()).as(fault + result).isEqualTo(2);
      assertThat(result.err()).contains("cannot be written; it stays what it was.");
      assertOpens(fault);
      catchesUp();
    }
  }

  /** Every answer, spoilt in every way; in the short form every way once. */
  @Test
  void everyAnswerSpoilt() throws Exception {
    Map<String, byte[]> older = answers();
    publish();
    catchesUp();
    String before = files();
    int turn = sample.nextInt(older.size());
    for (String target : older.keySet()) {
      byte[] good = fleet.bytes(target);
      for (var way : spoilt(good, older.get(target)).entrySet()) {
        if (LONG || turn++ % older.size() == 0) {
          String what = target + " " + way.getKey();
          fleet.answer(target, way.getValue());
          assertThat(refreshing().exit()).as(what).isIn(2, 4);
          assertThat(files()).as(what).isEqualTo(before);
          assertOpens(what);
        }
      }
      turn++;
      fleet.answer(target, good);
    }
    catchesUp();
  }

  private static Map<String, byte[]> spoilt(byte[] good, byte[] older) {
    Map<String, byte[]> spoilt = new LinkedHashMap<>();
    spoilt.put("empty", new byte[0]);
    spoilt.put("cut", Arrays.copyOf(good, good.length / 2));
    spoilt.put("without its end", Arrays.copyOf(good, good.length - 40));
    spoilt.put("a page", "<html>Bad gateway</html>\n".getBytes(StandardCharsets.UTF_8));
    spoilt.put("doubled", (text(good) + text(good)).getBytes(StandardCharsets.ISO_8859_1));
    spoilt.put("of before", older);
    return spoilt;
  }

  /** One part that is good comes into force, whatever the others are. */
  @Test
  void oneBadPartHoldsNoOtherBack() throws Exception {
    publish();
    byte[] good = fleet.bytes("/v1/krl.sig");
    fleet.answer("/v1/krl.sig", new byte[0]);
    assertThat(refreshing().exit()).isEqualTo(2);
    assertThat(isCaughtUp()).isTrue();
    assertThat(root.read("/etc/daypass-host/krl.version"))
        .isEqualTo("version " + (version - 1) + "\n");
    fleet.answer("/v1/krl.sig", good);
    catchesUp();
  }

  @Test
  void aHostCertificateOfAnother() throws Exception {
    keygen("-t", "ed25519", "-N", "", "-f", file("other"));
    keygen("-h", "-s", file("host_ca"), "-I", "x", "-n", FakeFleet.NAME, file("other.pub"));
    String other = Files.readString(Path.of(file("other-cert.pub"))).strip();
    String own = root.read("/etc/ssh/ssh_host_ed25519_key.pub");
    Files.writeString(Path.of(file("own.pub")), own);
    keygen("-h", "-s", file("host_ca"), "-I", "x", "-n", "a.example.com", file("own.pub"));
    String misnamed = Files.readString(Path.of(file("own-cert.pub"))).strip();
    keygen("-h", "-s", file("user_ca"), "-I", "x", "-n", FakeFleet.NAME, file("own.pub"));
    String foreign = Files.readString(Path.of(file("own-cert.pub"))).strip();
    // Nothing is due before a third of its life is over.
    keygen(
        "-h",
        "-s",
        file("host_ca"),
        "-I",
        "x",
        "-n",
        FakeFleet.NAME,
        "-V",
        "-2h:+1h",
        file("own.pub"));
    root.write("/etc/daypass-host/host-cert.pub", Files.readString(Path.of(file("own-cert.pub"))));
    String before = root.read("/etc/daypass-host/host-cert.pub");
    for (String certificate : List.of(other, misnamed, foreign, "ssh-ed25519 AAAA")) {
      fleet.answer("certificate", certificate.replaceFirst("^(\\S+ \\S+) .*", "$1"));
      Command.Result result = refreshing();
      assertThat(result.exit()).as(result.toString()).isEqualTo(2);
      assertThat(result.err()).contains("The host certificate is not this server's.");
      assertThat(root.read("/etc/daypass-host/host-cert.pub")).isEqualTo(before);
      assertOpens(certificate);
    }
    fleet.answerWell("certificate");
    catchesUp();
    assertThat(root.read("/etc/daypass-host/host-cert.pub")).isNotEqualTo(before);
  }

  /** Nobody answers: nothing changes, and it is said how old what is here has become. */
  @Test
  void saysHowOldItIsWhenNobodyAnswers() throws Exception {
    end("principals.map");
    root.output("cd /etc/daypass-host && touch -d '2 days ago' krl.version");
    root.write("/etc/daypass-host/url", "http://127.0.0.1:1\n");
    Command.Result result = refreshing();
    assertThat(result.exit()).as(result.toString()).isEqualTo(4);
    assertThat(result.err())
        .contains("cannot be reached")
        .contains("The principal map ended at 2026-01-01T00:00:00Z.")
        .contains("The list of revoked certificates is older than a day.");
    assertOpens("stale");
    assertThat(root.host("doctor").out()).contains("The principal map ended at 2026-01-01");
    root.write("/etc/daypass-host/url", fleet.url() + "\n");
    publish();
    catchesUp();
  }

  /** After its end it is the bundle that says what happens. */
  @Test
  void afterItsEndTheBundlesWordCounts() throws Exception {
    ended(WhenExpired.KEEP);
    Command.Result kept = refreshing();
    assertThat(kept.err()).contains("The trust bundle ended at").contains("stays in force");
    assertOpens("it says keep");
    ended(WhenExpired.CLOSE);
    Command.Result closed = refreshing();
    assertThat(closed.exit()).as(closed.toString()).isEqualTo(2);
    assertThat(closed.err()).contains("It says that no certificate opens anything then.");
    assertThat(login().succeeded()).isFalse();
    fleet.publishBundle(Instant.now().plus(Duration.ofDays(1)), WhenExpired.KEEP);
    catchesUp();
  }

  /** It has a bundle that says so and has ended, and is offered no better one. */
  private static void ended(WhenExpired then) throws Exception {
    fleet.publishBundle(Instant.now().plus(Duration.ofDays(1)), then);
    catchesUp();
    end("bundle");
    fleet.publishBundle(Instant.now().minusSeconds(1), then);
  }

  /** As if its time had come. */
  private static void end(String document) throws IOException {
    root.output(
        "sed -i 's/^valid-until .*/valid-until 2026-01-01T00:00:00Z/' /etc/daypass-host/"
            + document);
  }

  /** Two at a time: one waits for the other, and nothing is lost. */
  @Test
  void severalAtOnce() throws Exception {
    publish();
    String script =
        "for i in 1 2 3; do "
            + PROGRAM
            + " refresh --quiet & p=\"$p $!\"; done;"
            + " for q in $p; do wait $q || exit 1; done";
    root.output(script);
    assertOpens("three at once");
    catchesUp();
  }

  /** A new version of all: what it opens stays the same. */
  private static void publish() throws Exception {
    version++;
    fleet.publishMap(version, MAP + "label version=" + version + "\n");
    fleet.publishKrl(version, "serial: " + (1000 + version));
  }

  private static void catchesUp() throws IOException {
    Command.Result result = refreshing();
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(isCaughtUp()).isTrue();
    assertThat(root.read("/etc/daypass-host/krl.version")).isEqualTo("version " + version + "\n");
    assertOpens("caught up");
  }

  private static boolean isCaughtUp() throws IOException {
    return root.read("/etc/daypass-host/principals.map").contains("\nversion " + version);
  }

  private static Command.Result refreshing(String... under) {
    try {
      return root.inside("env", "TMPDIR=" + file("tmp"))
          .and(under)
          .and("sh", PROGRAM, "refresh")
          .run();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, byte[]> answers() {
    Map<String, byte[]> answers = new LinkedHashMap<>();
    for (String target : List.of("/v1/hosts/me/principals", "/v1/krl", "/v1/krl.sig")) {
      answers.put(target, fleet.bytes(target));
    }
    return answers;
  }

  private static String files() {
    try {
      return root.output(
          "find /etc/ssh /etc/daypass-host /etc/pam.d -type f -exec sha256sum {} + | sort");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertOpens(String when) {
    try {
      Command.Result result = login();
      assertThat(result.out()).as(when + ": " + result).isEqualTo(ACCOUNT + "\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Command.Result login() throws IOException {
    Command ssh = root.ssh(port, Path.of(file("key")), certificate);
    return ssh.and(ACCOUNT + "@127.0.0.1", "id -un").run();
  }

  private static void keygen(String... words) throws IOException {
    var _ = Command.of("ssh-keygen", "-q").and(words).output();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String file(String name) {
    return root.folder().resolve(name).toString();
  }
}
