package dev.daypass.e2e.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.TestCa;
import dev.daypass.cert.Certificate;
import dev.daypass.e2e.Command;
import dev.daypass.e2e.Loopback;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.helper.DaypassScript.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The helper against the real daemon, in each shell that people have. */
final class HelperIT {
  private static final Parts PARTS = new Parts();
  private static final String POLICY =
      """
      roles:
        shell:
          accounts: [db-debug]
          hosts: { tier: db }
          ttl: { default: 5m, max: 1h }
          extensions: [permit-pty, permit-port-forwarding]
          allow: [{ when: '"dba" in identity.groups' }]
        root:
          accounts: [root]
          ttl: { default: 5m, max: 10m }
          allow: [{ when: '"sre" in identity.groups' }]
      """;

  private static final String OLD = "the certificate of yesterday\n";

  @TempDir Path folder;

  private static TestCa ca;
  private static String token;

  private Path key;
  private Path certificate;

  @BeforeAll
  static void start() {
    ca = PARTS.started(TestCa.with().policy(POLICY).start());
    token = ca.idp().token("alice@example.com", "dba");
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @BeforeEach
  void makeKey() throws IOException {
    Path keys = Files.createDirectory(folder.resolve("keys of alice"));
    key = keys.resolve("id_ed25519");
    certificate = keys.resolve("id_ed25519-cert.pub");
    String file = key.toString();
    var _ = Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file).output();
  }

