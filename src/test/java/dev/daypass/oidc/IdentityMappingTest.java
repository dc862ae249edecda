package dev.daypass.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityKind;
import dev.daypass.oidc.jose.StrictJson;
import dev.daypass.oidc.keys.KeyRefresh;
import dev.daypass.oidc.rules.AccountSource;
import dev.daypass.oidc.rules.ClaimRules;
import dev.daypass.oidc.rules.OidcProvider;
import dev.daypass.oidc.rules.TokenRules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What claims make of an identity: CASES 11, 17, 48, 54 and 76. */
final class IdentityMappingTest {
  private static final String ISSUER = "https://idp.example.com";
  private static final ClaimRules BY_EMAIL =
      ClaimRules.username("email").withEmailDomains("example.com");
  private static final ClaimRules BY_NAME = ClaimRules.username("preferred_username");

  @Test
  void readsAllOfAPerson() throws Exception {
    ClaimRules rules =
        BY_EMAIL
            .withAccount(new AccountSource.LocalPart())
            .withGroups("roles")
            .withMfaContexts("gold");
    Identity identity =
        map(
            rules,
            """
            {"sub":"s-1","email":"alice@Example.COM","email_verified":true,"roles":["dba","sre"],
             "amr":["pwd","otp"],"acr":"gold","auth_time":1795248000,"dept":"ops","x":null,
             "o":{"a":null,"b":[null,1]}}
            """);

    assertThat(identity.id().issuer()).isEqualTo(ISSUER);
    assertThat(identity.id().subject()).isEqualTo("s-1");
    assertThat(identity.provider()).isEqualTo("okta");
    assertThat(identity.primary()).isTrue();
    assertThat(identity.kind()).isEqualTo(IdentityKind.PERSON);
    assertThat(identity.username()).hasToString("alice@example.com");
    assertThat(identity.verifiedEmail().orElseThrow()).hasToString("alice@example.com");
    assertThat(identity.account().orElseThrow()).hasToString("alice");
    assertThat(identity.groups()).containsExactlyInAnyOrder("dba", "sre");
    assertThat(identity.authenticatedAt()).contains(Instant.ofEpochSecond(1_795_248_000));
    assertThat(identity.methods()).containsExactly("pwd", "otp");
    assertThat(identity.mfa()).isTrue();
    assertThat(identity.claims())
        .containsEntry("dept", "ops")
        .containsEntry("email", "alice@Example.COM")
        .doesNotContainKeys("roles", "groups", "x");
    assertThat(identity.claims().get("o")).isEqualTo(Map.of("b", List.of(1L)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "email":"alice@example.com"                                   | email_unverified
          "email":"alice@example.com","email_verified":false            | email_unverified
          "email":"alice@example.com","email_verified":"true"           | email_unverified
          "email":"alice@example.com","email_verified":1                | email_unverified
          "email":"alice@example.com","email_verified":null             | email_unverified
          "email":"alice@evil.com","email_verified":true                | email_domain
          "email":"alice@example.com.evil.com","email_verified":true    | email_domain
          "email":"alice@sub.example.com","email_verified":true         | email_domain
          "email":"alice@evil.com@example.com","email_verified":true    | claim_invalid
          "email":"alice@ex\\u0430mple.com","email_verified":true       | claim_invalid
          "email":"alice","email_verified":true                         | claim_invalid
          "email":"","email_verified":true                              | claim_invalid
          "email":["alice@example.com"],"email_verified":true           | claim_invalid
          "email":{"a":"alice@example.com"},"email_verified":true       | claim_invalid
          "email":7,"email_verified":true                               | claim_invalid
          "email":null,"email_verified":true                            | claim_invalid
          "email_verified":true                                         | claim_invalid
          """)
  void refusesAnAddressThatIsNotTheProvidersToAssert(String claims, String code) {
    assertThat(refusal(BY_EMAIL, "{\"sub\":\"s-1\"," + claims + "}")).isEqualTo(code);
    ClaimRules byAccount =
        ClaimRules.username("sub")
            .withEmailDomains("example.com")
            .withAccount(new AccountSource.LocalPart());
    if (claims.contains("\"email\"")) {
      assertThat(refusal(byAccount, "{\"sub\":\"s-1\"," + claims + "}")).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"email\":\"alice@example.com\"",
        "\"email\":\"alice@example.com\",\"email_verified\":\"true\"",
        "\"email\":\"alice@evil.com\",\"email_verified\":true",
        "\"email\":\"nonsense\",\"email_verified\":true"
      })
  void anAddressThatMapsToNothingIsNotSeenByPolicy(String claims) throws Exception {
    ClaimRules rules = ClaimRules.username("sub").withEmailDomains("example.com");

    Identity identity = map(rules, "{\"sub\":\"s-1\"," + claims + "}");

    assertThat(identity.verifiedEmail()).isEmpty();
    assertThat(identity.claims()).doesNotContainKeys("email", "email_verified");
  }

  @Test
  void withoutDomainsAProviderAssertsNoAddress() throws Exception {
    assertThat(
            map(
                    ClaimRules.username("sub"),
                    "{\"sub\":\"s-1\",\"email\":\"a@example.com\",\"email_verified\":true}")
                .verifiedEmail())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "preferred_username":["alice"]               | claim_invalid
          "preferred_username":7                       | claim_invalid
          "preferred_username":null                    | claim_invalid
          "preferred_username":""                      | claim_invalid
          "preferred_username":{"a":"b"}               | claim_invalid
          "x":1                                        | claim_invalid
          "preferred_username":"  "                    | username_invalid
          "preferred_username":"alice@example.com"     | email_domain
          "preferred_username":"Alice@EXAMPLE.com"     | email_domain
          "preferred_username":"alice@[127.0.0.1]"     | email_domain
          "preferred_username":"alice@example.com "    | email_domain
          "preferred_username":"alice\\uff20example.com" | email_domain
          "preferred_username":"alice\\ufe6bexample.com" | email_domain
          "preferred_username":"alice\\u200b@example.com" | email_domain
          """)
  void refusesUsernames(String claims, String code) {
    assertThat(refusal(BY_NAME, "{\"sub\":\"s-1\"," + claims + "}")).isEqualTo(code);
  }

  @Test
  void refusesUsernamesAndSubjectsWithoutEnd() {
    String long257 = "u".repeat(257);
    String long1025 = "s".repeat(1025);

    assertThat(refusal(BY_NAME, "{\"sub\":\"s\",\"preferred_username\":\"" + long257 + "\"}"))
        .isEqualTo("username_invalid");
    assertThat(refusal(ClaimRules.username("sub"), "{\"sub\":\"" + long1025 + "\"}"))
        .isEqualTo("claim_invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice",
        "repo:octo/app:ref:refs/heads/a@b",
        "system:serviceaccount:ns:name",
        "Ælfred"
      })
  void takesUsernamesAsTheyAre(String username) throws Exception {
    assertThat(map(BY_NAME, "{\"sub\":\"s\",\"preferred_username\":\"" + username + "\"}"))
        .satisfies(i -> assertThat(i.username()).hasToString(username));
  }

  @Test
  void aUsernameMayBeAnAddressOfAnOwnDomain() throws Exception {
    Identity identity =
        map(
            BY_NAME.withEmailDomains("Example.com"),
            "{\"sub\":\"s\",\"preferred_username\":\"alice@example.com\"}");

    assertThat(identity.username()).hasToString("alice@example.com");
    assertThat(identity.verifiedEmail()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Root\"",
        "\"a,root\"",
        "\"al ice\"",
        "\"alice\\n\"",
        "\"alice\\u0000\"",
        "\"*\"",
        "\"-alice\"",
        "\"\\u0440oot\"",
        "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\""
      })
  void refusesAccountClaimsOutsideTheGrammar(String account) {
    ClaimRules rules = ClaimRules.username("sub").withAccount(new AccountSource.Claim("unix"));

    assertThat(refusal(rules, "{\"sub\":\"s-1\",\"unix\":" + account + "}"))
        .isEqualTo("account_invalid");
  }

  @Test
  void anAccountClaimIsAStringOrAbsent() throws Exception {
    ClaimRules rules = ClaimRules.username("sub").withAccount(new AccountSource.Claim("unix"));

    assertThat(map(rules, "{\"sub\":\"s-1\"}").account()).isEmpty();
    assertThat(map(rules, "{\"sub\":\"s-1\",\"unix\":\"alice\"}").account().orElseThrow())
        .hasToString("alice");
    for (String wrong : new String[] {"[\"alice\"]", "null", "7", "true"}) {
      assertThat(refusal(rules, "{\"sub\":\"s-1\",\"unix\":" + wrong + "}"))
          .isEqualTo("claim_invalid");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"o'brien", "Alice.Smith", "alice+root", "9lives"})
  void aLocalPartThatIsNoAccountNameMakesNone(String localPart) throws Exception {
    Identity identity =
        map(
            BY_EMAIL.withAccount(new AccountSource.LocalPart()),
            "{\"sub\":\"s-1\",\"email\":\""
                + localPart
                + "@example.com\",\"email_verified\":true}");

    assertThat(identity.account()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"dba\"",
        "null",
        "7",
        "{\"dba\":true}",
        "[\"dba\",7]",
        "[\"dba\",null]",
        "[[\"dba\"]]",
        "[\"\"]"
      })
  void refusesGroupsThatAreNoArrayOfStrings(String groups) {
    ClaimRules rules = ClaimRules.username("sub").withGroups("groups");

    assertThat(refusal(rules, "{\"sub\":\"s-1\",\"groups\":" + groups + "}"))
        .isEqualTo("claim_invalid");
  }

  @Test
  void groupsThatDoNotCountAreNotSeenEvenIfTheyAreNonsense() throws Exception {
    Identity identity = map(ClaimRules.username("sub"), "{\"sub\":\"s-1\",\"groups\":\"dba\"}");

    assertThat(identity.groups()).isEmpty();
    assertThat(identity.claims()).doesNotContainKey("groups");
  }

  @Test
  void groupsOfOtherProvidersCarryTheirName() throws Exception {
    ClaimRules rules = ClaimRules.username("sub").withGroups("groups");
    String claims = "{\"sub\":\"s-1\",\"groups\":[\"dba\",\"okta/dba\",\"/dba\"]}";

    assertThat(mapping(rules, false).identity(claims(claims), "bearer").groups())
        .containsExactlyInAnyOrder("okta/dba", "okta/okta/dba", "okta//dba");
  }

  @Test
  void aPrimaryGroupCannotPassForAnotherProviders() throws Exception {
    ClaimRules rules = ClaimRules.username("sub").withGroups("groups");

    assertThat(
            map(
                    rules,
                    "{\"sub\":\"s-1\",\"groups\":[\"ci/deploy\",\"/ci/deploy\",\"cix/a\",\"ci\"]}")
                .groups())
        .containsExactlyInAnyOrder("/ci/deploy", "cix/a", "ci");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"_claim_names\":{\"groups\":\"src1\"}",
        "\"hasgroups\":true",
        "\"groups\":[\"a\"],\"hasgroups\":true"
      })
  void refusesATokenThatLeavesItsGroupsOut(String claims) {
    ClaimRules rules = ClaimRules.username("sub").withGroups("groups");

    assertThat(refusal(rules, "{\"sub\":\"s-1\"," + claims + "}")).isEqualTo("groups_overage");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "amr":["pwd"]               | false
          "amr":["pwd","mfa"]         | true
          "amr":["MFA"]               | false
          "amr":[]                    | false
          "acr":"gold"                | true
          "acr":"silver"              | false
          "x":1                       | false
          """)
  void severalFactorsAreWhatTheRulesSay(String claims, boolean mfa) throws Exception {
    ClaimRules rules = ClaimRules.username("sub").withMfaContexts("gold");

    assertThat(map(rules, "{\"sub\":\"s-1\"," + claims + "}").mfa()).isEqualTo(mfa);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"amr\":\"mfa\"", "\"amr\":[1]", "\"acr\":[\"gold\"]", "\"acr\":2"})
  void refusesFactorsOfTheWrongType(String claims) {
    assertThat(refusal(ClaimRules.username("sub"), "{\"sub\":\"s-1\"," + claims + "}"))
        .isEqualTo("claim_invalid");
  }

  private static Identity map(ClaimRules rules, String json) throws Exception {
    return mapping(rules, true).identity(claims(json), "bearer");
  }

  private static String refusal(ClaimRules rules, String json) {
    ClaimException refused = catchThrowableOfType(ClaimException.class, () -> map(rules, json));
    assertThat(refused).isNotNull();
    return refused.refused().code();
  }

  private static IdentityMapping mapping(ClaimRules rules, boolean primary) {
    OidcProvider provider =
        new OidcProvider(
            "okta",
            ISSUER,
            primary,
            IdentityKind.PERSON,
            TokenRules.of(IdentityKind.PERSON, "daypass"),
            rules,
            KeyRefresh.DEFAULTS);
    return new IdentityMapping(provider, new GroupMapping(provider, Set.of("ci", "gitlab")));
  }

  private static Claims claims(String json) throws Exception {
    return Claims.ofToken(StrictJson.object(json.getBytes(StandardCharsets.UTF_8))).ofIdentity();
  }
}
