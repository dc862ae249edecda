package dev.daypass.custody.token;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.daypass.CaFiles;
import dev.daypass.e2e.Command;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * SoftHSM2 with one token for this process. Its module reads the place of its tokens from the
 * environment when it starts, which is why there is one for all tests.
 */
public final class SoftHsm {
  public static final String TOKEN = "daypass test";
  public static final String PIN = "271828";
  public static final Path MODULE = Path.of("/usr/lib/softhsm/libsofthsm2.so");

  private static final SoftHsm INSTANCE = new SoftHsm();

  private final Path folder;
  private final Path configuration;
  private int keys; // guarded by this

  private SoftHsm() {
    try {
      folder = Files.createTempDirectory("dp-softhsm");
      Files.createDirectory(tokens());
      configuration =
          Files.writeString(
              folder.resolve("softhsm2.conf"), "directories.tokendir = " + tokens() + "\n");
      setEnvironment(configuration);
      util("--init-token", "--free", "--label", TOKEN, "--so-pin", "31415926", "--pin", PIN);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public static SoftHsm instance() {
    return INSTANCE;
  }

  /**
   * Puts a fresh key into the token.
   *
   * @param algorithm the words behind {@code openssl genpkey}
   * @return the file of its public half
   */
  public synchronized Path make(String label, String... algorithm) throws IOException {
    Path pem = folder.resolve(label + ".pem");
    var _ =
        Command.of("openssl", "genpkey", "-quiet").and(algorithm).and("-out", pem.toString()).run();
    if (!Files.exists(pem)) { // before OpenSSL 3.1 there is no -quiet
      var _ = Command.of("openssl", "genpkey").and(algorithm).and("-out", pem.toString()).output();
    }
    Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-------"));
    String id = "%04x".formatted(++keys);
    util("--import", pem.toString(), "--token", TOKEN, "--label", label, "--id", id, "--pin", PIN);
    Path half = Files.writeString(folder.resolve(label + ".pub"), publicHalf(pem));
    Files.delete(pem);
    return half;
  }

  /** CA keys of that kind in the token; the ledger key is a file, as no token takes Ed25519. */
  public CaFiles.Keys caKeys(Path in, String type, String option) throws IOException {
    String label = in.getFileName().toString();
    Path pin = Files.writeString(in.resolve("pin"), PIN + "\n");
    Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
    String user = label + "-user";
    String host = label + "-host";
    Path userHalf = make(user, "-algorithm", type, "-pkeyopt", option);
    Path hostHalf = make(host, "-algorithm", type, "-pkeyopt", option);
    String form =
        "%s: { pkcs11: %s, token: %s, key: %s, public-key: %s, pin-file: %s, sessions: 2 }\n";
    return new CaFiles.Keys(
        form.formatted("user-ca", MODULE, TOKEN, user, userHalf, pin)
            + form.formatted("host-ca", MODULE, TOKEN, host, hostHalf, pin),
        Map.of(KeyUse.USER_CA, read(userHalf), KeyUse.HOST_CA, read(hostHalf)));
  }

  /** The token is gone for whoever looks. */
  public void pull() throws IOException {
    Files.move(tokens(), folder.resolve("pulled"));
    Files.createDirectory(tokens());
  }

  public void putBack() throws IOException {
    Files.delete(tokens());
    Files.move(folder.resolve("pulled"), tokens());
  }

  public static SshPublicKey read(Path half) throws IOException {
    try {
      return SshPublicKey.parse(Files.readString(half).strip());
    } catch (SshFormatException e) {
      throw new IOException(half.toString(), e);
    }
  }

  private static String publicHalf(Path pem) throws IOException {
    try {
      return OpenSshPrivateKey.parse(Files.readString(pem), Optional.empty()).publicKey().line()
          + "\n";
    } catch (SshFormatException e) {
      throw new IOException(pem.toString(), e);
    }
  }

  private Path tokens() {
    return folder.resolve("tokens");
  }

  private void util(String... words) throws IOException {
    var _ =
        Command.of("softhsm2-util")
            .and(words)
            .with("SOFTHSM2_CONF", configuration.toString())
            .output();
  }

  /** For native code of this process: Java's own copy of the environment cannot be changed. */
  @SuppressWarnings("restricted")
  private static void setEnvironment(Path configuration) {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      int failed =
          (int)
              linker
                  .downcallHandle(
                      linker.defaultLookup().findOrThrow("setenv"),
                      FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT))
                  .invokeExact(
                      arena.allocateFrom("SOFTHSM2_CONF"),
                      arena.allocateFrom(configuration.toString()),
                      1);
      if (failed != 0) {
        throw new AssertionError("setenv failed");
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
