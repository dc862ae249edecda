package dev.daypass.oidc.signin;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityKind;
import dev.daypass.login.outcome.LoginFault;
import dev.daypass.login.provider.RefreshResult;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.provider.SignInProvider;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.login.provider.SignInRequest;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.login.provider.SignInTerms;
import dev.daypass.oidc.IdTokens;
import dev.daypass.oidc.keys.FetchException;
import dev.daypass.oidc.keys.JsonFetch;
import dev.daypass.oidc.rules.OidcProvider;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs persons in at the configured identity providers. */
public final class OidcSignIn implements SignInProviders, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OidcSignIn.class);

  private final JsonFetch fetch = new JsonFetch();
  private final SequencedMap<String, ProviderSignIn> byName = new LinkedHashMap<>();
  private volatile boolean closed;

  /**
   * Nothing is fetched until somebody signs in.
   *
   * @param clients in the order in which they are offered
   * @param all the names of all configured providers, those without sign-in included
   * @param url the daemon's public origin
   */
  public OidcSignIn(List<SignInClient> clients, Set<String> all, String url, InstantSource clock) {
    for (SignInClient client : clients) {
      OidcProvider provider = client.provider();
      if (provider.kind() != IdentityKind.PERSON) {
        throw new IllegalArgumentException("services do not sign in: " + provider.name());
      }
      ProviderSignIn signIn =
          new ProviderSignIn(
              client,
              redirect(url, provider.name()),
              new KnownMetadata(provider.issuer(), provider.keys().timeout(), fetch, clock),
              new TokenEndpoint(client.credentials(), fetch),
              IdTokens.of(provider, client.credentials().id(), all, fetch, clock));
      if (byName.put(provider.name(), signIn) != null) {
        throw new IllegalArgumentException("two providers with one name: " + provider.name());
      }
    }
  }

  /**
   * Where a provider sends the browser back to: one address for each, so that an answer of one can
   * never be taken for another's (RFC 9700 section 4.4.2.2).
   */
  public static URI redirect(String url, String provider) {
    return URI.create(url + "/callback/" + provider);
  }

  @Override
  public List<SignInProvider> providers() {
    return byName.values().stream()
        .map(ProviderSignIn::client)
        .map(client -> new SignInProvider(client.provider().name(), client.title()))
        .toList();
  }

  @Override
  public SignInRequest begin(String provider, SignInSecrets secrets, SignInTerms terms) {
    ProviderSignIn signIn = byName.get(provider);
    return signIn == null ? new SignInRequest.Unknown() : signIn.begin(secrets, terms);
  }

  @Override
  public SignInResult finish(
      String provider,
      SignInSecrets secrets,
      SignInTerms terms,
      Map<String, List<String>> parameters) {
    ProviderSignIn signIn = byName.get(provider);
    return signIn == null
        ? new SignInResult.Refused(
            LoginFault.PROVIDER_UNKNOWN.code(),
            "No identity provider of that name takes sign-ins.",
            "Begin the login again in the terminal.",
            Optional.empty())
        : signIn.finish(secrets, terms, parameters);
  }

  /** A provider that was taken out of the configuration cannot be asked any more. */
  @Override
  public RefreshResult refresh(String provider, Identity known, RefreshToken token) {
    ProviderSignIn signIn = byName.get(provider);
    if (signIn == null) {
      return new RefreshResult.Unreachable("No identity provider is named " + provider + ".");
    }
    RefreshResult result = signIn.refresh(known, token);
    boolean stopping = closed || Thread.currentThread().isInterrupted();
    return stopping && result instanceof RefreshResult.Unreachable(_, var kept) && kept.isEmpty()
        ? new RefreshResult.CutOff()
        : result;
  }

  @Override
  public void giveBack(String provider, RefreshToken token) {
    ProviderSignIn signIn = byName.get(provider);
    try {
      if (signIn != null) {
        signIn.giveBack(token);
      }
    } catch (FetchException e) {
      LOG.info("a refresh token is not given back to {}: {}", provider, e.reason());
    }
  }

  @Override
  public void close() {
    closed = true;
    fetch.close();
  }
}
