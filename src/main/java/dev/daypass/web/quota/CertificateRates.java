package dev.daypass.web.quota;

import dev.daypass.identity.IdentityId;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.RequestFailed;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Keeps who may have certificates from having too many of them: each one is an entry for ever, a
 * signature, and a place in others' queue.
 *
 * <p>Threading: shared by all request threads.
 */
public final class CertificateRates {
  private static final Object EVERYBODY = "everybody";

  private final CertificateQuotas quotas;
  private final Predicate<InetAddress> uncounted;
  private final Buckets<IdentityId> identities;
  private final Buckets<SshPublicKey> keys;
  private final Buckets<Long> addresses;
  private final Buckets<Object> together;

  /**
   * @param uncounted addresses that speak for many clients, such as trusted proxies
   */
  public CertificateRates(
      CertificateQuotas quotas, Predicate<InetAddress> uncounted, LongSupplier nanoTime) {
    this.quotas = quotas;
    this.uncounted = uncounted;
    this.identities = new Buckets<>(quotas.identity(), nanoTime);
    this.keys = new Buckets<>(quotas.key(), nanoTime);
    this.addresses = new Buckets<>(quotas.address(), nanoTime);
    this.together = new Buckets<>(quotas.together(), nanoTime);
  }

  /**
   * One more for this identity, from there: before anything is spent on it.
   *
   * @throws RequestFailed 429 with the time to wait
   */
  public void askedBy(IdentityId identity, InetAddress address) throws RequestFailed {
    require(identities.take(identity), quotas.identity(), "per-identity", "one identity");
    if (!uncounted.test(address)) {
      require(
          addresses.take(AddressGroup.of(address)), quotas.address(), "per-address", "one address");
    }
  }

  /**
   * One more for this key, whose owner asks for it.
   *
   * @throws RequestFailed 429 with the time to wait
   */
  public void askedFor(SshPublicKey key) throws RequestFailed {
    require(keys.take(key), quotas.key(), "per-key", "one key");
    require(together.take(EVERYBODY), quotas.together(), "together", "all together");
  }

  private static void require(long wait, Quota quota, String name, String whose)
      throws RequestFailed {
    if (wait > 0) {
      Duration left = Duration.ofNanos(wait);
      throw new RequestFailed(
          Problem.of(
                  429,
                  "too_many_certificates",
                  "More than %d certificates in %d s for %s (limits.certificates.%s)."
                      .formatted(quota.count(), quota.per().toSeconds(), whose, name),
                  "Wait %d s, or use the certificate that you hold for several logins."
                      .formatted(Problem.seconds(left)))
              .retryAfter(left));
    }
  }
}
