package dev.daypass.fleet.answer;

import dev.daypass.signer.ChannelSigner;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSig;

/**
 * A text with the channel key's SSHSIG over it, as one document: what stands before the line {@code
 * -----BEGIN SSH SIGNATURE-----} is the message.
 */
public record SignedDocument(String text, SshSig signature) {
  static SignedDocument sign(ChannelSigner channel, ChannelSigner.Document kind, String text)
      throws AnswerUnavailable {
    try {
      return new SignedDocument(text, channel.sign(kind, Bytes.ofUtf8(text)));
    } catch (SigningException e) {
      throw new AnswerUnavailable("the channel key did not sign", e);
    }
  }

  /** As served. */
  public String document() {
    return text + signature.armored();
  }
}
