package dev.daypass.e2e.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.helper.DaypassScript.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code daypass init} against a server whose certificate is nobody's but its own. */
final class HelperTlsIT {
  private static final String PASSWORD = "changeit";

  @TempDir static Path folder;

  private static FakeCa server;
  private static String url;
  private static Path certificate;

  @TempDir Path home;

  private Command helper;

  @BeforeAll
  static void start() throws Exception {
    Path store = folder.resolve("store");
    certificate = folder.resolve("certificate.pem");
    keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost")
        .and("-ext", "san=dns:localhost", "-storetype", "PKCS12")
        .output();
    keytool(store, "-exportcert", "-rfc", "-file", certificate.toString()).output();
    server = new FakeCa(listener(store), _ -> answer());
    url = server.url().replace("http://127.0.0.1", "https://localhost");
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void makeHelper() throws IOException {
    server.requests().clear();
    helper = Shell.DASH.script().with("HOME", home.toString());
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
    // What the user's own curl may be told does not count.
    Files.writeString(home.resolve(".curlrc"), "insecure\n");
    assertUntrusted(helper.and("init", "--yes", url).run());
  }

  @Test
  void oneForAnotherNameIsRefused() throws Exception {
    String other = url.replace("localhost", "127.0.0.1");
    assertUntrusted(helper.and("init", "--yes", "--ca-file", file(), other).run());
  }

  @Test
  void theOneThatTheUserNamesIsTrusted() throws Exception {
    Command.Result result = helper.and("init", "--yes", "--ca-file", file(), url).run();
    assertThat(result.exit()).as(result.toString()).isEqualTo(1);
    assertThat(result.err()).contains("calls itself https://ca.example.com.");
    assertThat(server.onlyRequest().line()).isEqualTo("GET /v1/client");
  }

  private void assertUntrusted(Command.Result result) {
    assertThat(result.exit()).as(result.toString()).isEqualTo(4);
    assertThat(result.err())
        .contains("shows a TLS certificate that this machine does not trust.\n")
        .contains("daypass init --ca-file FILE. Else somebody may be in between.\n");
    assertThat(server.requests()).isEmpty();
    assertThat(home.resolve(".config")).doesNotExist();
    assertThat(home.resolve(".ssh")).doesNotExist();
  }

  private static String file() {
    return certificate.toString();
  }

  private static byte[] answer() {
    return FakeCa.answer("200 OK", "", "origin: https://ca.example.com\n");
  }

  private static Command keytool(Path store, String... words) {
    String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    return Command.of(program)
        .and(words)
        .and("-alias", "ca", "-keystore", store.toString(), "-storepass", PASSWORD);
  }

  private static ServerSocket listener(Path store) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }
}
