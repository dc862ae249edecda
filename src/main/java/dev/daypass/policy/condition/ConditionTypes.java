package dev.daypass.policy.condition;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Optional;

/**
 * The types of what conditions look at, so that a misspelt field is found when a policy loads. Only
 * {@code identity.claims} is open: what a provider sends is its own affair. The types' names differ
 * from the variables', else a duty's {@code request} would be taken for the type.
 */
final class ConditionTypes implements CelTypeProvider {

  private static final CelType STRINGS = ListType.create(SimpleType.STRING);

  static final StructType IDENTITY =
      struct(
          "daypass.Identity",
          ImmutableMap.<String, CelType>builder()
              .put("issuer", SimpleType.STRING)
              .put("subject", SimpleType.STRING)
              .put("provider", SimpleType.STRING)
              .put("primary", SimpleType.BOOL)
              .put("kind", SimpleType.STRING)
              .put("username", SimpleType.STRING)
              .put("email", SimpleType.STRING)
              .put("account", SimpleType.STRING)
              .put("groups", STRINGS)
              .put("claims", MapType.create(SimpleType.STRING, SimpleType.DYN))
              .put("authenticated_at", SimpleType.TIMESTAMP)
              .put("auth_age", SimpleType.DURATION)
              .put("methods", STRINGS)
              .put("mfa", SimpleType.BOOL)
              .put("login_method", SimpleType.STRING)
              .buildOrThrow());

  static final StructType HOST =
      struct(
          "daypass.Host",
          ImmutableMap.of(
              "name",
              SimpleType.STRING,
              "labels",
              MapType.create(SimpleType.STRING, SimpleType.STRING)));

  static final StructType REQUEST =
      struct(
          "daypass.Request",
          ImmutableMap.<String, CelType>builder()
              .put("role", SimpleType.STRING)
              .put("reason", SimpleType.STRING)
              .put("ttl", SimpleType.DURATION)
              .put("valid_after", SimpleType.TIMESTAMP)
              .put("hosts", ListType.create(HOST))
              .put("key_type", SimpleType.STRING)
              .put("key_fingerprint", SimpleType.STRING)
              .put("address", SimpleType.STRING)
              .buildOrThrow());

  static final ImmutableSet<String> REQUEST_FIELDS = REQUEST.fieldNames();

  @Override
  public ImmutableCollection<CelType> types() {
    return ImmutableList.of(IDENTITY, REQUEST, HOST);
  }

  @Override
  public Optional<CelType> findType(String name) {
    return types().stream().filter(type -> type.name().equals(name)).findFirst();
  }

  private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
    return StructType.create(
        name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
  }
}
