package dev.daypass.login.pending;

import dev.daypass.ledger.refusal.Reason;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.LoginRules;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.StartRequest;
import dev.daypass.login.UserCode;
import dev.daypass.login.Visitor;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.login.outcome.StartOutcome;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.login.store.LoginStore;
import dev.daypass.policy.address.Cidr;
import dev.daypass.ssh.SshPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first step of a login, by the terminal. */
public final class Starts {
  private static final Logger LOG = LoggerFactory.getLogger(Starts.class);

  /**
   * A claim that is shown on a page and written down: nothing in it may pass for something else.
   */
  private static final Pattern HOSTNAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})");

  private static final int MIN_PORT = 1024;
  private static final int MAX_PORT = 65_535;
  private static final int CHALLENGE_BYTES = 32;

  private final PendingLogins pending;
  private final LoginStore store;
  private final Function<SshPublicKey, Optional<Reason>> keyScreen;
  private final LoginRules rules;
  private final SignInProviders providers;
  private final SignIns.Chance chance;

  /**
   * The step with what it asks.
   *
   * @param keyScreen why a key may stand for nobody, if it may not
   */
  public Starts(
      PendingLogins pending,
      LoginStore store,
      Function<SshPublicKey, Optional<Reason>> keyScreen,
      LoginRules rules,
      SignInProviders providers,
      SignIns.Chance chance) {
    this.pending = pending;
    this.store = store;
    this.keyScreen = keyScreen;
    this.rules = rules;
    this.providers = providers;
    this.chance = chance;
  }

  public StartOutcome start(SshPublicKey key, StartRequest request, Visitor terminal) {
    Optional<LoginRefused> refusal =
        withoutProvider()
            .or(() -> malformed(request))
            .or(() -> keyScreen.apply(key).map(Refusals::key))
            .or(() -> deviceRefusal(key, request, terminal));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    RandomGenerator random = chance.random();
    PendingLogin.Facts facts =
        new PendingLogin.Facts(
            LoginId.random(random),
            key,
            request,
            terminal.address(),
            LoginSecret.random(random),
            request.challenge().orElseThrow(),
            request.mode() == LoginMode.DEVICE
                ? Optional.of(UserCode.random(random))
                : Optional.empty(),
            chance.clock().instant().plus(PendingLogins.LIFETIME));
    return pending.add(new PendingLogin(facts))
        ? new StartOutcome.Started(facts.id(), facts.poll(), facts.code(), facts.expiresAt())
        : Refusals.TOO_MANY;
  }

  /** Where only services are known, a person would find a page with nothing to choose. */
  private Optional<LoginRefused> withoutProvider() {
    return providers.providers().isEmpty() ? Optional.of(Refusals.SIGN_IN_OFF) : Optional.empty();
  }

  private static Optional<LoginRefused> malformed(StartRequest request) {
    if (!HOSTNAME.matcher(request.hostname()).matches()) {
      return Optional.of(Refusals.start("hostname is no host name."));
    }
    if (request.challenge().filter(c -> c.size() == CHALLENGE_BYTES).isEmpty()) {
      return Optional.of(Refusals.start("challenge is not the SHA-256 of a secret."));
    }
    if (request.maxAuthAge().filter(age -> age.isNegative()).isPresent()) {
      return Optional.of(Refusals.start("max_auth_age is negative."));
    }
    boolean fits =
        switch (request.mode()) {
          case LOOPBACK -> {
            int port = request.port().orElse(0);
            yield port >= MIN_PORT && port <= MAX_PORT;
          }
          case DEVICE -> request.port().isEmpty();
        };
    return fits
        ? Optional.empty()
        : Optional.of(
            Refusals.start("port is 1024 to 65535 with mode loopback, and absent with device."));
  }

  /** Off unless configured; then from configured networks, or for a key that was bound before. */
  private Optional<LoginRefused> deviceRefusal(
      SshPublicKey key, StartRequest request, Visitor terminal) {
    if (request.mode() != LoginMode.DEVICE) {
      return Optional.empty();
    }
    if (rules.deviceNetworks().isEmpty()) {
      return Optional.of(Refusals.DEVICE_OFF);
    }
    List<Cidr> networks = rules.deviceNetworks().get();
    if (networks.stream().anyMatch(network -> network.contains(terminal.address()))) {
      return Optional.empty();
    }
    try {
      // Whoever signs in must then be the one it is bound to: a key belongs to one identity.
      return store.boundTo(key.fingerprint()).isPresent()
          ? Optional.empty()
          : Optional.of(Refusals.DEVICE_REFUSED);
    } catch (StoreFailed e) {
      LOG.error("bound keys cannot be read", e);
      return Optional.of(Refusals.UNAVAILABLE);
    }
  }
}
