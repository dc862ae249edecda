package dev.daypass.e2e.machine;

import dev.daypass.e2e.Command;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** A Debian release, by the OpenSSH that it ships. */
public enum DebianRelease {
  /** Debian 11: OpenSSH 8.4. */
  BULLSEYE,
  /** Debian 12: OpenSSH 9.2. */
  BOOKWORM,
  /** Debian 13: OpenSSH 10.0. */
  TRIXIE;

  /** What daypass-host needs, what it works with, and what sessions are tried with. */
  private static final String PACKAGES =
      "openssh-server,curl,perl,systemd-sysv,dbus,libpam-systemd,cron,sudo,tmux,iproute2,procps";

  /** Outside the build's folder, so that cleaning keeps what took minutes. */
  private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "daypass");

  /** Where this machine takes its own packages from: it knows a mirror that can be reached. */
  private static final String BUILD =
      """
      set -eu
      mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' \
        | grep -v security | head -n 1)
      rm -rf "$2.new"
      mmdebstrap --quiet --variant=minbase --include="$3" "$1" "$2.new" "$mirror" >&2
      rm -f "$2.new"/etc/ssh/ssh_host_*
      mv "$2.new" "$2"
      """;

  String suite() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its root, made once; nobody writes there. */
  Path root() throws IOException {
    var _ = Command.program("mmdebstrap");
    Files.createDirectories(CACHE);
    Path root = CACHE.resolve("debian-" + suite() + "-" + Integer.toHexString(PACKAGES.hashCode()));
    try (FileChannel channel =
            FileChannel.open(
                CACHE.resolve(suite() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (Files.notExists(root)) {
        var _ =
            Command.of("sh", "-c", BUILD, "sh", suite(), root.toString(), PACKAGES)
                .lasting(600)
                .output();
      }
    }
    return root;
  }
}
