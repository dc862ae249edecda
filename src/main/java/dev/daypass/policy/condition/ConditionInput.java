package dev.daypass.policy.condition;

import com.google.common.collect.ImmutableList;
import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelAttributePattern;
import dev.daypass.identity.Identity;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What conditions look at: an identity, a request, a moment. Confined to one decision. */
public final class ConditionInput {

  private static final String GROUPS = "groups";

  private static final ImmutableList<CelAttributePattern> REQUEST_UNKNOWN =
      ConditionTypes.REQUEST_FIELDS.stream()
          .filter(field -> !field.equals("role"))
          .map(CelAttribute.Qualifier::ofString)
          .map(field -> CelAttributePattern.create("request").qualify(field))
          .collect(ImmutableList.toImmutableList());

  /** What is not written down of a grant. */
  private static final ImmutableList<CelAttributePattern> PAST_UNKNOWN =
      ImmutableList.of(
          field("identity", "claims"),
          field("identity", "methods"),
          field("identity", "mfa"),
          field("identity", "primary"),
          field("request", "ttl"),
          field("request", "valid_after"),
          field("request", "hosts"));

  private final Memberships groups;
  private final Map<String, Object> identity;
  private final Map<String, Object> request;
  private final Instant now;
  private final ImmutableList<CelAttributePattern> unknowns;

  private ConditionInput(
      Identity identity,
      Memberships groups,
      Map<String, Object> request,
      Instant now,
      ImmutableList<CelAttributePattern> unknowns) {
    this.groups = groups;
    this.identity = describe(identity, groups.exact(), now);
    this.request = request;
    this.now = now;
    this.unknowns = unknowns;
  }

  /**
   * For a request that is there.
   *
   * @param groups all groups of the identity, those that policy itself lists included
   * @param request by the names of {@link ConditionTypes}; absent members are missing
   */
  public static ConditionInput of(
      Identity identity, Memberships groups, Map<String, Object> request, Instant now) {
    return new ConditionInput(identity, groups, request, now, ImmutableList.of());
  }

  /** For a request of which only the role is known. */
  public static ConditionInput withoutRequest(
      Identity identity, Memberships groups, String role, Instant now) {
    return new ConditionInput(identity, groups, Map.of("role", role), now, REQUEST_UNKNOWN);
  }

  /** For a grant that was written down, of which some is not known any more. */
  public static ConditionInput ofPast(
      Identity identity, Memberships groups, Map<String, Object> request, Instant then) {
    return new ConditionInput(identity, groups, request, then, PAST_UNKNOWN);
  }

  /** For a duty: there is no request. */
  public static ConditionInput forDuty(Identity identity, Memberships groups, Instant now) {
    return new ConditionInput(identity, groups, Map.of(), now, ImmutableList.of());
  }

  Map<String, Object> variables(Mentions mentions) {
    return variables(mentions.ofIdentity(identity), mentions.ofRequest(request));
  }

  /** The same with all text in lower case. */
  Map<String, Object> foldedVariables(Mentions mentions) {
    Map<String, Object> fields = mentions.ofIdentity(identity);
    fields.replace(GROUPS, List.copyOf(groups.ignoringCase()));
    return variables(foldMap(fields), foldMap(mentions.ofRequest(request)));
  }

  ImmutableList<CelAttributePattern> unknowns() {
    return unknowns;
  }

  /** One form for what people take for the same: compatibility forms, then case. */
  static String fold(String text) {
    // ASCII has no letters that only meet in upper case; nearly all text is ASCII in lower case.
    return isAscii(text)
        ? text.toLowerCase(Locale.ROOT)
        : Normalizer.normalize(text, Normalizer.Form.NFKC)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT);
  }

  private static CelAttributePattern field(String variable, String name) {
    return CelAttributePattern.create(variable).qualify(CelAttribute.Qualifier.ofString(name));
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private Map<String, Object> variables(
      Map<String, Object> identityFields, Map<String, Object> requestFields) {
    return Map.of("identity", identityFields, "request", requestFields, "now", now);
  }

  private static Map<String, Object> describe(Identity identity, Set<String> groups, Instant now) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("issuer", identity.id().issuer());
    fields.put("subject", identity.id().subject());
    fields.put("provider", identity.provider());
    fields.put("primary", identity.primary());
    fields.put("kind", identity.kind().text());
    fields.put("username", identity.username().text());
    identity.verifiedEmail().ifPresent(email -> fields.put("email", email.toString()));
    identity.account().ifPresent(account -> fields.put("account", account.text()));
    fields.put(GROUPS, List.copyOf(groups));
    fields.put("claims", identity.claims());
    identity
        .authenticatedAt()
        .ifPresent(at -> {
          fields.put("authenticated_at", at);
          fields.put("auth_age", Duration.between(at, now));
        });
    fields.put("methods", identity.methods());
    fields.put("mfa", identity.mfa());
    fields.put("login_method", identity.loginMethod());
    return fields;
  }

  /** Keys are kept, and are there in lower case as well, since conditions name them as literals. */
  private static Map<String, Object> foldMap(Map<?, ?> map) {
    Map<String, Object> folded = new LinkedHashMap<>();
    map.forEach((key, value) -> folded.put(String.valueOf(key), foldValue(value)));
    List.copyOf(folded.keySet()).forEach(key -> folded.putIfAbsent(fold(key), folded.get(key)));
    return folded;
  }

  private static Object foldValue(Object value) {
    return switch (value) {
      case String text -> fold(text);
      case List<?> list -> list.stream().map(ConditionInput::foldValue).toList();
      case Map<?, ?> map -> foldMap(map);
      default -> value;
    };
  }
}
