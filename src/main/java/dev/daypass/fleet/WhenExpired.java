package dev.daypass.fleet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a server does once its trust bundle is past its end and no newer one has come. */
public enum WhenExpired {
  /** Goes on with what it has, and says so: nobody is locked out by a bundle that was forgotten. */
  KEEP,
  /** Opens nothing by certificate any more: who keeps it from newer bundles gains nothing. */
  CLOSE;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<WhenExpired> ofWireName(String word) {
    return Arrays.stream(values()).filter(known -> known.wireName().equals(word)).findFirst();
  }
}
