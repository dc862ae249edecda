package dev.daypass.policy;

import static dev.daypass.policy.RawRoles.open;
import static dev.daypass.policy.Requests.request;
import static dev.daypass.policy.Samples.DB_1;
import static dev.daypass.policy.Samples.DB_2;
import static dev.daypass.policy.Samples.NOW;
import static dev.daypass.policy.Samples.WEB_1;
import static dev.daypass.policy.Samples.alice;
import static dev.daypass.policy.Samples.codes;
import static dev.daypass.policy.Samples.granted;
import static dev.daypass.policy.Samples.person;
import static dev.daypass.policy.Samples.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.Principal;
import dev.daypass.cert.ValidityWindow;
import dev.daypass.identity.Identity;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.refusal.RefusalCode;
import dev.daypass.policy.role.Extension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a granted certificate says: principals, window, options (CASES 2, 12, 14 to 33). */
class CertificateTermsTest {

  private static Decision decide(RawRoles role, Identity identity, Requests request) {
    return policy(role.build()).decide(identity, request.build(), NOW);
  }

  private static List<String> principals(RawRoles role, Requests request) {
    return granted(decide(role, alice(), request)).principals().stream()
        .map(Principal::name)
        .toList();
  }

  @Test
  void fixedAccountsGiveTheBareForm() {
    assertThat(principals(open(), request())).containsExactly("daypass:prod-db-debug");
  }

  @Test
  void selfAppendsTheAccount() {
    assertThat(principals(open().list("accounts", "self"), request()))
        .containsExactly("daypass:prod-db-debug+alice");
  }

  @Test
  void bothGiveBothForEachHost() {
    assertThat(principals(open().list("accounts", "self", "db-debug"), request().hosts(DB_1, DB_2)))
        .containsExactly(
            "daypass:prod-db-debug@db-1.prod.example.com",
            "daypass:prod-db-debug@db-1.prod.example.com+alice",
            "daypass:prod-db-debug@db-2.prod.example.com",
            "daypass:prod-db-debug@db-2.prod.example.com+alice");
  }

  /** CASES 2 and 16. */
  @Test
  void refusesHostsWithoutTheLabelsInsteadOfTrimming() {
    assertThat(codes(decide(open(), alice(), request().hosts(DB_1, WEB_1))))
        .containsExactly(RefusalCode.HOST_NOT_IN_ROLE);
    Host relabelled = new Host(DB_1.name(), Map.of("env", "PROD", "tier", "db"));
    assertThat(codes(decide(open(), alice(), request().hosts(relabelled))))
        .containsExactly(RefusalCode.HOST_NOT_IN_ROLE);
  }

  /** CASES 12. */
  @Test
  void refusesMoreThan32Principals() {
    Host[] hosts =
        IntStream.range(0, 17)
            .mapToObj(i -> new Host(new HostName("db-" + i), DB_1.labels()))
            .toArray(Host[]::new);
    assertThat(codes(decide(open().list("accounts", "self", "x"), alice(), request().hosts(hosts))))
        .containsExactly(RefusalCode.TOO_MANY_PRINCIPALS);
    assertThat(decide(open(), alice(), request().hosts(hosts)))
        .isInstanceOf(Decision.Granted.class);
  }

  /** CASES 15. */
  @Test
  void refusesPrincipalsLongerThan255Bytes() {
    String label = "a".repeat(60) + ".";
    Host longest = new Host(new HostName(label.repeat(4) + "example"), DB_1.labels());
    assertThat(codes(decide(open(), alice(), request().hosts(longest))))
        .containsExactly(RefusalCode.PRINCIPAL_TOO_LONG);
  }

  @Test
  void refusesSelfWithoutAnAccountOrWithOneThatARoleNames() {
    RawRoles self = open().list("accounts", "self");
    assertThat(codes(decide(self, person("Not An Account"), request())))
        .containsExactly(RefusalCode.ACCOUNT_MISSING);
    assertThat(codes(decide(self, person("root"), request())))
        .containsExactly(RefusalCode.ACCOUNT_RESERVED);
    RawRoles both = open().list("accounts", "self", "deploy");
    assertThat(codes(decide(both, person("deploy"), request())))
        .containsExactly(RefusalCode.ACCOUNT_RESERVED);
  }

  @Test
  void takesPrincipalsThatTheRoleSetsAndDoesNotNarrowThemToHosts() {
    RawRoles explicit = open().list("accounts").list("principals", "deploy", "admin@legacy");
    assertThat(principals(explicit, request())).containsExactly("deploy", "admin@legacy");
    assertThat(codes(decide(explicit, alice(), request().hosts(DB_1))))
        .containsExactly(RefusalCode.HOSTS_NOT_SUPPORTED);
  }

