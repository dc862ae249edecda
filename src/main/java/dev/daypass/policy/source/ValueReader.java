package dev.daypass.policy.source;

import com.google.re2j.PatternSyntaxException;
import dev.daypass.policy.DurationText;
import dev.daypass.policy.role.KeyRule;
import dev.daypass.policy.role.ProofDemand;
import dev.daypass.policy.role.ReasonRule;
import dev.daypass.policy.role.Ttl;
import dev.daypass.ssh.SshKeyType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks a role's durations, keys, reason and proof. */
final class ValueReader {

  /** What is meant to be short-lived is not longer than this. */
  static final Duration MAX_TTL = Duration.ofDays(30);

  private static final Duration LONG_TTL = Duration.ofHours(24);
  private static final Pattern RSA = Pattern.compile("rsa-([0-9]{4,5})");
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 16_384;
  private static final String UNITS = "write a duration with its unit, such as 30m";

  private final String path;
  private final Problems problems;

  ValueReader(String path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  Optional<Ttl> ttl(Optional<RawTtl> raw) {
    Optional<String> maxText = raw.flatMap(RawTtl::max);
    if (maxText.isEmpty()) {
      problems.error(
          path + ".ttl", "a role says how long it lasts", "write { default: 30m, max: 1h }");
      return Optional.empty();
    }
    Optional<Duration> max = positive("ttl.max", maxText);
    Optional<String> standardText = raw.flatMap(RawTtl::standard);
    Optional<Duration> standard =
        standardText.isEmpty() ? max : positive("ttl.default", standardText);
    if (max.isEmpty() || standard.isEmpty()) {
      return Optional.empty();
    }
    if (max.get().compareTo(MAX_TTL) > 0) {
      problems.error(path + ".ttl.max", "longer than 30 days", "certificates are short-lived");
      return Optional.empty();
    }
    if (standard.get().compareTo(max.get()) > 0) {
      problems.error(path + ".ttl.default", "longer than max", "write one that is not");
      return Optional.empty();
    }
    if (max.get().compareTo(LONG_TTL) > 0) {
      problems.warn(path + ".ttl.max", "longer than a day", "an hour serves most work");
    }
    return Optional.of(new Ttl(standard.get(), max.get()));
  }

  Optional<Duration> positive(String key, Optional<String> text) {
    Optional<Duration> duration = text.flatMap(DurationText::parse).filter(Duration::isPositive);
    if (text.isPresent() && duration.isEmpty()) {
      problems.error(path + "." + key, "not a duration", UNITS);
    }
    return duration;
  }

  /** A duration, or {@code off}, which is zero. */
  Optional<Duration> grace(String key, Optional<String> text) {
    return text.equals(Optional.of("off")) ? Optional.of(Duration.ZERO) : positive(key, text);
  }

  KeyRule keys(Optional<RawKeys> raw) {
    boolean verify = raw.map(RawKeys::verifyRequired).orElse(false);
    if (raw.flatMap(RawKeys::types).isEmpty()) {
      return new KeyRule(
          verify ? securityKeys() : KeyRule.ANY.types(), KeyRule.DEFAULT_RSA_BITS, verify);
    }
    Set<SshKeyType> types = EnumSet.noneOf(SshKeyType.class);
    int rsaBits = KeyRule.DEFAULT_RSA_BITS;
    List<String> names = raw.flatMap(RawKeys::types).orElse(List.of());
    for (int i = 0; i < names.size(); i++) {
      Matcher rsa = RSA.matcher(names.get(i));
      rsaBits = rsa.matches() ? Integer.parseInt(rsa.group(1)) : rsaBits;
      Optional<SshKeyType> type = keyType(names.get(i), rsa.matches() ? rsaBits : 0);
      type.ifPresent(types::add);
      checkKeyType(path + ".keys.types[" + i + "]", type, verify);
    }
    if (types.isEmpty()) {
      problems.error(path + ".keys.types", "no key type", "leave it out to accept all");
      return KeyRule.ANY;
    }
    return new KeyRule(types, rsaBits, verify);
  }

  ReasonRule reason(Optional<String> text) {
    String rule = text.orElse("optional");
    return switch (rule) {
      case "optional" -> new ReasonRule.NotNeeded();
      case "required" -> new ReasonRule.Required();
      default -> {
        try {
          yield new ReasonRule.Matching(com.google.re2j.Pattern.compile(rule));
        } catch (PatternSyntaxException e) {
          problems.error(
              path + ".reason",
              "not a regular expression: " + e.getDescription(),
              "write optional, required, or an expression that matches the whole reason");
          yield new ReasonRule.Required();
        }
      }
    };
  }

  ProofDemand proof(Optional<String> text) {
    return switch (text.orElse("ledger")) {
      case "ledger" -> ProofDemand.LEDGER;
      case "witnessed" -> ProofDemand.WITNESSED;
      default -> {
        problems.error(path + ".proof", "no such proof", "write ledger or witnessed");
        yield ProofDemand.WITNESSED;
      }
    };
  }

  private void checkKeyType(String typePath, Optional<SshKeyType> type, boolean verify) {
    if (type.isEmpty()) {
      problems.error(
          typePath,
          "no such key type",
          "the types are " + String.join(", ", KeyRule.ANY.typeNames()));
    } else if (verify && !type.get().isSecurityKey()) {
      problems.error(
          typePath,
          "verify-required can only be met by sk- keys",
          "name sk-ed25519 and sk-ecdsa-p256 alone");
    }
  }

  private static Optional<SshKeyType> keyType(String name, int rsaBits) {
    if (rsaBits > 0) {
      boolean sane = rsaBits >= MIN_RSA_BITS && rsaBits <= MAX_RSA_BITS;
      return sane ? Optional.of(SshKeyType.RSA) : Optional.empty();
    }
    return EnumSet.complementOf(EnumSet.of(SshKeyType.RSA)).stream()
        .filter(type -> type.policyName(0).equals(name))
        .findFirst();
  }

  private static Set<SshKeyType> securityKeys() {
    return EnumSet.of(SshKeyType.SK_ED25519, SshKeyType.SK_ECDSA_P256);
  }
}
