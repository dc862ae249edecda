package dev.daypass.web.body;

import java.util.List;
import java.util.function.Consumer;

/**
 * Where an answer's members are written, in order: as JSON or as lines (DESIGN section 7). One
 * description of an answer serves both, so the two cannot differ.
 */
public interface Members {
  void text(String name, String value);

  /** A list of words: in text one line with a space between each two. */
  void texts(String name, List<String> values);

  void flag(String name, boolean value);

  void number(String name, long value);

  void group(String name, Consumer<Members> members);

  void groups(String name, List<? extends Consumer<Members>> each);

  /** The certificate: a member in JSON, alone on the last line in text. */
  void certificate(String line);
}
