package dev.daypass.web.asker;

import dev.daypass.identity.Authentication;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.TokenAuthenticator;
import dev.daypass.login.Logins;
import dev.daypass.login.RequestSignatures;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.login.outcome.Standing;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.RequestFailed;
import java.util.List;
import java.util.Optional;

/**
 * Finds out who asks by the one Authorization header: a bearer token (RFC 6750 section 2.1, and no
 * other place), or the signature of a bound key over this very request.
 */
public final class Authenticator {
  private static final String BEARER = "Bearer ";

  private final TokenAuthenticator tokens;
  private final RequestProof proof;
  private final Logins logins;

  public Authenticator(TokenAuthenticator tokens, RequestProof proof, Logins logins) {
    this.tokens = tokens;
    this.proof = proof;
    this.logins = logins;
  }

  KnownAsker asker(Exchange exchange) throws RequestFailed {
    List<String> headers = exchange.headers("Authorization");
    if (headers.isEmpty()) {
      throw unauthenticated("authentication_required", "The request does not say who asks.");
    }
    String header = headers.getFirst();
    if (headers.size() == 1 && RequestProof.isSignature(header)) {
      return bySignature(exchange);
    }
    if (headers.size() == 1 && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return new KnownAsker(byToken(exchange, header.substring(BEARER.length())), Optional.empty());
    }
    throw unauthenticated(
        "authentication_unknown", "Authorization is neither a bearer token nor a signature.");
  }

  private KnownAsker bySignature(Exchange exchange) throws RequestFailed {
    SshPublicKey key = proof.key(exchange, RequestSignatures.USER_NAMESPACE);
    return switch (logins.standing(key)) {
      case Standing.Known known -> {
        exchange.identified();
        yield new KnownAsker(known.identity(), Optional.of(new KnownAsker.BoundKey(key, known)));
      }
      case Standing.Unavailable(String detail) -> throw unavailable(detail);
      case Standing.Ended(IdentityId owner, LoginRefused refusal) -> {
        exchange.identified();
        throw new RequestFailed(LoginProblems.of(refusal), owner, key);
      }
      case LoginRefused refused -> throw LoginProblems.failed(refused);
    };
  }

  private Identity byToken(Exchange exchange, String token) throws RequestFailed {
    return switch (tokens.authenticate(token)) {
      case Authentication.Authenticated(Identity identity, _) -> {
        exchange.identified();
        yield identity;
      }
      case Authentication.Refused(String code, String detail, String remedy, var who) -> {
        if (who.isPresent()) {
          exchange.identified();
        }
        throw new RequestFailed(Problem.of(status(code), code, detail, remedy), who);
      }
      case Authentication.Unavailable(String detail) -> throw unavailable(detail);
    };
  }

  /** What is wrong with the token is 401; what is wrong with whom it stands for is 403. */
  private static int status(String code) {
    return code.startsWith("token_") ? 401 : 403;
  }

  private static RequestFailed unavailable(String detail) {
    return new RequestFailed(
        Problem.of(
            503,
            RequestFailed.UNJUDGED,
            detail,
            "Try again; a certificate that you hold stays good until it ends."));
  }

  private static RequestFailed unauthenticated(String code, String detail) {
    return new RequestFailed(
        Problem.of(
            401,
            code,
            detail,
            "Log in and sign the request, or send a token of your identity provider."));
  }
}
