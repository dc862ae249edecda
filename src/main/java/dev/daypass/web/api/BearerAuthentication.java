package dev.daypass.web.api;

import dev.daypass.identity.Authentication;
import dev.daypass.identity.Identity;
import dev.daypass.identity.TokenAuthenticator;
import dev.daypass.web.body.Problem;
import java.util.List;

/** Finds out who asks by the Authorization header (RFC 6750 section 2.1, and no other place). */
public final class BearerAuthentication {
  /** The code of a token about which nothing can be known now: its sender is still a stranger. */
  static final String UNAVAILABLE = "identity_provider_unavailable";

  private static final String SCHEME = "Bearer ";

  private final TokenAuthenticator tokens;

  public BearerAuthentication(TokenAuthenticator tokens) {
    this.tokens = tokens;
  }

  Identity identity(Exchange exchange) throws RequestFailed {
    return switch (tokens.authenticate(token(exchange))) {
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
      case Authentication.Unavailable(String detail) ->
          throw new RequestFailed(
              Problem.of(
                  503,
                  UNAVAILABLE,
                  detail,
                  "Try again; a certificate that you hold stays good until it ends."));
    };
  }

  /** What is wrong with the token is 401; what is wrong with whom it stands for is 403. */
  private static int status(String code) {
    return code.startsWith("token_") ? 401 : 403;
  }

  private static String token(Exchange exchange) throws RequestFailed {
    List<String> headers = exchange.headers("Authorization");
    if (headers.isEmpty()) {
      throw unauthenticated("authentication_required", "The request does not say who asks.");
    }
    String header = headers.getFirst();
    if (headers.size() > 1 || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw unauthenticated("authentication_unknown", "Authorization is not one bearer token.");
    }
    return header.substring(SCHEME.length());
  }

  private static RequestFailed unauthenticated(String code, String detail) {
    return new RequestFailed(
        Problem.of(
            401,
            code,
            detail,
            "Send Authorization: Bearer with a token of your identity provider."));
  }
}
