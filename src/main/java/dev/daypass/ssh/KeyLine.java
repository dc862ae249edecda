package dev.daypass.ssh;

import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * One line of an authorized_keys or .pub file without options: type, base64, perhaps a comment.
 *
 * @param blob begins with the same type name as the line
 */
public record KeyLine(Bytes blob, String comment) {
  private static final Pattern GAP = Pattern.compile("[ \t]+");

  /** Reads a line of at most this many characters, perhaps with its final newline. */
  public static KeyLine parse(String line, int maxLength) throws SshFormatException {
    if (line.length() > maxLength) {
      throw new SshFormatException("the line is longer than " + maxLength, maxLength);
    }
    String content = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    refuse(content, c -> Character.isISOControl(c) && c != '\t', "control character");
    refuse(content, c -> Character.getType(c) == Character.SURROGATE, "lone surrogate");
    String[] fields = GAP.split(content, 3);
    if (fields.length < 2) {
      throw new SshFormatException("a key line is a type and base64", 0);
    }
    Bytes blob = Bytes.fromBase64Strict(fields[1]);
    if (!WireReader.of(blob).text().equals(fields[0])) {
      throw new SshFormatException("the line's key type is not the blob's", 0);
    }
    return new KeyLine(blob, fields.length == 3 ? fields[2] : "");
  }

  private static void refuse(String line, IntPredicate refused, String what)
      throws SshFormatException {
    for (int i = 0; i < line.length(); i += Character.charCount(line.codePointAt(i))) {
      if (refused.test(line.codePointAt(i))) {
        throw new SshFormatException("the key line holds a " + what, i);
      }
    }
  }
}
