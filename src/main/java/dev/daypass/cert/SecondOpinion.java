package dev.daypass.cert;

import dev.daypass.ssh.Bytes;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/**
 * Apache MINA's reading of an encoded certificate, compared with ours field by field: a mistake in
 * the encoder must not be judged by the decoder of the same hand.
 */
public final class SecondOpinion {
  private SecondOpinion() {}

  /** The first field in which MINA's reading differs, or why it cannot read; empty if all agree. */
  public static Optional<String> disagreement(Certificate certificate) {
    try {
      Bytes encoded = certificate.encode();
      return firstDifference(certificate, encoded, MinaReading.of(encoded));
    } catch (GeneralSecurityException | RuntimeException e) {
      // MINA reports malformed input by either; whatever it is, it is no agreement.
      return Optional.of("unreadable: " + e.getClass().getSimpleName());
    }
  }

  private static Optional<String> firstDifference(
      Certificate ours, Bytes encoded, MinaReading reading) {
    OpenSshCertificate theirs = reading.certificate();
    CertificateContent content = ours.content();
    List<String> principals = content.principals().stream().map(Principal::name).toList();
    List<Field> fields =
        List.of(
            new Field("nonce", content.nonce(), Bytes.of(theirs.getNonce())),
            new Field("public key", content.publicKey().blob(), reading.publicKey()),
            new Field("serial", content.serial().bits(), theirs.getSerial()),
            new Field("type", content.type().wireValue(), theirs.getType().getCode()),
            new Field("key ID", content.keyId().text(), theirs.getId()),
            new Field("principals", principals, List.copyOf(theirs.getPrincipals())),
            new Field(
                "valid after",
                content.window().validAfter().getEpochSecond(),
                theirs.getValidAfter()),
            new Field(
                "valid before",
                content.window().validBefore().getEpochSecond(),
                theirs.getValidBefore()),
            new Field(
                "critical options",
                options(content.criticalOptions()),
                theirOptions(theirs.getCriticalOptions())),
            new Field(
                "extensions", options(content.extensions()), theirOptions(theirs.getExtensions())),
            new Field("CA key", content.caKey().blob(), MinaReading.blob(theirs.getCaPubKey())),
            new Field("bytes behind the key", tail(ours, encoded), reading.signedTail()),
            new Field("signature", ours.signature().encode(), Bytes.of(theirs.getSignature())));
    return fields.stream().filter(Field::differs).map(Field::name).findFirst();
  }

  /** What we signed from the serial on: all but the fields before it, and the signature. */
  private static Bytes tail(Certificate ours, Bytes encoded) {
    CertificateContent content = ours.content();
    int keyFields = content.publicKey().keyFields().size();
    int name = content.publicKey().type().certificateName().length();
    int signature = 4 + ours.signature().encode().size();
    return encoded.slice(
        4 + name + 4 + content.nonce().size() + keyFields, encoded.size() - signature);
  }

  /** Names and texts; MINA drops white space at both ends, which the signed bytes still show. */
  private static List<Option> options(CertificateOptions options) {
    return options.names().stream()
        .map(name -> new Option(name, options.textValue(name).orElse("").trim()))
        .toList();
  }

  private static List<Option> theirOptions(List<OpenSshCertificate.CertificateOption> options) {
    return options.stream()
        .map(option ->
            new Option(option.getName(), option.getData() == null ? "" : option.getData()))
        .toList();
  }

  private record Option(String name, String text) {}

  private record Field(String name, Object ours, Object theirs) {
    boolean differs() {
      return !ours.equals(theirs);
    }
  }
}
