package dev.daypass.ssh;

import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SoftwareAuthenticator;
import dev.daypass.ssh.signature.SshSigner;
import java.util.EnumMap;
import java.util.Map;

/** One key of each type, made once for the whole run: RSA takes its time. */
public final class TestKeys {
  private static final Map<SshKeyType, SshSigner> KEYS = new EnumMap<>(SshKeyType.class);

  private TestKeys() {}

  /** A key of this type; security keys by a software authenticator. */
  public static synchronized SshSigner of(SshKeyType type) {
    return KEYS.computeIfAbsent(type, TestKeys::generate);
  }

  public static SshSigner generate(SshKeyType type) {
    return type.isSecurityKey()
        ? SoftwareAuthenticator.generate(type)
        : OpenSshPrivateKey.generate(type);
  }
}