  @Test
  void backdatesACertificateThatStartsAtOnce() {
    ValidityWindow window = granted(decide(open(), alice(), request())).window();
    assertThat(window.validAfter()).isEqualTo(NOW.minusSeconds(60));
    assertThat(window.validBefore()).isEqualTo(NOW.plus(Duration.ofMinutes(30)));
  }

  @Test
  void startsWhereItWasAskedTo() {
    Instant start = NOW.plusSeconds(3600);
    ValidityWindow window =
        granted(decide(open(), alice(), request().validAfter(start).ttl(Duration.ofMinutes(5))))
            .window();
    assertThat(window).isEqualTo(new ValidityWindow(start, start.plusSeconds(300)));
  }

  /** CASES 28 and 29. */
  @Test
  void refusesATtlThatIsNoneOrAboveMax() {
    for (Duration none :
        List.of(
            Duration.ZERO,
            Duration.ofSeconds(-1),
            Duration.ofMillis(1500),
            Duration.ofSeconds(Long.MIN_VALUE))) {
      assertThat(codes(decide(open(), alice(), request().ttl(none))))
          .containsExactly(RefusalCode.TTL_MALFORMED);
    }
    for (Duration more : List.of(Duration.ofSeconds(3601), Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThat(codes(decide(open(), alice(), request().ttl(more))))
          .containsExactly(RefusalCode.TTL_ABOVE_MAX);
    }
    assertThat(decide(open(), alice(), request().ttl(Duration.ofHours(1))))
        .isInstanceOf(Decision.Granted.class);
  }

  /** CASES 30 and 31. */
  @Test
  void refusesAStartTooFarFromNow() {
    assertThat(decide(open(), alice(), request().validAfter(NOW.minusSeconds(60))))
        .isInstanceOf(Decision.Granted.class);
    assertThat(codes(decide(open(), alice(), request().validAfter(NOW.minusSeconds(61)))))
        .containsExactly(RefusalCode.VALID_AFTER_TOO_EARLY);
    assertThat(codes(decide(open(), alice(), request().validAfter(NOW.plusSeconds(86_401)))))
        .containsExactly(RefusalCode.VALID_AFTER_TOO_LATE);
    for (Instant absurd : List.of(Instant.MIN, Instant.EPOCH)) {
      assertThat(codes(decide(open(), alice(), request().validAfter(absurd))))
          .contains(RefusalCode.VALID_AFTER_TOO_EARLY);
    }
    assertThat(codes(decide(open(), alice(), request().validAfter(Instant.MAX))))
        .contains(RefusalCode.VALID_AFTER_TOO_LATE);
  }

  @Test
  void hasNoOptionThatTheRoleDoesNotName() {
    Decision.Granted granted = granted(decide(open(), alice(), request()));
    assertThat(granted.criticalOptions()).isEqualTo(CertificateOptions.EMPTY);
    assertThat(granted.extensions()).isEqualTo(CertificateOptions.EMPTY);
  }

  @Test
  void extensionsAreTheRolesLessWhatTheRequestGivesUp() {
    RawRoles role = open().list("extensions", "permit-pty", "permit-agent-forwarding");
    assertThat(granted(decide(role, alice(), request())).extensions().names())
        .containsExactly("permit-agent-forwarding", "permit-pty");
    Requests less = request().without(Extension.PERMIT_PTY, Extension.PERMIT_USER_RC);
    assertThat(granted(decide(role, alice(), less)).extensions().names())
        .containsExactly("permit-agent-forwarding");
  }

  /** CASES 24. */
  @Test
  void noTouchComesFromTheRoleAloneAndForSecurityKeysAlone() {
    RawRoles role = open().list("extensions", "no-touch-required");
    assertThat(granted(decide(role, alice(), request())).extensions().names()).isEmpty();
    assertThat(
            granted(decide(role, alice(), request().key(Samples.skEd25519()))).extensions().names())
        .containsExactly("no-touch-required");
  }

  @Test
  void forceCommandIsTheRolesOrTheRequests() {
    RawRoles fixed = open().text("force-command", "/usr/bin/psql -X");
    assertThat(critical(fixed, request(), "force-command")).isEqualTo("/usr/bin/psql -X");
    assertThat(codes(decide(fixed, alice(), request().forceCommand("id"))))
        .containsExactly(RefusalCode.FORCE_COMMAND_FIXED);
    assertThat(critical(open(), request().forceCommand("id"), "force-command")).isEqualTo("id");
  }

  /** CASES 21. */
  @Test
  void sourceAddressNarrowsInsideTheRoles() {
    RawRoles role = open().list("source-address", "10.0.0.0/8", "2001:DB8::/32");
    assertThat(critical(role, request(), "source-address")).isEqualTo("10.0.0.0/8,2001:db8::/32");
    assertThat(
            critical(
                role, request().sourceAddress("2001:db8:0::1", "10.1.0.0/16"), "source-address"))
        .isEqualTo("2001:db8::1/128,10.1.0.0/16");
    for (String outside : List.of("11.0.0.0/8", "10.0.0.0/7", "2001:db9::/32", "::/1")) {
      assertThat(codes(decide(role, alice(), request().sourceAddress("10.1.0.0/16", outside))))
          .containsExactly(RefusalCode.SOURCE_ADDRESS_OUTSIDE_ROLE);
    }
    assertThat(critical(open(), request().sourceAddress("10.1.0.0/16"), "source-address"))
        .isEqualTo("10.1.0.0/16");
  }

  @Test
  void observedBindsToWhereTheRequestCameFrom() {
    RawRoles role = open().list("source-address", "observed");
    assertThat(critical(role, request(), "source-address")).isEqualTo("10.9.8.7/32");
    assertThat(critical(role, request().observed("::ffff:192.0.2.1"), "source-address"))
        .isEqualTo("192.0.2.1/32");
    assertThat(codes(decide(role, alice(), request().observed("unknown"))))
        .containsExactly(RefusalCode.SOURCE_ADDRESS_UNKNOWN);
    assertThat(codes(decide(role, alice(), request().sourceAddress("10.9.8.8"))))
        .containsExactly(RefusalCode.SOURCE_ADDRESS_OUTSIDE_ROLE);
  }

  /** CASES 25 and 36. */
  @Test
  void takesOnlyTheKeysThatTheRoleNames() {
    assertThat(decide(open(), alice(), request().key(Samples.rsa(3072))))
        .isInstanceOf(Decision.Granted.class);
    assertThat(codes(decide(open(), alice(), request().key(Samples.rsa(3071)))))
        .containsExactly(RefusalCode.KEY_TYPE_NOT_ALLOWED);
    RawRoles some = open().keys(false, "ed25519", "rsa-4096");
    assertThat(codes(decide(some, alice(), request().key(Samples.rsa(3072)))))
        .containsExactly(RefusalCode.KEY_TYPE_NOT_ALLOWED);
    assertThat(codes(decide(some, alice(), request().key(Samples.ecdsaP256()))))
        .containsExactly(RefusalCode.KEY_TYPE_NOT_ALLOWED);
    RawRoles verify = open().keys(true);
    Decision bare = decide(verify, alice(), request());
    assertThat(codes(bare)).containsExactly(RefusalCode.SECURITY_KEY_REQUIRED);
    assertThat(((Decision.Refused) bare).malformed()).isTrue();
    Decision.Granted granted = granted(decide(verify, alice(), request().key(Samples.skEd25519())));
    assertThat(granted.criticalOptions().names()).containsExactly("verify-required");
  }

  @Test
  void reasonsAreOptionalRequiredOrMatchAsAWhole() {
    assertThat(codes(decide(open().text("reason", "required"), alice(), request())))
        .containsExactly(RefusalCode.REASON_REQUIRED);
    RawRoles matching = open().text("reason", "INC-[0-9]+|drill");
    for (String good : List.of("INC-1", "drill")) {
      assertThat(decide(matching, alice(), request().reason(good)))
          .isInstanceOf(Decision.Granted.class);
    }
    for (String bad : List.of("INC-1 ", "xINC-1", "drills", "INC-")) {
      assertThat(codes(decide(matching, alice(), request().reason(bad))))
          .containsExactly(RefusalCode.REASON_NOT_ACCEPTED);
    }
    assertThat(codes(decide(matching, alice(), request())))
        .containsExactly(RefusalCode.REASON_REQUIRED);
  }

  /** CASES 43. */
  @Test
  void refusesAKeyIdThatIsTooLongInsteadOfCuttingIt() {
    assertThat(codes(decide(open(), person("x".repeat(8192)), request())))
        .containsExactly(RefusalCode.KEY_ID_TOO_LONG);
  }

  private static String critical(RawRoles role, Requests request, String name) {
    return granted(decide(role, alice(), request)).criticalOptions().textValue(name).orElse("");
  }
}
