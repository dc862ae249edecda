package dev.daypass.web.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.identity.IdentityId;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.RequestFailed;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** RELIABILITY, rate limits: by identity, by key, by address, and in all. */
final class CertificateRatesTest {
  private static final InetAddress OFFICE = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");
  private static final SshPublicKey KEY =
      key("AAAAC3NzaC1lZDI1NTE5AAAAILernj/INrB3VAjv5eyFCSlGfrXW1YPEkanXlFVmtQoF");

  private final AtomicLong now = new AtomicLong();
  private final CertificateRates rates =
      new CertificateRates(
          new CertificateQuotas(perMinute(3), perMinute(4), perMinute(5), perMinute(6)),
          PROXY::equals,
          now::get);

  @Test
  void anIdentityHasItsOwn() throws RequestFailed {
    for (int i = 0; i < 3; i++) {
      rates.askedBy(person("alice"), PROXY);
    }
    Problem problem = refused(() -> rates.askedBy(person("alice"), PROXY));
    assertThat(problem.status()).isEqualTo(429);
    assertThat(problem.code()).isEqualTo("too_many_certificates");
    assertThat(problem.detail())
        .contains(
            "More than 3 certificates in 60 s for one identity"
                + " (limits.certificates.per-identity).");
    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(20));
    assertThat(problem.remedy().orElseThrow()).startsWith("Wait 20 s");
    rates.askedBy(person("bob"), PROXY);
  }

  @Test
  void waitingAsLongAsWasSaidIsEnough() throws RequestFailed {
    for (int i = 0; i < 3; i++) {
      rates.askedBy(person("alice"), PROXY);
    }
    Problem problem = refused(() -> rates.askedBy(person("alice"), PROXY));
    now.addAndGet(problem.retryAfter().orElseThrow().toNanos());
    rates.askedBy(person("alice"), PROXY);
  }

  @Test
  void anAddressHasItsOwnUnlessItSpeaksForMany() throws RequestFailed {
    for (int i = 0; i < 5; i++) {
      rates.askedBy(person("person-" + i), OFFICE);
    }
    assertThat(refused(() -> rates.askedBy(person("another"), OFFICE)).detail().orElseThrow())
        .contains("limits.certificates.per-address");
    for (int i = 0; i < 50; i++) {
      rates.askedBy(person("proxied-" + i), PROXY);
    }
  }

  @Test
  void aKeyHasItsOwnWhoeverOwnsIt() throws RequestFailed {
    for (int i = 0; i < 4; i++) {
      rates.askedFor(KEY);
    }
    assertThat(refused(() -> rates.askedFor(KEY)).detail().orElseThrow())
        .contains("limits.certificates.per-key");
  }

  @Test
  void allTogetherHaveOne() throws RequestFailed {
    CertificateRates few =
        new CertificateRates(
            new CertificateQuotas(perMinute(9), perMinute(9), perMinute(9), perMinute(2)),
            PROXY::equals,
            now::get);
    few.askedFor(KEY);
    few.askedFor(KEY);
    assertThat(refused(() -> few.askedFor(KEY)).detail().orElseThrow())
        .contains("limits.certificates.together");
  }

  private static Problem refused(Asking asking) {
    RequestFailed failed = catchThrowableOfType(RequestFailed.class, asking::run);
    return Optional.ofNullable(failed).orElseThrow().problem();
  }

  private static Quota perMinute(int count) {
    return new Quota(count, Duration.ofMinutes(1));
  }

  private static IdentityId person(String subject) {
    return new IdentityId("https://idp.example.com", subject);
  }

  private static SshPublicKey key(String base64) {
    try {
      return SshPublicKey.parse("ssh-ed25519 " + base64);
    } catch (SshFormatException e) {
      throw new AssertionError(e);
    }
  }

  @FunctionalInterface
  private interface Asking {
    void run() throws RequestFailed;
  }
}
