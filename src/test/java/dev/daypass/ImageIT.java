package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The image in {@code target/daypass} on a machine without Java: a bare Debian 12 root, made with
 * {@code mmdebstrap}, in namespaces of its own.
 */
class ImageIT {
  private static final Path IMAGE = Path.of("target/daypass").toAbsolutePath();
  private static final Path ROOT = Path.of("target/bare-root").toAbsolutePath();

  private record Run(int exit, String output) {}

  @BeforeAll
  static void makeRoot() throws Exception {
    if (Files.exists(ROOT.resolve("etc/debian_version"))) {
      return;
    }
    Run made =
        run(List.of("mmdebstrap", "--quiet", "--variant=essential", "bookworm", ROOT.toString()));
    assertThat(made.exit()).as(made.output()).isZero();
  }

  @Test
  void theRootHasNoJava() throws Exception {
    assertThat(inRoot("command -v java || echo none").output()).contains("none");
  }

  @Test
  void saysItsVersion() throws Exception {
    Run run = inRoot("/opt/daypass/bin/daypassd version");

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.output()).contains("AmazonCorretto");
  }

  @Test
  void makesKeysChecksAndServes() throws Exception {
    Run run =
        inRoot(
            """
            set -eu
            export HOME=/root
            cd /etc/daypass
            cat >daypass.yaml <<'EOF'
            url: http://127.0.0.1:8443
            listen: { api: 127.0.0.1:8443, insecure-plain-http: loopback }
            ledger: { origin: ca.example.com/daypass, head: /var/lib/daypass-head/head }
            identity:
              ci: { preset: github-actions, audience: daypass }
            EOF
            cat >policy.yaml <<'EOF'
            roles:
              shell:
                for: { kind: service, issuers: [ci] }
                accounts: [deploy]
                ttl: { default: 5m, max: 10m }
                allow: [{ when: 'identity.claims.repository == "example/web"' }]
            EOF
            mkdir -m 700 /var/lib/daypass-head
            /opt/daypass/bin/daypassd init
            /opt/daypass/bin/daypassd check
            timeout 60 /opt/daypass/bin/daypassd serve 2>serve.log &
            server=$!
            for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
              grep -q serving serve.log && break
              sleep 1
            done
            kill $server
            wait $server || true
            cat serve.log
            """);

    assertThat(run.output()).contains("serving http://127.0.0.1:8443");
    assertThat(run.exit()).as(run.output()).isZero();
  }

  /** In the root, with the image mounted where a package would put it. */
  private static Run inRoot(String script) throws IOException, InterruptedException {
    String mount =
        """
        set -eu
        mount -t proc proc "$1/proc"
        mkdir -p "$1/opt/daypass" "$1/etc/daypass"
        # What a run writes goes with its namespace.
        mount -t tmpfs tmpfs "$1/etc/daypass"
        mount -t tmpfs tmpfs "$1/var/lib"
        mount --bind "$2" "$1/opt/daypass"
        exec chroot "$1" /bin/sh -c "$3"
        """;
    return run(
        List.of(
            "unshare",
            "--map-root-user",
            "--mount",
            "--pid",
            "--fork",
            "sh",
            "-c",
            mount,
            "sh",
            ROOT.toString(),
            IMAGE.toString(),
            script));
  }

  private static Run run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ends within five minutes").isTrue();
    return new Run(process.exitValue(), output);
  }
}
