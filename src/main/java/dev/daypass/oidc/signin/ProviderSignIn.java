package dev.daypass.oidc.signin;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.daypass.identity.Authentication;
import dev.daypass.identity.Identity;
import dev.daypass.login.outcome.LoginFault;
import dev.daypass.login.provider.RefreshResult;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.provider.SignInRequest;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.login.provider.SignInTerms;
import dev.daypass.oidc.Claims;
import dev.daypass.oidc.IdTokens;
import dev.daypass.oidc.IdTokens.Demands;
import dev.daypass.oidc.IdTokens.Outcome;
import dev.daypass.oidc.keys.FetchException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Signing in at one provider, from the first redirect to the last refresh. */
final class ProviderSignIn {
  /** DESIGN section 4, Re-check: the provider's words that end a login; no other does. */
  private static final Set<String> ENDINGS =
      Set.of(
          "invalid_grant",
          "interaction_required",
          "login_required",
          "consent_required",
          "access_denied");

  private final SignInClient client;
  private final URI redirect;
  private final KnownMetadata metadata;
  private final TokenEndpoint endpoint;
  private final IdTokens idTokens;

  ProviderSignIn(
      SignInClient client,
      URI redirect,
      KnownMetadata metadata,
      TokenEndpoint endpoint,
      IdTokens idTokens) {
    this.client = client;
    this.redirect = redirect;
    this.metadata = metadata;
    this.endpoint = endpoint;
    this.idTokens = idTokens;
  }

  SignInClient client() {
    return client;
  }

  SignInRequest begin(SignInSecrets secrets, SignInTerms terms) {
    try {
      return new SignInRequest.To(
          AuthenticationUri.of(metadata.find(), client, redirect, secrets, terms));
    } catch (FetchException e) {
      return new SignInRequest.Unavailable(named(e.reason()));
    }
  }

  SignInResult finish(
      SignInSecrets secrets, SignInTerms terms, Map<String, List<String>> parameters) {
    ProviderMetadata provider;
    try {
      provider = metadata.find();
    } catch (FetchException e) {
      return new SignInResult.Unavailable(named(e.reason()));
    }
    return switch (CallbackAnswer.read(
        parameters, secrets.state(), client.provider().issuer(), provider.namesIssuer())) {
      case CallbackAnswer.Failed(SignInResult result) -> result;
      case CallbackAnswer.Code(String code) -> {
        AuthorizationCodeGrant grant =
            new AuthorizationCodeGrant(
                new AuthorizationCode(code), redirect, new CodeVerifier(secrets.codeVerifier()));
        yield switch (endpoint.redeem(provider, grant)) {
          case TokenAnswer.Tokens tokens -> signedIn(provider, tokens, secrets, terms);
          case TokenAnswer.Failure(String error) -> failed(error);
          case TokenAnswer.Unusable(String detail, _) -> {
            metadata.doubt();
            yield new SignInResult.Unavailable(named("its token endpoint " + detail));
          }
        };
      }
    };
  }

  private SignInResult failed(String error) {
    // Keycloak, Server Administration Guide, "Offline access": the person lacks the role.
    if (error.equals("not_allowed")) {
      return new SignInResult.Refused(
          error,
          "The identity provider gives you no offline token (not_allowed).",
          "Have its administrator give you the role offline_access, or an operator leave that out"
              + " of `scopes`.",
          Optional.empty());
    }
    // RFC 6749 section 5.2: the code is spent, of another client, or of another verifier.
    return error.equals("invalid_grant")
        ? new SignInResult.Refused(
            LoginFault.SIGN_IN_INVALID.code(),
            "The identity provider does not take the code (invalid_grant).",
            "Begin the login again in the terminal.",
            Optional.empty())
        : new SignInResult.Unavailable(named("its token endpoint answered " + error));
  }

  private SignInResult signedIn(
      ProviderMetadata provider,
      TokenAnswer.Tokens tokens,
      SignInSecrets secrets,
      SignInTerms terms) {
    if (tokens.idToken().isEmpty()) {
      return new SignInResult.Unavailable(named("its token endpoint answered no ID token"));
    }
    Demands demands =
        new Demands(
            Optional.of(secrets.oidcNonce()), Optional.of(tokens.accessToken()), terms.maxAge());
    return switch (idTokens.verify(tokens.idToken().get(), demands)) {
      case Outcome.Unavailable(String detail) -> new SignInResult.Unavailable(detail);
      case Outcome.Refused(Authentication.Refused refused) -> refused(refused);
      case Outcome.Verified(Claims claims) -> {
        try {
          Claims whole = whole(provider, claims, tokens.accessToken());
          yield switch (idTokens.identity(whole, terms.mode().text())) {
            case Authentication.Authenticated(Identity identity, _) ->
                new SignInResult.SignedIn(
                    identity, tokens.refresh().filter(_ -> client.style().refresh()));
            case Authentication.Refused refused -> refused(refused);
            case Authentication.Unavailable(String detail) -> new SignInResult.Unavailable(detail);
          };
        } catch (FetchException e) {
          yield new SignInResult.Unavailable(named(e.reason()));
        }
      }
    };
  }

