package dev.daypass.oidc;

import dev.daypass.identity.Account;
import dev.daypass.identity.Authentication;
import dev.daypass.identity.Authentication.Authenticated;
import dev.daypass.identity.Email;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.Username;
import dev.daypass.oidc.rules.AccountSource;
import dev.daypass.oidc.rules.ClaimRules;
import dev.daypass.oidc.rules.OidcProvider;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes an identity of a verified token's claims (DESIGN section 4, "Who?"). */
final class IdentityMapping {
  private static final String EMAIL = "email";
  private static final String EMAIL_VERIFIED = "email_verified";
  private static final int MAX_SUBJECT_CHARS = 1024;
  private static final int MAX_USERNAME_CHARS = 256;

  /** What reads like an address, though not every such text is one. */
  private static final Pattern ADDRESS = Pattern.compile("[^@:/\\s]+@([^@:/\\s]+)");

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}]");

  private final OidcProvider provider;
  private final ClaimRules rules;
  private final GroupMapping groups;

  IdentityMapping(OidcProvider provider, GroupMapping groups) {
    this.provider = provider;
    this.rules = provider.claims();
    this.groups = groups;
  }

  /**
   * @param all the names of all configured providers
   */
  static IdentityMapping of(OidcProvider provider, Set<String> all) {
    Set<String> others = new HashSet<>(all);
    others.remove(provider.name());
    return new IdentityMapping(provider, new GroupMapping(provider, others));
  }

  /** The identity, or why it is not admitted, behind claims that the provider did make. */
  Authentication authentication(Claims claims, String method, Optional<Instant> expiry) {
    IdentityId id;
    try {
      id = id(claims.ofIdentity());
    } catch (ClaimException e) {
      return e.refused();
    }
    try {
      return new Authenticated(identity(claims.ofIdentity(), method), expiry);
    } catch (ClaimException e) {
      return e.refused().of(id);
    }
  }

  /**
   * The identity behind a token whose signature and standard claims are good.
   *
   * @param method how the login came about, as {@link Identity#loginMethod} has it
   */
  Identity identity(Claims claims, String method) throws ClaimException {
    requireHostedDomain(claims);
    Optional<Email> email = email(claims);
    List<String> methods = claims.texts("amr");
    return new Identity(
        id(claims),
        provider.name(),
        provider.primary(),
        provider.kind(),
        username(claims, email),
        email,
        account(claims, email),
        groups.groups(claims),
        claims.without(hidden(email)),
        claims.time("auth_time"),
        methods,
        severalFactors(methods, claims),
        method);
  }

  /** Whom the provider names, whatever else it says. */
  IdentityId id(Claims claims) throws ClaimException {
    String claim = rules.names().subject();
    String subject = claims.requiredText(claim);
    if (subject.length() > MAX_SUBJECT_CHARS) {
      throw new ClaimException(
          TokenRefusal.CLAIM_INVALID, "The claim \"" + claim + "\" is too long.");
    }
    return new IdentityId(provider.issuer(), subject);
  }

  /**
   * Google, "OpenID Connect", "hd": an address of a company's domain does not make an account one
   * of the company's; only this claim says that the company hosts the account, and can end it.
   */
  private void requireHostedDomain(Claims claims) throws ClaimException {
    if (!rules.hostedDomains().isEmpty()
        && claims.text("hd").filter(rules.hostedDomains()::contains).isEmpty()) {
      throw new ClaimException(
          TokenRefusal.HOSTED_DOMAIN,
          "The account is not hosted by a domain that is admitted (claim \"hd\").");
    }
  }

  /**
   * The address, if the provider verified it and may assert its domain. Where the username or the
   * account would come from an address that is not, the identity is refused (CASES 48).
   */
  private Optional<Email> email(Claims claims) throws ClaimException {
    Optional<String> text = claims.text(EMAIL);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    boolean needed =
        rules.username().equals(EMAIL) || rules.account() instanceof AccountSource.LocalPart;
    Optional<Email> email = Email.parse(text.get());
    if (!isVerified(claims)) {
      return unless(
          needed,
          TokenRefusal.EMAIL_UNVERIFIED,
          "The provider has not verified the e-mail address.");
    }
    if (email.isEmpty()) {
      return unless(needed, TokenRefusal.CLAIM_INVALID, "The claim \"email\" holds no address.");
    }
    if (!rules.emailDomains().contains(email.get().domain())) {
      return unless(
          needed,
          TokenRefusal.EMAIL_DOMAIN,
          "The provider may not assert e-mail addresses of this domain.");
    }
    return email;
  }

  /** Entra ID writes its own claim as a boolean, as a number or as text. */
  private boolean isVerified(Claims claims) {
    String claim = rules.names().emailVerified();
    return claims.isTrue(claim) || (!claim.equals(EMAIL_VERIFIED) && claims.isOne(claim));
  }

  private static Optional<Email> unless(boolean needed, TokenRefusal refusal, String detail)
      throws ClaimException {
    if (needed) {
      throw new ClaimException(refusal, detail);
    }
    return Optional.empty();
  }

  private Username username(Claims claims, Optional<Email> email) throws ClaimException {
    String claim = rules.username();
    if (claim.equals(EMAIL)) {
      return email
          .flatMap(address -> Username.parse(address.toString()))
          .orElseThrow(() -> missing(EMAIL));
    }
    String text = claims.text(claim).orElseThrow(() -> missing(claim));
    if (text.length() > MAX_USERNAME_CHARS) {
      throw new ClaimException(
          TokenRefusal.USERNAME_INVALID, "The claim \"" + claim + "\" is too long for a username.");
    }
    requireOwnDomain(claim, text);
    return Username.parse(text)
        .orElseThrow(() ->
            new ClaimException(
                TokenRefusal.USERNAME_INVALID, "The claim \"" + claim + "\" holds no username."));
  }

  /**
   * A username that reads like an address of a domain that is not the provider's is a claim to it:
   * to people, and to the registry, which takes look-alikes for one name.
   */
  private void requireOwnDomain(String claim, String text) throws ClaimException {
    String seen = Normalizer.normalize(INVISIBLE.matcher(text).replaceAll(""), Form.NFKC).strip();
    if (ADDRESS.matcher(seen).matches()
        && !Email.parse(text).map(e -> rules.emailDomains().contains(e.domain())).orElse(false)) {
      throw new ClaimException(
          TokenRefusal.EMAIL_DOMAIN,
          "The claim \""
              + claim
              + "\" reads like an e-mail address of a domain that the provider"
              + " may not assert.");
    }
  }

  private Optional<Account> account(Claims claims, Optional<Email> email) throws ClaimException {
    return switch (rules.account()) {
      case AccountSource.None _ -> Optional.empty();
      // "o'brien@" is a good address and no account name: such a person has no account of his own.
      case AccountSource.LocalPart _ -> email.flatMap(e -> Account.parse(e.localPart()));
      case AccountSource.Claim(String name) -> {
        Optional<String> text = claims.text(name);
        Optional<Account> account = text.flatMap(Account::parse);
        if (text.isPresent() && account.isEmpty()) {
          throw new ClaimException(
              TokenRefusal.ACCOUNT_INVALID, "The claim \"" + name + "\" holds no account name.");
        }
        yield account;
      }
    };
  }

  /** The claims that an identity is made of, as far as a provider may leave them out. */
  Set<String> wanted() {
    Set<String> wanted = new HashSet<>(Set.of(rules.username()));
    rules.groups().ifPresent(wanted::add);
    if (rules.account() instanceof AccountSource.Claim(String name)) {
      wanted.add(name);
    }
    if (!rules.emailDomains().isEmpty()) {
      wanted.add(EMAIL);
      wanted.add(rules.names().emailVerified());
    }
    return wanted;
  }

  private boolean severalFactors(List<String> methods, Claims claims) throws ClaimException {
    return methods.stream().anyMatch(rules.mfaMethods()::contains)
        || claims.text("acr").map(rules.mfaContexts()::contains).orElse(false)
        || claims.textOrTexts("acrs").stream().anyMatch(rules.mfaContexts()::contains);
  }

  /**
   * Policy reads groups and addresses where they have been checked, and nowhere else (CASES 76).
   * What ties a token to one login says nothing of a person and is not written down.
   */
  private Set<String> hidden(Optional<Email> email) {
    Set<String> hidden = new HashSet<>(Set.of("groups", "nonce", "at_hash", "c_hash"));
    rules.groups().ifPresent(hidden::add);
    if (email.isEmpty()) {
      hidden.addAll(List.of(EMAIL, EMAIL_VERIFIED, rules.names().emailVerified()));
    }
    return hidden;
  }

  private static ClaimException missing(String claim) {
    return new ClaimException(
        TokenRefusal.CLAIM_INVALID, "The claim \"" + claim + "\" is missing; it is the username.");
  }
}
