package dev.daypass.revocation.publish;

import dev.daypass.krl.KeyRevocationList;
import dev.daypass.krl.KrlFormatException;
import dev.daypass.signer.ChannelSigner;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A list as servers fetch it, and the channel key's signature over exactly its bytes.
 *
 * @param version rises with each list: the ledger's size when it was made
 * @param signature the armored SSHSIG, namespace {@code krl@daypass.dev}
 */
public record PublishedKrl(long version, Bytes list, String signature) {
  private static final byte[] SIGNATURE_ENDS =
      "-----END SSH SIGNATURE-----\n".getBytes(StandardCharsets.US_ASCII);

  static PublishedKrl sign(KeyRevocationList list, ChannelSigner channel) throws SigningException {
    Bytes bytes = list.encode();
    String signature = channel.sign(ChannelSigner.Document.KRL, bytes).armored();
    return new PublishedKrl(list.version(), bytes, signature);
  }

  /** Reads what {@link #file} wrote; empty for anything else, or if another key signed it. */
  static Optional<PublishedKrl> read(Bytes file, SshPublicKey channel) {
    int end = endOfSignature(file.toArray());
    if (end < 0) {
      return Optional.empty();
    }
    try {
      String signature = file.slice(0, end).utf8();
      Bytes list = file.slice(end, file.size());
      SshSig parsed = SshSig.parseArmored(signature);
      return parsed.publicKey().equals(channel)
              && parsed.verifies(ChannelSigner.Document.KRL.namespace(), list)
          ? Optional.of(new PublishedKrl(KeyRevocationList.decode(list).version(), list, signature))
          : Optional.empty();
    } catch (SshFormatException | KrlFormatException _) {
      return Optional.empty();
    }
  }

  /** Both in one, the signature first: no crash can keep the one and lose the other. */
  Bytes file() {
    return Bytes.ofUtf8(signature).concat(list);
  }

  Bytes sha256() {
    return list.sha256();
  }

  private static int endOfSignature(byte[] file) {
    int length = SIGNATURE_ENDS.length;
    for (int end = length; end <= file.length; end++) {
      if (Arrays.equals(file, end - length, end, SIGNATURE_ENDS, 0, length)) {
        return end;
      }
    }
    return -1;
  }
}
