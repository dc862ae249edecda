package dev.daypass.e2e.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.machine.DebianRelease;
import dev.daypass.e2e.machine.DebianRoot;
import java.io.IOException;
import java.nio.file.Path;

/** A booted Debian on which the image of {@code target/daypass} is installed with its units. */
final class ServiceRoot implements AutoCloseable {
  private static final Path IMAGE = Path.of("target/daypass").toAbsolutePath();

  private static final String SETUP =
      """
      set -e
      cp /usr/lib/daypass/share/systemd/daypassd.service \
        /usr/lib/daypass/share/systemd/daypass-signer.service /etc/systemd/system/
      groupadd --system daypass
      for user in daypass daypass-signer; do
        useradd --system --gid daypass --no-create-home --home-dir /nonexistent \
          --shell /usr/sbin/nologin "$user"
        install -d -m 700 -o "$user" -g daypass "/var/lib/$user"
      done
      install -d -m 700 -o daypass -g daypass /var/lib/daypass-head
      install -d -m 755 /etc/daypass
      cat >/etc/daypass/signer.yaml <<'EOF'
      ledger: { origin: ca.example.com/daypass }
      EOF
      cat >/etc/daypass/daypass.yaml <<'EOF'
      url: http://127.0.0.1:8443
      listen: { api: 127.0.0.1:8443, insecure-plain-http: loopback }
      ledger: { origin: ca.example.com/daypass }
      identity:
        ci: { preset: github-actions, audience: daypass }
      keys: { signer: /run/daypass-signer/socket }
      EOF
      cat >/etc/daypass/policy.yaml <<'EOF'
      roles:
        shell:
          for: { kind: service, issuers: [ci] }
          accounts: [deploy]
          ttl: { default: 5m, max: 10m }
          allow: [{ when: 'identity.claims.repository == "example/web"' }]
      EOF
      systemctl daemon-reload
      """;

  private final DebianRoot root;

  private ServiceRoot(DebianRoot root) {
    this.root = root;
  }

  static ServiceRoot start(DebianRelease release) throws IOException {
    assertThat(IMAGE).as("mvn package makes it").isDirectory();
    ServiceRoot services = new ServiceRoot(DebianRoot.booted(release));
    String place = services.root.seen().resolve("usr/lib/daypass").toString();
    var _ = Command.of("cp", "-a", IMAGE + "/.", place).output();
    services.does(SETUP);
    return services;
  }

  /** A script as root that must end well; answers what it printed. */
  String does(String script, String... words) throws IOException {
    return root.output("cd /; " + script, words);
  }

  Command.Result tries(String script, String... words) throws IOException {
    return root.run("cd /; " + script, words);
  }

  /** A property of a unit. */
  String shows(String unit, String property) throws IOException {
    return does("systemctl show --property=\"$2\" --value \"$1\"", unit, property).strip();
  }

  /** Waits until a question is answered with 0. */
  void awaits(String question) throws IOException {
    Command.Result waited =
        tries("for i in $(seq 300); do " + question + " && exit; sleep 0.1; done; exit 1");
    assertThat(waited.exit()).as(question + waited + log()).isZero();
  }

  /** What the services said. */
  String log() throws IOException {
    return does("journalctl --no-pager --quiet -u daypassd -u daypass-signer");
  }

  @Override
  public void close() throws IOException {
    root.close();
  }
}
