package dev.daypass.e2e.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.machine.DebianRelease;
import dev.daypass.e2e.machine.DebianRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The Debian packages on a booted Debian 12, from the first installation to the last trace. The
 * tests go on where the one before stopped.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class PackagesIT {
  private static final String READY = "curl -sSf http://127.0.0.1:9443/readyz >/dev/null";
  private static final Parts PARTS = new Parts();
  private static DebianRoot root;

  @BeforeAll
  static void start() throws Exception {
    root = PARTS.started(DebianRoot.booted(DebianRelease.BOOKWORM));
    does("rm -rf /usr/lib/daypass; mkdir /root/debs");
    for (Path file : packages()) {
      String there = root.seen().resolve("root/debs").toString();
      var _ = Command.of("cp", file.toString(), there).output();
    }
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @Test
  @Order(1)
  void lintianFindsNoFault() throws Exception {
    Command lintian = Command.of("lintian", "--fail-on", "error,warning", "--tag-display-limit=0");
    Command.Result found =
        lintian
            .and(packages().stream().map(Path::toString).toArray(String[]::new))
            .lasting(300)
            .run();
    assertThat(found.exit()).as(found.toString()).isZero();
  }

  @Test
  @Order(2)
  void installs() throws Exception {
    assertThat(does("dpkg --install /root/debs/*.deb"))
        .contains("runuser -u daypass -- daypassd init");
    assertThat(
            does(
                "stat -c '%U %a %n' /var/lib/daypass /var/lib/daypass-head"
                    + " /var/lib/daypass-signer"))
        .isEqualTo(
            """
            daypass 700 /var/lib/daypass
            daypass 700 /var/lib/daypass-head
            daypass-signer 700 /var/lib/daypass-signer
            """);
    assertThat(does("daypassd version; daypass version; daypass-host version"))
        .contains("AmazonCorretto", "daypass-host 0.1.0");
    // Its archive of classes, by which it starts faster, is the one for these files.
    does("/usr/lib/daypass/runtime/bin/java -Xshare:on -version");
    assertThat(root.run("systemctl is-enabled daypassd").out()).isEqualTo("disabled\n");
    does("find /usr/lib/daypass \\( ! -user root -o -perm /022 \\) -print | (! grep .)");
    does("zcat /usr/share/man/man8/daypassd.8.gz | grep -q DAYPASSD");
    assertThat(listedLibraries()).isEqualTo(does("ls /usr/lib/daypass/lib | grep -vx daypass.jar"));
  }

  @Test
  @Order(3)
  void servesOnceItIsConfigured() throws Exception {
    does(
        """
        cat >/etc/daypass/daypass.yaml <<'END'
        url: http://127.0.0.1:8443
        listen: { api: 127.0.0.1:8443, insecure-plain-http: loopback }
        ledger: { origin: ca.example.com/daypass }
        identity:
          ci: { preset: github-actions, audience: daypass }
        hosts: { patterns: ["*.prod.example.com"] }
        END
        cat >/etc/daypass/policy.yaml <<'END'
        roles:
          shell:
            for: { kind: service, issuers: [ci] }
            accounts: [deploy]
            hosts: { env: prod }
            ttl: { default: 5m, max: 10m }
            allow: [{ when: 'identity.claims.repository == "example/web"' }]
        END
        runuser -u daypass -- daypassd init
        systemctl enable --now daypassd
        """);
    does(READY);
  }

  @Test
  @Order(4)
  void aServerJoinsIt() throws Exception {
    does("useradd -m -s /bin/sh -p '*' deploy");
    does(
        """
        token=$(daypassd hosts token db-1.prod.example.com --label env=prod | grep -o 'dpj1[^ ]*' | head -n 1)
        daypass-host join --token "$token" --mode proof
        sshd -T -C user=deploy,host=h,addr=192.0.2.7 | grep daypass-host-principals
        """);
    does("systemctl is-active daypass-host-wait.service daypass-host-refresh.timer");
  }

  /** What was configured is kept, and who ran runs again. */
  @Test
  @Order(5)
  void upgrades() throws Exception {
    String before = does("systemctl show -P MainPID daypassd");
    String config = does("sha256sum /etc/daypass/*");
    does(
        """
        for file in /root/debs/*.deb; do
          rm -rf /root/newer && dpkg-deb --raw-extract "$file" /root/newer
          sed -i 's/^Version: .*/&.1/' /root/newer/DEBIAN/control
          dpkg-deb -Znone --root-owner-group --build /root/newer "/root/$(basename "$file")" >/dev/null
        done
        dpkg --install /root/*.deb
        rm /root/*.deb
        """);
    does(READY);
    assertThat(does("systemctl show -P MainPID daypassd")).isNotEqualTo(before);
    assertThat(does("sha256sum /etc/daypass/*")).isEqualTo(config);
    does("daypass-host refresh; systemctl is-active daypass-host-wait.service");
  }

  /** sshd and PAM ran programs of the package: without them nobody would get in. */
  @Test
  @Order(6)
  void aServerLeavesBeforeItsProgramsGo() throws Exception {
    assertThat(does("dpkg --remove daypass-host")).contains("no longer trusts");
    does("sshd -t; ! grep -r daypass /etc/ssh /etc/pam.d /etc/systemd/system/*.wants 2>/dev/null");
    does("systemctl is-active ssh.service");
  }

  @Test
  @Order(7)
  void removesAndComesBack() throws Exception {
    does("dpkg --remove daypass");
    assertThat(root.run("systemctl is-active daypassd").out()).isEqualTo("inactive\n");
    does("test ! -e /usr/lib/daypass && test -e /etc/daypass/daypass.yaml");
    does("test -e /var/lib/daypass/ledger.db");
    does("dpkg --install /root/debs/daypass_*.deb && systemctl start daypassd");
    does(READY);
  }

  /** Keys and ledger cannot be made again: purging them is not dpkg's to do. */
  @Test
  @Order(8)
  void purgesAllButKeysAndLedger() throws Exception {
    assertThat(does("dpkg --purge daypass daypass-helper daypass-host"))
        .contains("kept, with what only it has: /var/lib/daypass\n")
        .doesNotContain("only it has: /var/lib/daypass-signer");
    does("test ! -e /etc/daypass && test ! -e /etc/daypass-host && test ! -e /usr/bin/daypass");
    does("test -e /var/lib/daypass/ledger.db");
    assertThat(does("dpkg --list | grep daypass || echo none")).isEqualTo("none\n");
  }

  /** The files of the libraries that the bill of materials names. */
  private static String listedLibraries() throws Exception {
    return does(
        """
        zcat /usr/share/doc/daypass/bom.json.gz | perl -MJSON::PP -e '
          local $/;
          for my $part (@{ decode_json(<STDIN>)->{components} }) {
            my ($classifier) = $part->{purl} =~ /classifier=([^&]+)/;
            print join("-", $part->{name}, $part->{version}, $classifier // ()), ".jar\n";
          }' | sort
        """);
  }

  private static List<Path> packages() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> packages =
          files.filter(file -> file.toString().endsWith(".deb")).sorted().toList();
      assertThat(packages).as("mvn -Ppackages package makes them").hasSize(3);
      return packages;
    }
  }

  private static String does(String script) throws Exception {
    return root.output("set -e; cd /; " + script);
  }
}
