package dev.daypass.login.outcome;

import dev.daypass.identity.Username;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.LoginView;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Fingerprint;
import java.util.List;

/** What a person is shown before giving consent. */
public sealed interface ConsentPage permits ConsentPage.View, LoginRefused {
  /**
   * The page's facts.
   *
   * @param provider the configured name of the identity provider
   * @param hostname what the machine calls itself: a claim
   * @param asker the terminal's address
   * @param others live logins of this identity
   * @param csrf goes into the form and comes back from it
   */
  record View(
      LoginId id,
      Username username,
      String provider,
      Fingerprint key,
      String hostname,
      IpAddress asker,
      IpAddress browser,
      LoginMode mode,
      List<LoginView> others,
      LoginSecret csrf)
      implements ConsentPage {
    public View {
      others = List.copyOf(others);
    }
  }
}