  private static SignInResult refused(Authentication.Refused refused) {
    return new SignInResult.Refused(
        refused.code(), refused.detail(), refused.remedy(), refused.who());
  }

  /** The ID token's claims with what only the userinfo endpoint tells, where that is wanted. */
  private Claims whole(ProviderMetadata provider, Claims claims, String accessToken)
      throws FetchException {
    if (!client.style().userinfo()
        || provider.userinfo().isEmpty()
        || !idTokens.isIncomplete(claims)) {
      return claims;
    }
    return idTokens
        .completed(claims, endpoint.userinfo(provider, accessToken))
        .orElseThrow(() -> new FetchException("its userinfo endpoint answered for somebody else"));
  }

  RefreshResult refresh(Identity known, RefreshToken token) {
    ProviderMetadata provider;
    try {
      provider = metadata.find();
    } catch (FetchException e) {
      return new RefreshResult.Unreachable(named(e.reason()));
    }
    RefreshTokenGrant grant =
        new RefreshTokenGrant(new com.nimbusds.oauth2.sdk.token.RefreshToken(token.reveal()));
    return switch (endpoint.redeem(provider, grant)) {
      case TokenAnswer.Failure(String error) ->
          ENDINGS.contains(error)
              ? new RefreshResult.Ended(error)
              : new RefreshResult.Unreachable(named("its token endpoint answered " + error));
      case TokenAnswer.Unusable(String detail, Optional<RefreshToken> rotated) -> {
        metadata.doubt();
        yield new RefreshResult.Unreachable(named("its token endpoint " + detail), rotated);
      }
      case TokenAnswer.Tokens tokens -> {
        Optional<RefreshToken> rotated = tokens.refresh().filter(other -> !other.equals(token));
        try {
          yield renewed(fresh(provider, tokens), known, rotated);
        } catch (FetchException e) {
          yield new RefreshResult.Unreachable(named(e.reason()), rotated);
        }
      }
    };
  }

  /**
   * The claims of a refresh: of a new ID token, else of the userinfo endpoint (OpenID Connect Core
   * section 12.2 lets the token be absent).
   *
   * @throws FetchException if there is no word of the provider's that can be believed
   */
  private Claims fresh(ProviderMetadata provider, TokenAnswer.Tokens tokens) throws FetchException {
    if (tokens.idToken().isEmpty()) {
      if (!client.style().userinfo()) {
        throw new FetchException("its token endpoint answered no ID token");
      }
      return idTokens.ofUserinfo(endpoint.userinfo(provider, tokens.accessToken()));
    }
    Demands demands =
        new Demands(Optional.empty(), Optional.of(tokens.accessToken()), Optional.empty());
    return switch (idTokens.verify(tokens.idToken().get(), demands)) {
      case Outcome.Verified(Claims claims) -> whole(provider, claims, tokens.accessToken());
      case Outcome.Unavailable(String detail) -> throw new FetchException(detail);
      // A token that is not good says nothing, neither that the person left.
      case Outcome.Refused(Authentication.Refused refused) ->
          throw new FetchException("its new ID token is not good (" + refused.code() + ")");
    };
  }

  private RefreshResult renewed(Claims claims, Identity known, Optional<RefreshToken> rotated) {
    return switch (idTokens.renewed(claims, known)) {
      case Authentication.Authenticated(Identity identity, _) ->
          new RefreshResult.Renewed(identity, rotated);
      case Authentication.Refused refused ->
          new RefreshResult.Refused(refused.code(), refused.detail(), refused.remedy());
      case Authentication.Unavailable(String detail) ->
          new RefreshResult.Unreachable(detail, rotated);
    };
  }

  /** Gives a refresh token back, where the provider takes it. */
  void giveBack(RefreshToken token) throws FetchException {
    ProviderMetadata provider = metadata.find();
    if (provider.revocation().isPresent()) {
      endpoint.giveBack(provider, provider.revocation().get(), token);
    }
  }

  private String named(String problem) {
    return "Identity provider \"" + client.provider().name() + "\": " + problem + ".";
  }
}
