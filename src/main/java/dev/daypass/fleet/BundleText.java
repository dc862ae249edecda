package dev.daypass.fleet;

import dev.daypass.ssh.SshPublicKey;
import java.util.List;

/** The names of a trust bundle's lines, and their writer. */
final class BundleText {
  static final String FIRST_LINE = "daypass-trust-bundle-v1";
  static final String NUMBER = "number";
  static final String VALID_UNTIL = "valid-until";
  static final String WHEN_EXPIRED = "when-expired";
  static final String ORIGIN = "origin";
  static final String USER_CA = "user-ca";
  static final String HOST_CA = "host-ca";
  static final String LEDGER = "ledger";
  static final String CHANNEL = "channel";
  static final String BREAK_GLASS = "break-glass";
  static final String WITNESS_POLICY = "witness-policy";
  static final String MODE = "mode";

  private final StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');

  private BundleText() {}

  static String of(TrustBundle bundle) {
    BundleText text = new BundleText();
    text.line(NUMBER, bundle.number());
    text.line(VALID_UNTIL, bundle.validUntil());
    if (bundle.whenExpired() == WhenExpired.CLOSE) {
      text.line(WHEN_EXPIRED, bundle.whenExpired().wireName());
    }
    text.line(ORIGIN, bundle.ledgerOrigin());
    text.keys(USER_CA, bundle.userCaKeys());
    text.keys(HOST_CA, bundle.hostCaKeys());
    text.keys(LEDGER, bundle.ledgerKeys());
    text.keys(CHANNEL, bundle.channelKeys());
    text.keys(BREAK_GLASS, bundle.breakGlassKey().stream().toList());
    bundle.witnessPolicy().lines().forEach(line -> text.line(WITNESS_POLICY, line));
    bundle.modes().stream().sorted().forEach(mode -> text.line(MODE, mode.wireName()));
    return text.text.toString();
  }

  private void keys(String name, List<SshPublicKey> keys) {
    keys.forEach(key -> line(name, key.line()));
  }

  private void line(String name, Object value) {
    text.append(name).append(' ').append(value).append('\n');
  }
}
