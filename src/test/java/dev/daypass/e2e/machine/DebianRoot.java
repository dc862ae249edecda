package dev.daypass.e2e.machine;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A server of a Debian release in namespaces of its own: files, processes, host name and network,
 * which is loopback alone. Booted with its systemd, or with nothing but what a test starts.
 */
public final class DebianRoot implements TestServer {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long PAUSE_NANOS = 100_000_000;

  /** Laid over the release's root, so that it stays as it was made. */
  private static final String OVERLAY =
      """
      set -e
      mount -t tmpfs tmpfs "$1"
      mkdir "$1/upper" "$1/work" "$1/root"
      mount -t overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" overlay "$1/root"
      mkdir -p "$1/root/usr/lib/daypass"
      cp -r "$3"/* "$1/root/usr/lib/daypass/"
      ssh-keygen -q -A -f "$1/root"
      # OpenSSH 10 shuts out an address that is refused as often as a test is.
      [ ! -e "$1/root/usr/lib/openssh/sshd-session" ] \
        || echo 'PerSourcePenalties no' >>"$1/root/etc/ssh/sshd_config"
      : >"$1/root/is-a-test"
      """;

  private static final String BOOTED =
      OVERLAY
          + """
          export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1
          exec systemd-nspawn --quiet --boot --register=no --keep-unit --private-network \
            --link-journal=no --resolv-conf=off --timezone=off --console=read-only \
            --machine="$4" --directory="$1/root"
          """;

  private static final String BARE =
      OVERLAY
          + """
          cd "$1/root"
          mount -t tmpfs -o mode=755 tmpfs dev
          for node in null zero full random urandom tty; do
            : >"dev/$node"
            mount --bind "/dev/$node" "dev/$node"
          done
          mkdir dev/pts dev/shm
          ln -s pts/ptmx dev/ptmx
          ln -s /proc/self/fd dev/fd
          mount -t devpts -o newinstance,ptmxmode=0666,gid=5,mode=620 devpts dev/pts
          mount -t tmpfs -o mode=755 tmpfs run
          mkdir run/sshd run/lock
          exec unshare --net --pid --uts --ipc --fork --kill-child --mount-proc="$1/root/proc" \
            chroot . sh -c 'ip link set lo up; hostname "$1"; while :; do sleep 1; done' sh "$4"
          """;

  private final Path folder;
  private final Process holder;
  private final boolean booted;
  private final List<Process> started = new ArrayList<>();

  private DebianRoot(Path folder, Process holder, boolean booted) {
    this.folder = folder;
    this.holder = holder;
    this.booted = booted;
  }

  /** Without systemd: nothing runs but what a test starts. */
  public static DebianRoot bare(DebianRelease release) throws IOException {
    DebianRoot root = start(release, BARE, false);
    root.await("ip -o link show up", "lo");
    return root;
  }

  /** Booted with its systemd, its sshd and its logind. */
  public static DebianRoot booted(DebianRelease release) throws IOException {
    var _ = Command.program("systemd-nspawn");
    DebianRoot root = start(release, BOOTED, true);
    root.await("systemctl is-system-running", "running");
    return root;
  }

  private static DebianRoot start(DebianRelease release, String script, boolean booted)
      throws IOException {
    Path folder = Files.createTempDirectory("daypass-debian-");
    Path mount = Files.createDirectory(folder.resolve("mount"));
    Process holder =
        new ProcessBuilder(
                Command.of("unshare", "--mount", "--propagation", "private", "sh", "-c")
                    .and(script, "sh", mount.toString(), release.root().toString())
                    .and(HostPrograms.FOLDER.toString(), "daypass-" + release.suite())
                    .words())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("console").toFile())
            .start();
    DebianRoot root = new DebianRoot(folder, holder, booted);
    root.started.add(holder);
    return root;
  }

  /** Whether systemd runs there. */
  public boolean isBooted() {
    return booted;
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public Command inside(String... words) {
    return entering("--mount", "--pid", "--net", "--uts", "--ipc", "--root", "--wd=/")
        .and("env", "-i", "LC_ALL=C", "HOME=/root", "TERM=dumb")
        .and("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
        .and(words);
  }

  @Override
  public Command beside(String... words) {
    return entering("--net").and(words);
  }

  private Command entering(String... namespaces) {
    long first = firstProcess().orElseThrow(() -> new AssertionError("it does not run"));
    return Command.of("nsenter", "--target", Long.toString(first)).and(namespaces);
  }

  /** The child of who waits for it, once it is in there: nothing is ever done to this machine. */
  private Optional<Long> firstProcess() {
    return holder
        .children()
        .map(ProcessHandle::pid)
        .filter(pid -> Files.exists(Path.of("/proc", pid.toString(), "root", "is-a-test")))
        .findFirst();
  }

  /** Its files, as this machine sees them. */
  public Path seen() {
    long first = firstProcess().orElseThrow(() -> new AssertionError("it does not run"));
    return Path.of("/proc", Long.toString(first), "root");
  }

  @Override
  public void reach(int port) throws IOException {
    Path said = folder.resolve("relay-" + port);
    Command relay = beside("perl", "src/test/perl/relay.pl", Integer.toString(port));
    // The relay finds its way back by this descriptor.
    ProcessBuilder process =
        new ProcessBuilder(
            Command.of("sh", "-c", "exec 7</proc/self/ns/net; exec \"$@\"", "sh")
                .and(relay.words().toArray(String[]::new))
                .words());
    started.add(process.redirectErrorStream(true).redirectOutput(said.toFile()).start());
    awaitText(said, "ready");
  }

  @Override
  public int startSshd() throws IOException {
    if (booted) {
      output("systemctl restart ssh.service && systemctl is-active ssh.service");
      return 22;
    }
    int port = Loopback.freePort();
    Path log = folder.resolve("sshd-" + port);
    Process sshd =
        new ProcessBuilder(
                inside("/usr/sbin/sshd", "-D", "-e", "-p", Integer.toString(port))
                    .and("-o", "ListenAddress=127.0.0.1", "-o", "PidFile=/run/sshd.pid")
                    .and("-o", "LogLevel=VERBOSE", "-o", "MaxStartups=100")
                    .words())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    started.add(sshd);
    awaitText(log, "Server listening on 127.0.0.1");
    return port;
  }

  @Override
  public String log(int port) throws IOException {
    return booted
        ? output("journalctl --no-pager --quiet -u ssh.service")
        : Files.readString(folder.resolve("sshd-" + port));
  }

  private void await(String script, String expected) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (firstProcess().isEmpty() || !run(script).out().contains(expected)) {
      if (!holder.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError(script + ": " + Files.readString(folder.resolve("console")));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static void awaitText(Path file, String expected) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.readString(file).contains(expected)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(Files.readString(file));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public void close() throws IOException {
    for (Process process : started.reversed()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroy();
      process.onExit().join();
    }
    var _ = Command.of("rm", "-rf", "--one-file-system", folder.toString()).run();
  }
}
