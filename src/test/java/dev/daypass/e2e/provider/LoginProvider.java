package dev.daypass.e2e.provider;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * An identity provider at which {@code alice} (group {@code dba}) and {@code bob} (group {@code
 * web}) sign in with a browser, and what its administrator does there.
 */
public interface LoginProvider {
  /** The preset of {@code daypass.yaml}. */
  String preset();

  String issuer();

  String clientId();

  String clientSecret();

  /** What {@code daypass.yaml} says of it. */
  default String identity(String name, Path secretFile) {
    return """
    %s:
      preset: %s
      primary: true
      issuer: %s
      client-id: %s
      client-secret-file: %s
      account: local-part
      groups-claim: groups
      email-domains: [example.com]
    """
        .formatted(name, preset(), issuer(), clientId(), secretFile);
  }

  /** From now on sends browsers back there and nowhere else. */
  void redirectsTo(URI callback) throws IOException;

  /** From its first page to the page of daypass that it sends the browser back to. */
  void signIn(Page page, String person);

  void enabled(String person, boolean enabled) throws IOException;

  void groups(String person, List<String> groups) throws IOException;
}
