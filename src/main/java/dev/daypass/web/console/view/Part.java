package dev.daypass.web.console.view;

import org.jspecify.annotations.Nullable;

/**
 * Some words of a sentence.
 *
 * @param style the stylesheet's name for how they look
 * @param href where they lead
 */
public record Part(String text, @Nullable String style, @Nullable String href) {
  public static Part plain(String text) {
    return new Part(text, null, null);
  }

  public static Part strong(String text) {
    return new Part(text, "strong", null);
  }

  public static Part mono(String text) {
    return new Part(text, "mono", null);
  }

  public static Part quiet(String text) {
    return new Part(text, "quiet", null);
  }

  public static Part alarm(String text) {
    return new Part(text, "alarmed", null);
  }

  public static Part link(String text, String href) {
    return new Part(text, null, href);
  }

  /** The same words, leading there. */
  public Part to(String target) {
    return new Part(text, style, target);
  }
}
