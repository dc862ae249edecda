package dev.daypass.export.event;

import dev.daypass.ssh.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * What signs webhooks (Standard Webhooks, "Signature scheme", symmetric): one key, or two while one
 * takes the place of the other, and then each message has both signatures.
 */
public final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final String HMAC = "HmacSHA256";

  private final List<SecretKey> keys;

  private WebhookSecret(List<SecretKey> keys) {
    this.keys = keys;
  }

  /**
   * Reads {@code whsec_} and base64; a second one stands after a space.
   *
   * @throws IllegalArgumentException if it is none; the message says nothing of it
   */
  public static WebhookSecret parse(String text) {
    return new WebhookSecret(Stream.of(text.split(" ")).map(WebhookSecret::key).toList());
  }

  /** The header {@code webhook-signature} over id, time and body, which full stops part. */
  String signature(String id, long seconds, Bytes body) {
    Bytes signed = Bytes.ofUtf8(id + "." + seconds + ".").concat(body);
    return keys.stream().map(key -> "v1," + hmac(key, signed)).collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return "(secret)";
  }

  private static SecretKey key(String word) {
    if (!word.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a webhook secret begins with " + PREFIX);
    }
    byte[] key = Base64.getDecoder().decode(word.substring(PREFIX.length()));
    return new SecretKeySpec(key, HMAC);
  }

  private static String hmac(SecretKey key, Bytes signed) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return new String(
          Base64.getEncoder().encode(mac.doFinal(signed.toArray())), StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every platform has " + HMAC, e);
    }
  }
}
