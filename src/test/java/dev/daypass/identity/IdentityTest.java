package dev.daypass.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

  private static Identity withClaims(Map<String, Object> claims) {
    return new Identity(
        new IdentityId("https://idp.example.com", "1"),
        "okta",
        true,
        IdentityKind.PERSON,
        new Username("alice"),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        claims,
        Optional.empty(),
        List.of(),
        false,
        "bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "_x", "db-debug", "alice.b_c-9", "a2345678901234567890123456789012"})
  void readsAccounts(String text) {
    assertThat(Account.parse(text)).map(Account::text).contains(text);
  }

  /** CASES 3 to 11, with the account in the place of the principal. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a,root",
        "a\0",
        "a\n",
        "a\r",
        "a\tb",
        "a\u0085",
        "a\u007f",
        " a",
        "a ",
        "a b",
        "*",
        "a?",
        "!a",
        "Root",
        "9a",
        ".a",
        "-a",
        "\u0440oot",
        "a\u202eb",
        "a\u200bb",
        "e\u0301",
        "\ud800",
        "a23456789012345678901234567890123"
      })
  void refusesWhatIsNoAccount(String text) {
    assertThat(Account.parse(text)).isEmpty();
    assertThatThrownBy(() -> new Account(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsEmailsAndLowersTheDomainOnly() {
    assertThat(Email.parse("Alice.B+x@EXAMPLE.com"))
        .contains(new Email("Alice.B+x", "example.com"))
        .map(Email::toString)
        .contains("Alice.B+x@example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "alice",
        "@example.com",
        "alice@",
        "a@b@example.com",
        ".a@example.com",
        "a..b@example.com",
        "a b@example.com",
        "a@example.com\n",
        "a@exam ple.com",
        "a@-example.com",
        "a@example..com",
        "a@[127.0.0.1]",
        "\"a\"@example.com",
        "\u0430@example.com",
        "a@ex\u0430mple.com",
        "a@\u212Aexample.com"
      })
  void refusesWhatIsNoEmail(String text) {
    assertThat(Email.parse(text)).isEmpty();
  }

  @Test
  void refusesEmailsThatAreTooLong() {
    assertThat(Email.parse("a".repeat(64) + "@example.com")).isPresent();
    assertThat(Email.parse("a".repeat(65) + "@example.com")).isEmpty();
    assertThat(Email.parse("a@" + "b.".repeat(126) + "com")).isEmpty();
  }

  @Test
  void takesAnyWellFormedUsername() {
    assertThat(Username.parse("Ren\u00e9 = \"x\"\n")).isPresent();
    assertThat(Username.parse(" ")).isEmpty();
    assertThat(Username.parse("")).isEmpty();
    assertThat(Username.parse("a\ud800")).isEmpty();
  }

  @Test
  void namesNobodyByNothing() {
    assertThatThrownBy(() -> new IdentityId("", "1")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IdentityId("i", "")).isInstanceOf(IllegalArgumentException.class);
    assertThat(new IdentityId("https://i", "1")).hasToString("https://i#1");
  }

  @Test
  void copiesClaimsDeeply() {
    Map<String, Object> inner = new HashMap<>();
    inner.put("big", new BigInteger("9".repeat(30)));
    inner.put("real", new BigDecimal("1.5"));
    Map<String, Object> claims = new HashMap<>();
    claims.put("map", inner);
    claims.put("list", List.of("a", 1, true));
    Identity identity = withClaims(claims);
    inner.put("later", 1);
    claims.put("later", true);
    assertThat(identity.claims())
        .isEqualTo(Map.of("list", List.of("a", 1L, true), "map", Map.of("big", 1e30, "real", 1.5)));
    assertThatThrownBy(() -> identity.claims().put("x", 1))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void refusesClaimsThatAreNoJsonOrTooDeep() {
    assertThatThrownBy(() -> withClaims(Map.of("x", new Object())))
        .isInstanceOf(IllegalArgumentException.class);
    Object deep = "x";
    for (int i = 0; i < 40; i++) {
      deep = List.of(deep);
    }
    Object tooDeep = deep;
    assertThatThrownBy(() -> withClaims(Map.of("x", tooDeep)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
