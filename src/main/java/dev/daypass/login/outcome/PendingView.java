package dev.daypass.login.outcome;

import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.provider.SignInProvider;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Fingerprint;
import java.util.List;

/**
 * A login that waits for its browser, as anybody sees it who has its URL.
 *
 * @param hostname what the machine called itself
 * @param asker the terminal's address
 */
public record PendingView(
    LoginId id,
    String hostname,
    Fingerprint key,
    IpAddress asker,
    LoginMode mode,
    List<SignInProvider> providers) {
  public PendingView {
    providers = List.copyOf(providers);
  }
}
