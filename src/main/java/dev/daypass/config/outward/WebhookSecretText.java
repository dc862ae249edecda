package dev.daypass.config.outward;

import dev.daypass.config.value.Secret;
import java.util.Base64;

/**
 * The text of a webhook's secret (Standard Webhooks, "Signature scheme"): {@code whsec_} and the
 * base64 of 24 to 64 bytes. While one takes the place of another, both stand there, with a space in
 * between.
 */
final class WebhookSecretText {
  private static final String PREFIX = "whsec_";
  private static final int LEAST = 24;
  private static final int MOST = 64;

  private WebhookSecretText() {}

  static boolean isOne(Secret secret) {
    String[] words = secret.reveal().split(" ", -1);
    for (String word : words) {
      if (!word.startsWith(PREFIX) || !fits(word.substring(PREFIX.length()))) {
        return false;
      }
    }
    return words.length <= 2;
  }

  private static boolean fits(String base64) {
    try {
      int length = Base64.getDecoder().decode(base64).length;
      return length >= LEAST && length <= MOST;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
