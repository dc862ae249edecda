package dev.daypass.ledger.verify;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.tlog.Hash;

/**
 * The extra of a certificate's proof: {@code entry LF base64(SSHSIG) LF}, and not a byte more
 * (DESIGN, section 6). Nothing authenticates it; the leaf hash is computed from it, and the rest
 * must verify.
 */
record ProofExtra(Bytes entry, SshSig checkpointSignature) {
  static ProofExtra decode(Bytes data) throws SshFormatException {
    int first = indexOfLf(data, 0);
    int second = indexOfLf(data, first + 1);
    if (second != data.size() - 1) {
      throw new SshFormatException("bytes after the second line", second + 1);
    }
    Bytes entry = data.slice(0, first);
    Bytes encoded = Bytes.fromBase64Strict(data.slice(first + 1, second).utf8());
    SshSig signature = SshSig.decode(encoded);
    if (!signature.encode().equals(encoded)) {
      throw new SshFormatException("the SSHSIG is not in canonical form", first + 1);
    }
    return new ProofExtra(entry, signature);
  }

  Hash leafHash() {
    return Hash.leaf(entry.toArray());
  }

  private static int indexOfLf(Bytes data, int from) throws SshFormatException {
    for (int at = from; at < data.size(); at++) {
      if (data.byteAt(at) == '\n') {
        return at;
      }
    }
    throw new SshFormatException("a line without its end", from);
  }
}
