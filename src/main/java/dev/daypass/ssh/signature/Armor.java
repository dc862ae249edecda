package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;

/**
 * Base64 between a BEGIN and an END line, as OpenSSH writes signatures and private keys, and RFC
 * 7468 sections 10 and 11 PKCS#8 keys.
 */
enum Armor {
  SSH_SIGNATURE("SSH SIGNATURE"),
  OPENSSH_PRIVATE_KEY("OPENSSH PRIVATE KEY"),
  PKCS8("PRIVATE KEY"),
  ENCRYPTED_PKCS8("ENCRYPTED PRIVATE KEY");

  /** OpenSSH's own width; PROTOCOL.sshsig allows 76. */
  private static final int WIDTH = 70;

  private static final int MAX_WIDTH = 76;
  private static final int MAX_LENGTH = 64 * 1024;

  private final String begin;
  private final String end;

  Armor(String label) {
    begin = "-----BEGIN " + label + "-----\n";
    end = "-----END " + label + "-----";
  }

  /** Whether the text begins with this BEGIN line. */
  boolean begins(String text) {
    return text.startsWith(begin);
  }

  /** Reads a text that holds this armor and nothing else; the last newline may be missing. */
  Bytes parse(String text) throws SshFormatException {
    String content = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    if (text.length() > MAX_LENGTH) {
      throw new SshFormatException("armored text is longer than 64 KiB", MAX_LENGTH);
    }
    if (!content.startsWith(begin)) {
      throw new SshFormatException("the text does not begin with its BEGIN line", 0);
    }
    if (!content.endsWith("\n" + end) || content.length() <= begin.length() + end.length()) {
      throw new SshFormatException("the text does not end with its END line", content.length());
    }
    String body = content.substring(begin.length(), content.length() - end.length());
    StringBuilder base64 = new StringBuilder(body.length());
    for (String line : body.split("\n", -1)) {
      if (line.length() > MAX_WIDTH) {
        throw new SshFormatException("an armored line is longer than 76", begin.length());
      }
      base64.append(line);
    }
    return Bytes.fromBase64Strict(base64.toString());
  }

  String text(Bytes content) {
    String base64 = content.base64();
    StringBuilder text = new StringBuilder(base64.length() + 128).append(begin);
    for (int i = 0; i < base64.length(); i += WIDTH) {
      text.append(base64, i, Math.min(i + WIDTH, base64.length())).append('\n');
    }
    return text.append(end).append('\n').toString();
  }
}
