package dev.daypass.e2e.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.helper.DaypassScript.Shell;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The helper against servers that answer what no daypass would. */
final class HelperAnswersIT {
  private static final String OLD = "the certificate of yesterday\n";
  private static final Pattern SIGNED_AT = Pattern.compile("SSHSIG v=1,t=(\\d+),");

  @TempDir Path folder;

  private FakeCa fake;
  private Path key;
  private Path certificate;

  @BeforeEach
  void start() throws IOException {
    fake = new FakeCa();
    key = keyPair("id");
    certificate = Files.writeString(folder.resolve("id-cert.pub"), OLD);
  }

  @AfterEach
  void stop() throws IOException {
    fake.close();
  }

  /** Bodies of an answer with the status 201. */
  static Stream<String> garbage() {
    return Stream.of(
        "",
        "\n",
        "<html><body>Sign in to the hotel's network</body></html>\n",
        "serial: 7\nusername: alice\n",
        "serial: 7\nssh-ed25519-cert-v01@openssh.com AAAA\n",
        "serial: 7\n" + "x".repeat(100_000) + "\n",
        "{\"certificate\":\"ssh-ed25519-cert-v01@openssh.com AAAA\"}");
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void garbageNeverReplacesTheCertificate(String body) throws Exception {
    fake.answering("201 Created", "", body);
    assertUnchanged(sign(Shell.DASH), 4);
  }

  @ParameterizedTest
  @EnumSource
  void theCertificateOfAnotherKeyIsNotInstalled(Shell shell) throws Exception {
    fake.answering("201 Created", "", "serial: 7\n" + certificateOf(keyPair("other")));
    assertUnchanged(sign(shell), 4);
  }

  @Test
  void theBareKeyIsNotInstalled() throws Exception {
    fake.answering("201 Created", "", Files.readString(Path.of(key + ".pub")));
    assertUnchanged(sign(Shell.DASH), 4);
  }

  @Test
  void anAnswerThatBreaksOffIsNone() throws Exception {
    String start = "HTTP/1.1 201 Created\r\nContent-Length: 100000\r\n\r\n" + certificateOf(key);
    fake.answering(start.getBytes(StandardCharsets.US_ASCII));
    assertUnchanged(sign(Shell.DASH), 4);
  }

  @Test
  void noAnswerIsUnreachable() throws Exception {
    assertUnchanged(sign(Shell.DASH), 4);
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    fake.answering("302 Found", "Location: " + fake.url() + "/elsewhere\r\n", "");
    assertUnchanged(sign(Shell.DASH), 2);
    assertThat(fake.requests()).hasSize(1);
  }

  @Test
  void aProxysErrorPageIsNoRefusal() throws Exception {
    fake.answering("502 Bad Gateway", "", "<html>nginx</html>");
    Command.Result result = sign(Shell.DASH);
    assertUnchanged(result, 4);
    assertThat(result.err()).contains("502").doesNotContain("daypass: \n");
  }

  @ParameterizedTest
  @EnumSource
  void nothingInAnAnswerSpeaksToTheTerminal(Shell shell) throws Exception {
    String hostile = "\u001b]0;mine\u0007\u001b[2Jgone\r\u007f\u009b31m straße €";
    String body = "code: x%1$s\ndetail: d%1$s\nremedy: r%1$s\nentry: e%1$s\n".formatted(hostile);
    fake.answering("403 Forbidden", "", body);
    Command.Result refused = sign(shell);
    assertUnchanged(refused, 2);
    assertHarmless(refused.err());
    assertThat(refused.err()).contains("straße €");
    fake.answering(
        "201 Created",
        "",
        "username: a%1$s\nrole: r%1$s\nvalid_before: v%1$s\nserial: 7%1$s\n".formatted(hostile)
            + certificateOf(key));
    Command.Result signed = sign(shell);
    assertThat(signed.exit()).as(signed.toString()).isZero();
    assertHarmless(signed.out());
  }

  /** A control of eight bits by itself begins no character of UTF-8. */
  @ParameterizedTest
  @EnumSource
  void bytesThatAreNoTextAreNotSaid(Shell shell) throws Exception {
    String body = "code: x\ndetail: \u009b1m\u00e9\u009b\u0085a\u009b2J\nremedy: \u009d0;t\n";
    byte[] raw = body.getBytes(StandardCharsets.ISO_8859_1);
    String head = "HTTP/1.1 403 Forbidden\r\nContent-Length: " + raw.length + "\r\n\r\n";
    ByteBuffer answer = ByteBuffer.allocate(head.length() + raw.length);
    answer.put(head.getBytes(StandardCharsets.US_ASCII)).put(raw);
    fake.answering(answer.array());
    Command.Result refused = sign(shell);
    assertUnchanged(refused, 2);
    assertHarmless(refused.err());
    assertThat(refused.err()).startsWith("daypass: 1m").contains("a2J\n  0;t\n");
  }

  @ParameterizedTest
  @EnumSource
  void aWrongClockIsCorrectedOnce(Shell shell) throws Exception {
    Instant theirs = Clock.systemUTC().instant().plus(Duration.ofHours(5));
    String date =
        "Date: "
            + DateTimeFormatter.RFC_1123_DATE_TIME.format(theirs.atOffset(ZoneOffset.UTC))
            + "\r\n";
    fake.answering("401 Unauthorized", date, "code: clock_skew\ndetail: wrong\n");
    fake.answering("401 Unauthorized", date, "code: clock_skew\ndetail: still wrong\n");
    assertUnchanged(sign(shell), 3);
    List<Long> signedAt = fake.requests().stream().map(HelperAnswersIT::signedAt).toList();
    assertThat(signedAt).hasSize(2);
    assertThat(Duration.ofSeconds(signedAt.getLast() - theirs.getEpochSecond()))
        .isBetween(Duration.ZERO, Duration.ofMinutes(1));
    assertThat(nonce(fake.requests().getFirst())).isNotEqualTo(nonce(fake.requests().getLast()));
  }

  private static long signedAt(FakeCa.Request request) {
    Matcher matcher = SIGNED_AT.matcher(request.head());
    assertThat(matcher.find()).as(request.head()).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static String nonce(FakeCa.Request request) {
    return request.head().replaceAll("(?s).*,n=([^,]*),.*", "$1");
  }

  private static void assertHarmless(String text) {
    assertThat(text.chars().filter(c -> c != '\n' && Character.isISOControl(c)).count())
        .as(text)
        .isZero();
  }

  private void assertUnchanged(Command.Result result, int exit) throws IOException {
    assertThat(result.exit()).as(result.toString()).isEqualTo(exit);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isNotBlank();
    assertThat(certificate).hasContent(OLD.strip());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("id-cert.pub."));
    }
  }

  private Command.Result sign(Shell shell) throws IOException {
    return shell
        .script()
        .with("DAYPASS_URL", fake.url())
        .with("DAYPASS_TOKEN", "aaaa.bbbb.cccc")
        .and("sign", "-n", "shell", key + ".pub")
        .run();
  }

  private Path keyPair(String name) throws IOException {
    Path file = folder.resolve(name);
    String path = file.toString();
    var _ = Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path).output();
    return file;
  }

  /** What some CA signed for that key. */
  private String certificateOf(Path subject) throws IOException {
    Path copy = Files.copy(Path.of(subject + ".pub"), folder.resolve("subject.pub"));
    String authority =
        (Files.exists(folder.resolve("ca")) ? folder.resolve("ca") : keyPair("ca")).toString();
    var _ =
        Command.of("ssh-keygen", "-q", "-s", authority, "-I", "i", "-n", "p", copy.toString())
            .output();
    return Files.readString(folder.resolve("subject-cert.pub"));
  }
}
