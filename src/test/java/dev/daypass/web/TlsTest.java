package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.web.RawHttp.Answer;
import dev.daypass.web.tls.Transport;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {
  private static final String HEALTH = RunningServer.request("GET", "/healthz", "");

  @TempDir private Path folder;
  private Transport.Tls files;
  private Pair first;

  /** A self-signed certificate and its key. */
  private record Pair(KeyPair keys, X509Certificate certificate) {
    static Pair make(String algorithm, int size) throws Exception {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      KeyPair keys = generator.generateKeyPair();
      Instant now = Instant.now();
      X500Name name = new X500Name("CN=ca.example.com");
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(System.nanoTime()),
              Date.from(now.minusSeconds(60)),
              Date.from(now.plusSeconds(3600)),
              name,
              keys.getPublic());
      return new Pair(
          keys,
          new JcaX509CertificateConverter().getCertificate(builder.build(signer(algorithm, keys))));
    }

    private static org.bouncycastle.operator.ContentSigner signer(String algorithm, KeyPair keys)
        throws OperatorCreationException {
      return new JcaContentSignerBuilder(
              algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA")
          .build(keys.getPrivate());
    }

    void write(Transport.Tls files) throws IOException {
      Files.writeString(files.certificate(), pem(certificate));
      // PKCS#8, as openssl and most tools write it today.
      Files.writeString(files.key(), pem(new JcaPKCS8Generator(keys.getPrivate(), null)));
    }
  }

  @BeforeEach
  void writeFiles() throws Exception {
    files = new Transport.Tls(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    first = Pair.make("EC", 256);
    first.write(files);
  }

  @Test
  void servesTls13AndNothingOlder() throws Exception {
    try (RunningServer server = RunningServer.tls(files);
        SSLSocket socket = socket(server, first)) {
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      SSLSocket old = socket(server, first);
      old.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThatThrownBy(old::startHandshake).isInstanceOf(SSLException.class);
      old.close();
    }
  }

  @Test
  void answersOverTlsAndNotInTheClear() throws Exception {
    try (RunningServer server = RunningServer.tls(files)) {
      Answer answer = client(server, first).send(HEALTH);
      assertThat(answer.body()).isEqualTo("ok\n");
      assertThat(RawHttp.to(server.server().port()).sendAll(HEALTH))
          .noneMatch(clear -> clear.status() == 200);
    }
  }

  @Test
  void takesNewFilesWithoutARestart() throws Exception {
    try (RunningServer server = RunningServer.tls(files)) {
      client(server, first).send(HEALTH);
      Pair second = Pair.make("RSA", 2048);
      second.write(files);
      server.server().reloadTls();
      assertThat(client(server, second).send(HEALTH).status()).isEqualTo(200);
      assertThatThrownBy(() -> client(server, first).send(HEALTH)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void keepsTheOldPairWhileTheNewOneDoesNotLoad() throws Exception {
    try (RunningServer server = RunningServer.tls(files)) {
      for (String broken : new String[] {"", "not PEM", pem(Pair.make("EC", 256).certificate())}) {
        Files.writeString(files.certificate(), broken); // the last one is not the key's
        server.server().reloadTls();
        assertThat(client(server, first).send(HEALTH).status()).isEqualTo(200);
      }
      Files.delete(files.key());
      server.server().reloadTls();
      assertThat(client(server, first).send(HEALTH).status()).isEqualTo(200);
    }
  }

  @Test
  void readsTheOlderKeyForms() throws Exception {
    BigInteger secret = ((ECPrivateKey) first.keys().getPrivate()).getS();
    var sec1 =
        new org.bouncycastle.asn1.sec.ECPrivateKey(256, secret, SECObjectIdentifiers.secp256r1);
    Files.writeString(files.key(), pem(new PemObject("EC PRIVATE KEY", sec1.getEncoded())));
    RunningServer.tls(files).close();
    Pair rsa = Pair.make("RSA", 2048);
    rsa.write(files);
    Files.writeString(files.key(), pem(rsa.keys().getPrivate())); // PKCS#1
    RunningServer.tls(files).close();
  }

  @Test
  void doesNotStartWithoutAPairThatFits() throws Exception {
    Files.writeString(files.certificate(), pem(Pair.make("EC", 256).certificate()));
    assertThatThrownBy(() -> RunningServer.tls(files))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the key is not the certificate's");
  }

  private static RawHttp client(RunningServer server, Pair trusted) throws Exception {
    return RawHttp.to(server.server().port(), context(trusted).getSocketFactory());
  }

  private static SSLSocket socket(RunningServer server, Pair trusted) throws Exception {
    return (SSLSocket) client(server, trusted).open();
  }

  private static SSLContext context(Pair trusted) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("tls", trusted.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(object);
    }
    return text.toString();
  }
}
