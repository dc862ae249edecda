package dev.daypass.web.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Collection;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** The bytes of a certificate chain and its private key, as read from their PEM files. */
final class PemPair {
  private static final char[] NO_PASSWORD = new char[0];
  private static final int MAX_FILE_BYTES = 1 << 20;

  private final byte[] certificate;
  private final byte[] key;

  private PemPair(byte[] certificate, byte[] key) {
    this.certificate = certificate;
    this.key = key;
  }

  static PemPair read(Transport.Tls files) throws IOException {
    return new PemPair(bytes(files.certificate()), bytes(files.key()));
  }

  /** Tells one pair from the next. */
  byte[] hash() throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(certificate);
      sha256.update((byte) 0);
      return sha256.digest(key);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  KeyStore keyStore() throws IOException {
    try {
      Collection<? extends Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(this.certificate));
      if (chain.isEmpty()) {
        throw new IOException("no certificate in it");
      }
      PrivateKey privateKey = privateKey(key);
      requireMatch(chain.iterator().next().getPublicKey(), privateKey);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("tls", privateKey, NO_PASSWORD, chain.toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS certificate or key cannot be used: " + e.getMessage(), e);
    }
  }

  /** PKCS#8, or the older PKCS#1 and SEC 1 forms that some tools still write. */
  private static PrivateKey privateKey(byte[] pem) throws IOException, GeneralSecurityException {
    try (PEMParser parser =
        new PEMParser(new StringReader(new String(pem, StandardCharsets.US_ASCII)))) {
      for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
        PrivateKeyInfo info =
            switch (found) {
              case PrivateKeyInfo plain -> plain;
              case PEMKeyPair pair -> pair.getPrivateKeyInfo();
              default -> null;
            };
        if (info != null) {
          return decoded(info);
        }
      }
    }
    throw new IOException("no unencrypted private key in it");
  }

  private static PrivateKey decoded(PrivateKeyInfo info)
      throws IOException, GeneralSecurityException {
    String algorithm =
        switch (info.getPrivateKeyAlgorithm().getAlgorithm().getId()) {
          case "1.2.840.113549.1.1.1" -> "RSA"; // RFC 8017 appendix C
          case "1.2.840.10045.2.1" -> "EC"; // RFC 5480 section 2.1.1
          case "1.3.101.112" -> "Ed25519"; // RFC 8410 section 3
          default -> throw new GeneralSecurityException("key is neither RSA, EC nor Ed25519");
        };
    return KeyFactory.getInstance(algorithm)
        .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
  }

  /** A chain and a key of two renewals would fail every handshake: better to keep the old pair. */
  private static void requireMatch(PublicKey publicKey, PrivateKey privateKey)
      throws GeneralSecurityException {
    String algorithm =
        switch (privateKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "Ed25519";
        };
    byte[] message = "daypass".getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(privateKey);
    signature.update(message);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(message);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("the key is not the certificate's");
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new IOException(file + " is larger than 1 MiB");
    }
    return Files.readAllBytes(file);
  }
}
