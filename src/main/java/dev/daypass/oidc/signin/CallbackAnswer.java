package dev.daypass.oidc.signin;

import dev.daypass.login.outcome.LoginFault;
import dev.daypass.login.provider.SignInResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a browser brought back from a provider (RFC 6749 sections 4.1.2 and 4.1.2.1; CASES 68). */
sealed interface CallbackAnswer {

  /** A code to be exchanged. Prints nothing of it. */
  record Code(String text) implements CallbackAnswer {
    @Override
    public String toString() {
      return "(code)";
    }
  }

  /** There is none, and this is why. */
  record Failed(SignInResult result) implements CallbackAnswer {}

  /** RFC 6749 appendix A.11, but for the space, of which no provider makes a code. */
  Pattern CODE = Pattern.compile("[!-~]{1,4096}");

  /** The person or the provider said no (RFC 6749, OpenID Connect Core section 3.1.2.6). */
  Set<String> DENIALS =
      Set.of(
          "access_denied",
          "login_required",
          "interaction_required",
          "consent_required",
          "account_selection_required",
          "unmet_authentication_requirements");

  /** The provider cannot, for now. */
  Set<String> OUTAGES = Set.of("server_error", "temporarily_unavailable");

  /** The provider does not take the daemon's request. */
  Set<String> MISFITS =
      Set.of(
          "invalid_request",
          "unauthorized_client",
          "unsupported_response_type",
          "invalid_scope",
          "invalid_client");

  /**
   * Reads a callback, in an order in which nothing of it counts before it is known to belong to
   * this login at this provider.
   *
   * @param namesIssuer whether the provider promises an {@code iss} (RFC 9207)
   */
  static CallbackAnswer read(
      Map<String, List<String>> parameters, String state, String issuer, boolean namesIssuer) {
    // RFC 6749 section 3.1: no parameter more than once. Which of two would count?
    if (parameters.values().stream().anyMatch(values -> values.size() != 1)) {
      return invalid("A parameter of the callback stands there more than once.");
    }
    if (text(parameters, "state").filter(given -> same(given, state)).isEmpty()) {
      return invalid("The callback belongs to another login (state).");
    }
    Optional<String> named = text(parameters, "iss");
    if (named.isPresent() ? !named.get().equals(issuer) : namesIssuer) {
      return invalid("The callback does not come from the identity provider that was asked (iss).");
    }
    if (parameters.containsKey("error")) {
      return parameters.containsKey("code")
          ? invalid("The callback holds a code and an error.")
          : new Failed(failure(text(parameters, "error").orElse("")));
    }
    return text(parameters, "code")
        .filter(CODE.asMatchPredicate())
        .<CallbackAnswer>map(Code::new)
        .orElseGet(() -> invalid("The callback holds no code."));
  }

  private static SignInResult failure(String error) {
    if (DENIALS.contains(error)) {
      return new SignInResult.Denied(error);
    }
    if (OUTAGES.contains(error)) {
      return new SignInResult.Unavailable("The identity provider is not well (" + error + ").");
    }
    String word = MISFITS.contains(error) ? error : "an error that is not known";
    return new SignInResult.Refused(
        LoginFault.SIGN_IN_INVALID.code(),
        "The identity provider did not take the request (" + word + ").",
        "Tell an operator, who compares `daypassd idp test` with the client's registration.",
        Optional.empty());
  }

  private static Failed invalid(String detail) {
    return new Failed(
        new SignInResult.Refused(
            LoginFault.SIGN_IN_INVALID.code(),
            detail,
            "Begin the login again in the terminal.",
            Optional.empty()));
  }

  private static Optional<String> text(Map<String, List<String>> parameters, String name) {
    return Optional.ofNullable(parameters.get(name)).map(List::getFirst);
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
