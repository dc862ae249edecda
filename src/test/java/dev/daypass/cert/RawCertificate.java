package dev.daypass.cert;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSigner;

/** A well signed certificate whose fields may be anything, as a hostile CA would make it. */
final class RawCertificate {
  private static final SshSigner CA = TestKeys.of(SshKeyType.ED25519);

  private String name = SshKeyType.ED25519.certificateName();
  private long type = 1;
  private Bytes keyId = Bytes.ofUtf8("id");
  private Bytes principals = new WireWriter().text("x").toBytes();
  private long validAfter = 1;
  private long validBefore = 2;
  private Bytes criticalOptions = Bytes.EMPTY;
  private Bytes extensions = Bytes.EMPTY;
  private Bytes reserved = Bytes.EMPTY;
  private Bytes caKey = CA.publicKey().blob();

  RawCertificate name(String value) {
    name = value;
    return this;
  }

  RawCertificate type(long value) {
    type = value;
    return this;
  }

  RawCertificate keyId(Bytes value) {
    keyId = value;
    return this;
  }

  RawCertificate principals(Bytes value) {
    principals = value;
    return this;
  }

  RawCertificate window(long after, long before) {
    validAfter = after;
    validBefore = before;
    return this;
  }

  RawCertificate criticalOptions(Bytes value) {
    criticalOptions = value;
    return this;
  }

  RawCertificate extensions(Bytes value) {
    extensions = value;
    return this;
  }

  RawCertificate reserved(Bytes value) {
    reserved = value;
    return this;
  }

  RawCertificate caKey(Bytes value) {
    caKey = value;
    return this;
  }

  Bytes encode() {
    Bytes toBeSigned =
        new WireWriter()
            .text(name)
            .string(Bytes.of(new byte[32]))
            .raw(CA.publicKey().keyFields())
            .uint64(7)
            .uint32(type)
            .string(keyId)
            .string(principals)
            .uint64(validAfter)
            .uint64(validBefore)
            .string(criticalOptions)
            .string(extensions)
            .string(reserved)
            .string(caKey)
            .toBytes();
    try {
      Bytes signature = CA.sign(toBeSigned).encode();
      return new WireWriter().raw(toBeSigned).string(signature).toBytes();
    } catch (SigningException e) {
      throw new AssertionError("a key in memory can sign", e);
    }
  }
}
