package dev.daypass.store;

import dev.daypass.identity.Account;
import dev.daypass.identity.Email;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.identity.Username;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An identity as JSON, claims and all, so that policy sees the same after a restart. */
final class IdentityText {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private IdentityText() {}

  static String write(Identity identity) {
    return JSON.writeValueAsString(
        new Shape(
            identity.id().issuer(),
            identity.id().subject(),
            identity.provider(),
            identity.primary(),
            identity.kind().text(),
            identity.username().text(),
            identity.verifiedEmail().map(Email::toString).orElse(null),
            identity.account().map(Account::text).orElse(null),
            identity.groups(),
            identity.claims(),
            identity.authenticatedAt().map(Instant::toString).orElse(null),
            identity.methods(),
            identity.mfa(),
            identity.loginMethod()));
  }

  static Identity read(String text) throws SQLException {
    try {
      return JSON.readValue(text, Shape.class).identity();
    } catch (RuntimeException e) {
      // Malformed, or a member is missing or out of its grammar: nobody is made of that.
      throw new SQLException("a stored identity is damaged", e);
    }
  }

  private record Shape(
      String issuer,
      String subject,
      String provider,
      boolean primary,
      String kind,
      String username,
      @Nullable String email,
      @Nullable String account,
      Set<String> groups,
      Map<String, Object> claims,
      @Nullable String authenticatedAt,
      List<String> methods,
      boolean mfa,
      String loginMethod) {
    Identity identity() {
      return new Identity(
          new IdentityId(issuer, subject),
          provider,
          primary,
          IdentityKind.PERSON.text().equals(kind) ? IdentityKind.PERSON : IdentityKind.SERVICE,
          new Username(username),
          Optional.ofNullable(email).flatMap(Email::parse),
          Optional.ofNullable(account).map(Account::new),
          groups,
          claims,
          Optional.ofNullable(authenticatedAt).map(Instant::parse),
          methods,
          mfa,
          loginMethod);
    }
  }
}
