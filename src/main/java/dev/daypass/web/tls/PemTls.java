package dev.daypass.web.tls;

import java.io.IOException;
import java.security.KeyStore;
import java.security.MessageDigest;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS side of a listener: TLS 1.3 alone, certificate and key from PEM files (RFC 7468), read
 * again when their bytes change. A pair that does not load leaves the old one in force.
 */
public final class PemTls {
  private static final Logger LOG = LoggerFactory.getLogger(PemTls.class);

  private final Transport.Tls files;
  private final SslContextFactory.Server ssl = new SslContextFactory.Server();

  /** Hash of the bytes in force; guarded by this. */
  private byte[] loaded;

  private PemTls(Transport.Tls files, PemPair pair) throws IOException {
    this.files = files;
    this.loaded = pair.hash();
    ssl.setIncludeProtocols("TLSv1.3");
    ssl.setKeyStorePassword("");
    // The Host header is checked against the configured origin; SNI adds nothing to that.
    ssl.setSniRequired(false);
    ssl.setRenegotiationAllowed(false);
    ssl.setKeyStore(pair.keyStore());
  }

  public static PemTls open(Transport.Tls files) throws IOException {
    return new PemTls(files, PemPair.read(files));
  }

  /** What a listener takes its certificate from; {@link #reload} changes it in place. */
  public SslContextFactory.Server factory() {
    return ssl;
  }

  /**
   * Looks at the files again.
   *
   * @return whether new ones are now in force
   */
  public synchronized boolean reload() {
    try {
      PemPair pair = PemPair.read(files);
      if (MessageDigest.isEqual(pair.hash(), loaded)) {
        return false;
      }
      KeyStore store = pair.keyStore();
      ssl.reload(factory -> factory.setKeyStore(store));
      loaded = pair.hash();
      LOG.info("TLS certificate read again from {}", files.certificate());
      return true;
    } catch (Exception e) { // Jetty's reload declares Exception
      // Seen also between the two writes of a renewal: the next look finds both.
      LOG.warn("TLS files do not load, the old ones stay in force: {}", e.getMessage());
      return false;
    }
  }
}
