package dev.daypass.cert;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.WireWriter;
import java.util.List;
import java.util.Optional;

/**
 * All of a certificate but its signature (draft-ietf-sshm-cert-01 section 2.1.1). May hold what the
 * linter refuses.
 *
 * @param nonce random bytes of the CA, against collision attacks; OpenSSH and daypass use 32
 */
public record CertificateContent(
    CertificateType type,
    Bytes nonce,
    SshPublicKey publicKey,
    Serial serial,
    KeyId keyId,
    List<Principal> principals,
    ValidityWindow window,
    CertificateOptions criticalOptions,
    CertificateOptions extensions,
    SshPublicKey caKey) {

  /** Eight lengths of strings; serial, type, and two times. */
  private static final int FIXED_BYTES = 8 * 4 + 8 + 4 + 2 * 8;

  public CertificateContent {
    principals = List.copyOf(principals);
  }

  /** Reads what {@link #toBeSigned} writes, as strictly as a whole certificate. */
  public static CertificateContent decode(Bytes toBeSigned) throws CertificateFormatException {
    return CertificateDecoder.decodeContent(toBeSigned);
  }

  /** The bytes that the CA signs: everything from the type name through the CA key. */
  public Bytes toBeSigned() {
    Bytes name = Bytes.ofUtf8(publicKey.type().certificateName());
    Bytes keyFields = publicKey.keyFields();
    Bytes id = Bytes.ofUtf8(keyId.text());
    Bytes names = encodedPrincipals();
    Bytes caBlob = caKey.blob();
    int texts = name.size() + id.size() + names.size();
    int keys = nonce.size() + keyFields.size() + caBlob.size();
    int options = criticalOptions.encode().size() + extensions.encode().size();
    return new WireWriter(FIXED_BYTES + texts + keys + options)
        .string(name)
        .string(nonce)
        .raw(keyFields)
        .uint64(serial.bits())
        .uint32(type.wireValue())
        .string(id)
        .string(names)
        .uint64(window.validAfter().getEpochSecond())
        .uint64(window.validBefore().getEpochSecond())
        .string(criticalOptions.encode())
        .string(extensions.encode())
        .string(Bytes.EMPTY)
        .string(caBlob)
        .toBytes();
  }

  public CertificateContent withSerial(Serial newSerial) {
    return new CertificateContent(
        type,
        nonce,
        publicKey,
        newSerial,
        keyId,
        principals,
        window,
        criticalOptions,
        extensions,
        caKey);
  }

  /** The same with this proof text in its extension; there must be none yet. */
  public CertificateContent withProof(Bytes proofText) {
    Bytes wrapped = new WireWriter(proofText.size() + 4).string(proofText).toBytes();
    return withExtensions(extensions.data(LedgerProofExtension.NAME, wrapped));
  }

  public CertificateContent withoutProof() {
    return withExtensions(extensions.without(LedgerProofExtension.NAME));
  }

  /** The proof text; empty if there is none or its extension is malformed. */
  public Optional<Bytes> proof() {
    return extensions.value(LedgerProofExtension.NAME).flatMap(CertificateTexts::unwrappedUtf8);
  }

  /**
   * What the ledger's entry commits to: the SHA-256 of the to-be-signed bytes with the proof's name
   * and data cut out and the length of the extensions adjusted.
   */
  public Bytes commitment() {
    return withoutProof().toBeSigned().sha256();
  }

  private CertificateContent withExtensions(CertificateOptions newExtensions) {
    return new CertificateContent(
        type,
        nonce,
        publicKey,
        serial,
        keyId,
        principals,
        window,
        criticalOptions,
        newExtensions,
        caKey);
  }

  private Bytes encodedPrincipals() {
    WireWriter writer = new WireWriter();
    principals.forEach(principal -> writer.text(principal.name()));
    return writer.toBytes();
  }
}
