package dev.daypass.policy.condition;

/** Whether a regular expression (RE2 syntax) can only match a whole text. */
final class Anchors {

  private Anchors() {}

  /** True if it begins with ^ or \A, ends with $ or \z, and has no alternative outside a group. */
  static boolean hold(String pattern) {
    boolean begins = pattern.startsWith("^") || pattern.startsWith("\\A");
    boolean ends =
        pattern.endsWith("\\z")
            || (pattern.endsWith("$") && !isEscaped(pattern, pattern.length() - 1));
    return begins && ends && !hasOuterAlternative(pattern);
  }

  private static boolean hasOuterAlternative(String pattern) {
    int depth = 0;
    boolean inClass = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (inClass) {
        inClass = c != ']';
      } else if (c == '[') {
        inClass = true;
      } else if (c == '|' && depth == 0) {
        return true;
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      }
    }
    return false;
  }

  private static boolean isEscaped(String pattern, int index) {
    int backslashes = 0;
    while (index - backslashes > 0 && pattern.charAt(index - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }
}
