package dev.daypass.policy;

import static dev.daypass.policy.Requests.request;
import static dev.daypass.policy.Samples.NOW;
import static dev.daypass.policy.Samples.alice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.Principal;
import dev.daypass.policy.address.Cidr;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.role.Extension;
import dev.daypass.policy.role.Role;
import dev.daypass.policy.role.SourceRule;
import dev.daypass.policy.source.RawRole;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Over random roles and requests: whatever is granted lies inside its role. */
class NarrowingPropertyTest {

  private static final int ROLES = 60;
  private static final int REQUESTS_PER_ROLE = 50;
  private static final List<String> RANGES =
      List.of("10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "192.0.2.0/24", "2001:db8::/32", "::1");
  private static final List<Host> HOSTS = List.of(Samples.DB_1, Samples.DB_2, Samples.WEB_1);

  private final Random random = new Random(5_2026);
  private int granted;

  @Test
  void whatIsGrantedLiesInsideTheRole() {
    for (int i = 0; i < ROLES; i++) {
      RawRole raw = randomRole();
      Policy policy = Samples.policy(raw);
      Role role = policy.roles().firstEntry().getValue();
      for (int j = 0; j < REQUESTS_PER_ROLE; j++) {
        AccessRequest request = randomRequest();
        Decision decision = policy.decide(alice(), request, NOW);
        if (decision instanceof Decision.Granted grant) {
          granted++;
          checkTime(role, request, grant);
          checkPrincipals(role, request, grant);
          checkOptions(role, request, grant);
        }
        assertThat(policy.decide(alice(), request, NOW)).isEqualTo(decision);
      }
    }
    assertThat(granted).isGreaterThan(ROLES);
  }

  private static void checkTime(Role role, AccessRequest request, Decision.Granted grant) {
    Duration ttl = request.ttl().orElse(role.ttl().standard());
    var start = request.validAfter().orElse(NOW);
    assertThat(ttl).isLessThanOrEqualTo(role.ttl().max());
    assertThat(Duration.between(start, grant.window().validBefore())).isEqualTo(ttl);
    assertThat(Duration.between(grant.window().validAfter(), start))
        .isBetween(Duration.ZERO, WindowRule.BACKDATING);
  }

  private static void checkPrincipals(Role role, AccessRequest request, Decision.Granted grant) {
    String bare = "daypass:" + role.name();
    List<String> places =
        request.hosts().isEmpty()
            ? List.of(bare)
            : request.hosts().stream().map(host -> bare + "@" + host.name()).toList();
    List<String> expected =
        places.stream()
            .flatMap(place ->
                Stream.concat(
                    role.opening().accounts().isEmpty() ? Stream.empty() : Stream.of(place),
                    role.opening().self() ? Stream.of(place + "+alice") : Stream.empty()))
            .toList();
    assertThat(grant.principals()).extracting(Principal::name).isEqualTo(expected);
    assertThat(expected).isNotEmpty().doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(32);
    assertThat(request.hosts()).allMatch(role.hosts()::selects);
  }

  private static void checkOptions(Role role, AccessRequest request, Decision.Granted grant) {
    assertThat(grant.extensions().names())
        .allMatch(name -> isNamed(name, role.extensions()))
        .noneMatch(name -> isNamed(name, request.restriction().without()));
    CertificateOptions critical = grant.criticalOptions();
    assertThat(critical.textValue("force-command"))
        .isEqualTo(role.forceCommand().or(request.restriction()::forceCommand));
    List<Cidr> allowed =
        switch (role.sourceRule()) {
          case SourceRule.Anywhere() -> List.of();
          case SourceRule.Observed() ->
              List.of(Cidr.ofSingle(request.observedAddress().orElseThrow()));
          case SourceRule.Ranges(List<Cidr> ranges) -> ranges;
        };
    if (!allowed.isEmpty()) {
      assertThat(ranges(critical))
          .isNotEmpty()
          .allMatch(range -> allowed.stream().anyMatch(outer -> outer.contains(range)));
    }
    if (!request.restriction().sourceAddress().isEmpty()) {
      assertThat(new HashSet<>(request.restriction().sourceAddress()))
          .containsAll(ranges(critical));
    }
  }

  private static boolean isNamed(String name, Set<Extension> extensions) {
    return extensions.stream().anyMatch(extension -> extension.text().equals(name));
  }

  private static List<Cidr> ranges(CertificateOptions critical) {
    return critical.textValue("source-address").stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(text -> Cidr.parse(text).orElseThrow())
        .toList();
  }

  private RawRole randomRole() {
    RawRoles role = RawRoles.open().list("accounts", pick("self", "db-debug", "deploy"));
    if (random.nextBoolean()) {
      role.list("accounts", "self", "db-debug");
    }
    int max = 2 + random.nextInt(7200);
    role.ttl(1 + random.nextInt(max) + "s", max + "s");
    role.list("extensions", some(Arrays.stream(Extension.values()).map(Extension::text).toList()));
    switch (random.nextInt(3)) {
      case 0 -> role.list("source-address", "observed");
      case 1 -> role.list("source-address", "10.0.0.0/8", pick("2001:db8::/32", "192.0.2.0/24"));
      default -> {}
    }
    if (random.nextInt(4) == 0) {
      role.text("force-command", "uptime");
    }
    return role.build();
  }

  private AccessRequest randomRequest() {
    Requests request =
        request().hosts(someHosts()).key(pick(Samples.ed25519(), Samples.skEd25519()));
    if (random.nextBoolean()) {
      request.ttl(Duration.ofSeconds(random.nextInt(7200) - 10));
    }
    if (random.nextInt(3) == 0) {
      request.validAfter(NOW.plusSeconds(random.nextInt(3600) - 90));
    }
    if (random.nextInt(3) == 0) {
      request.sourceAddress(some(RANGES));
    }
    if (random.nextInt(4) == 0) {
      request.forceCommand("id");
    }
    Extension[] extensions = Extension.values();
    return random.nextBoolean()
        ? request.without(extensions[random.nextInt(extensions.length)]).build()
        : request.build();
  }

  private Host[] someHosts() {
    return random.nextBoolean()
        ? new Host[0]
        : HOSTS.stream().filter(_ -> random.nextInt(3) == 0).toArray(Host[]::new);
  }

  private String[] some(List<String> texts) {
    return texts.stream().filter(_ -> random.nextInt(3) == 0).toArray(String[]::new);
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }
}