  @ParameterizedTest
  @EnumSource
  void writesTheCertificateBesideTheKey(Shell shell) throws Exception {
    Command.Result result = sign(shell, "-n", "shell", "--reason", "slow query").run();
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.err()).isEmpty();
    Certificate issued = issued();
    String end = issued.content().window().validBefore().toString();
    String minute = end.substring(0, 16).replace('T', ' ');
    assertThat(result.out().lines())
        .containsExactly(
            "Signed " + certificate,
            "  who      alice@example.com",
            "  role     shell",
            "  servers  every server of the role",
            "  until    " + minute + " UTC, for 5 more minutes",
            "  entry    " + issued.content().serial());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(certificate)))
        .isEqualTo("rw-r--r--");
    assertThat(sign(shell, "-q", "-n", "shell").run()).isEqualTo(new Command.Result(0, "", ""));
  }

  @ParameterizedTest
  @EnumSource
  void replacesTheOldCertificateInOneStep(Shell shell) throws Exception {
    Files.writeString(certificate, OLD);
    Path open = Files.createLink(folder.resolve("as a reader has it open"), certificate);
    assertThat(sign(shell, "-n", "shell").run().exit()).isZero();
    assertThat(open).hasContent(OLD.strip());
    assertThat(issued().signatureVerifies()).isTrue();
    assertThat(beside())
        .containsExactlyInAnyOrder("id_ed25519", "id_ed25519.pub", "id_ed25519-cert.pub");
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalSaysWhyAndWhatToDoAndChangesNothing(Shell shell) throws Exception {
    Files.writeString(certificate, OLD);
    Command.Result result = sign(shell, "-n", "root").run();
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines())
        .hasSize(3)
        .first()
        .isEqualTo("daypass: No rule of the role root allows you.");
    assertThat(result.err()).contains("\n  Ask whoever maintains").contains("(no_rule_matched, ");
    assertThat(certificate).hasContent(OLD.strip());
  }

  @ParameterizedTest
  @EnumSource
  void narrowsTheCertificateAsSshKeygenDoes(Shell shell) throws Exception {
    Command command =
        sign(shell, "-n", "shell", "-V", "+1m30s", "--host", "db-1", "-O", "no-pty")
            .and(
                "-O",
                "force-command=echo 'a b' & c=d",
                "-O",
                "source-address=127.0.0.1,10.0.0.0/8");
    Command.Result result = command.run();
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.out()).contains("servers  db-1\n");
    assertThat(Command.of("ssh-keygen", "-L", "-f", certificate.toString()).output())
        .contains("force-command echo 'a b' & c=d\n")
        .contains("source-address 127.0.0.1/32,10.0.0.0/8\n")
        .contains("daypass:shell@db-1\n")
        .contains("permit-port-forwarding")
        .doesNotContain("permit-pty");
  }

  @ParameterizedTest
  @EnumSource
  void sendsExactlyWhatIsTyped(Shell shell) throws Exception {
    String reason = "100 % \"über\" $HOME `id` & a=b + c\\n ?#;\t€";
    try (FakeCa fake = new FakeCa()) {
      fake.answering("403 Forbidden", "", "code: no\n");
      var _ =
          sign(shell, "-n", "x&role=y", "--reason", reason, "-O", "clear", "-V", "+2h")
              .with("DAYPASS_URL", fake.url())
              .run();
      var form = fake.onlyRequest().form();
      assertThat(form.get("role")).containsExactly("x&role=y");
      assertThat(form.get("reason")).containsExactly(reason);
      assertThat(form.get("ttl")).containsExactly("7200s");
      assertThat(form.get("without"))
          .containsExactly(
              "permit-X11-forwarding",
              "permit-agent-forwarding",
              "permit-port-forwarding",
              "permit-pty",
              "permit-user-rc");
      assertThat(form).containsOnlyKeys("role", "reason", "ttl", "without", "public_key");
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheWaysToFailApart(Shell shell) throws Exception {
    Command good = sign(shell, "-n", "shell");
    String nobody = "http://127.0.0.1:" + Loopback.freePort();
    assertThat(good.with("DAYPASS_URL", nobody).run().exit()).isEqualTo(4);
    assertThat(good.with("DAYPASS_TOKEN", "").run().exit()).isEqualTo(3);
    assertThat(good.with("DAYPASS_TOKEN", "a.b.c").run().exit()).isEqualTo(3);
    assertThat(good.with("DAYPASS_TOKEN", "a b\"c").run().exit()).isEqualTo(1);
    assertThat(certificate).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sing -n shell KEY",
        "sign KEY",
        "sign -n shell",
        "sign -n shell -n root KEY",
        "sign -n shell KEY KEY",
        "sign -n",
        "sign -n shell -V 1h KEY",
        "sign -n shell -V +1 KEY",
        "sign -n shell -V +0s KEY",
        "sign -n shell -V +1h:+2h KEY",
        "sign -n shell -V always KEY",
        "sign -n shell -O permit-pty KEY",
        "sign -n shell -O extension:a=b KEY",
        "sign -n shell -O critical:force-command=x KEY",
        "sign -n shell -O force-command= KEY",
        "sign -n shell -I me KEY",
        "sign -n shell -z 7 KEY",
        "sign -n shell -s ca KEY",
        "sign -n shell --unknown KEY",
        "sign -n shell KEY-cert.pub",
        "sign -n shell KEY.gone",
        "sign -n shell --url http://ca.example.com KEY",
        "sign -n shell --url http://127.0.0.1.example.com KEY",
        "sign -n shell --url http://localhost.example.com:8443 KEY",
        "sign -n shell --url https://ca.example.com/path KEY",
        "sign -n shell --url https://ca.example.com\"x KEY",
        "sign -n shell --token-file /gone KEY",
      })
  void refusesWhatItDoesNotUnderstand(String line) throws Exception {
    String[] words =
        Stream.of(line.split(" "))
            .filter(word -> !word.isEmpty())
            .map(this::named)
            .toArray(String[]::new);
    Command.Result result = helper(Shell.DASH).and(words).run();
    assertThat(result.exit()).as(result.toString()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isNotBlank();
    assertThat(certificate).doesNotExist();
  }

  @Test
  void namesAPrivateKeyForWhatItIs() throws Exception {
    Files.delete(Path.of(key + ".pub"));
    Command.Result result = helper(Shell.DASH).and("sign", "-n", "shell", key.toString()).run();
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("is a private key");
  }

  @ParameterizedTest
  @EnumSource
  void noTokenStandsOnACommandLine(Shell shell) throws Exception {
    Path trace = folder.resolve("trace");
    Command helper = sign(shell, "-n", "shell");
    List<String> words =
        Stream.concat(
                Stream.of("strace", "-f", "-qq", "-s", "100000", "-e", "trace=execve", "-o"),
                Stream.concat(Stream.of(trace.toString()), helper.words().stream()))
            .toList();
    Command traced = new Command(words, helper.environment(), helper.cleared());
    assertThat(traced.run().exit()).isZero();
    String programs = Files.readString(trace);
    assertThat(programs).contains("\"curl\"", "\"ssh-keygen\"", "Content-Type");
    assertThat(programs).doesNotContain(token).doesNotContain(token.substring(0, 40));
    assertThat(programs).doesNotContain("Bearer");
  }

  @ParameterizedTest
  @EnumSource
  void readsTokenAndServerFromFiles(Shell shell) throws Exception {
    Path settings = Files.createDirectories(folder.resolve("config/daypass")).resolve("config");
    Files.writeString(settings, "# mine\nurl: " + ca.client().origin() + "/\n");
    Path file = Files.writeString(folder.resolve("token"), token + "\r\n");
    Command command =
        shell
            .script()
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
            .and("sign", "-n", "shell", "--token-file", file.toString(), key + ".pub");
    Command.Result result = command.run();
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(issued().signatureVerifies()).isTrue();
  }

  private Command helper(Shell shell) throws IOException {
    return shell.script().with("DAYPASS_URL", ca.client().origin()).with("DAYPASS_TOKEN", token);
  }

  private Command sign(Shell shell, String... options) throws IOException {
    return helper(shell).and("sign", key + ".pub").and(options);
  }

  private String named(String word) {
    return word.replaceFirst("^KEY$", key + ".pub").replaceFirst("^KEY", key.toString());
  }

  private Certificate issued() throws Exception {
    return Certificate.parse(Files.readString(certificate));
  }

  private List<String> beside() throws IOException {
    try (Stream<Path> files = Files.list(certificate.getParent())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
