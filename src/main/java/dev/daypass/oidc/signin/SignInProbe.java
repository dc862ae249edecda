package dev.daypass.oidc.signin;

import dev.daypass.oidc.keys.Discovery;
import dev.daypass.oidc.keys.FetchException;
import dev.daypass.oidc.keys.JsonFetch;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code daypassd idp test NAME} says of signing in: a discovery afresh, and what it means.
 */
public final class SignInProbe {
  private SignInProbe() {}

  /**
   * What a probe found.
   *
   * @param problem why nobody could sign in; the facts are then empty
   * @param facts what a client of this provider is and does, one line each
   * @param warnings what works but deserves a look
   */
  public record Report(Optional<String> problem, List<String> facts, List<String> warnings) {
    public Report {
      facts = List.copyOf(facts);
      warnings = List.copyOf(warnings);
    }
  }

  /** Asks the provider of that client. */
  public static Report probe(SignInClient client, String url) {
    try (JsonFetch fetch = new JsonFetch()) {
      ProviderMetadata metadata =
          ProviderMetadata.of(
              Discovery.fetch(
                  client.provider().issuer(), fetch, client.provider().keys().timeout()));
      URI redirect = OidcSignIn.redirect(url, client.provider().name());
      return new Report(
          Optional.empty(), facts(client, metadata, redirect), warnings(client, metadata));
    } catch (FetchException e) {
      return new Report(Optional.of(e.reason()), List.of(), List.of());
    }
  }

  private static List<String> facts(SignInClient client, ProviderMetadata metadata, URI redirect) {
    return List.of(
        "register the redirect URI " + redirect,
        "authorization at " + metadata.authorization(),
        "tokens at " + metadata.token(),
        "scopes " + String.join(" ", client.style().scopes()),
        client
            .credentials()
            .method(metadata.clientAuthentication())
            .map(method ->
                switch (method) {
                  case BASIC -> "confidential client, client_secret_basic";
                  case POST -> "confidential client, client_secret_post";
                })
            .orElse("public client, tied to its code by PKCE alone"),
        metadata.challengeMethods().contains("S256")
            ? "PKCE S256 supported"
            : "PKCE S256 sent, and not advertised");
  }

  private static List<String> warnings(SignInClient client, ProviderMetadata metadata) {
    List<String> warnings = new ArrayList<>();
    SignInStyle style = client.style();
    if (!metadata.challengeMethods().contains("S256")) {
      warnings.add("the provider does not say that it checks PKCE S256");
    }
    if (!client.credentials().isTaken(metadata.clientAuthentication())) {
      warnings.add(
          "the provider takes a client by "
              + String.join(", ", metadata.clientAuthentication())
              + ": not in the way in which this one shows itself");
    }
    if (!style.refresh()) {
      warnings.add("refresh is false: a login lasts an hour, and leavers stay for as long");
    } else if (!metadata.grants().isEmpty() && !metadata.grants().contains("refresh_token")) {
      warnings.add("the provider does not offer refresh tokens: a login lasts an hour");
    }
    for (String scope : style.scopes()) {
      if (!metadata.scopes().isEmpty() && !metadata.scopes().contains(scope)) {
        warnings.add("the scope " + scope + " is not advertised; the provider may refuse it");
      }
    }
    if (client.provider().claims().groups().isEmpty()) {
      warnings.add("groups come from policy.yaml alone: groups-claim is none");
    }
    if (!metadata.namesIssuer()) {
      warnings.add("callbacks need not name the provider (RFC 9207): its own redirect URI does");
    }
    return warnings;
  }
}
