package dev.daypass.e2e;

import static dev.daypass.e2e.RandomRole.chance;
import static dev.daypass.e2e.RandomRole.one;
import static dev.daypass.e2e.RandomRole.some;

import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.SshSigner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A request as anybody might send it, and what DESIGN section 5 says of it, worked out here a
 * second time and without any of the daemon's code.
 *
 * @param refusals the codes of what is wrong with it; empty if it must be granted
 */
record RandomRequest(
    RandomRole role,
    String person,
    List<String> groups,
    SshSigner key,
    List<String> hosts,
    int seconds,
    Optional<Instant> validAfter,
    List<String> without,
    Optional<String> forceCommand,
    List<String> sourceAddress,
    Set<String> refusals) {

  /** Known servers with their labels. */
  static final Map<String, Map<String, String>> HOSTS = knownHosts();

  /** The last two are good addresses and no account names; the last is no plain key ID either. */
  private static final List<String> PEOPLE =
      List.of("ann", "ben_1", "cy.d-e", "_fox", "x".repeat(32), "Gil", "h=i");

  private static final Pattern ACCOUNT = Pattern.compile("[a-z_][a-z0-9_.-]{0,31}");

  static RandomRequest of(RandomRole role, SshSigner key, Instant now, RandomGenerator random) {
    List<String> matching =
        HOSTS.keySet().stream().filter(host -> role.opens(labels(host))).toList();
    List<String> named = random.nextBoolean() ? List.of() : some(matching, random);
    boolean tooLong = chance(random, 0.03);
    boolean stranger = chance(random, 0.03);
    RandomRequest request =
        new RandomRequest(
            role,
            one(PEOPLE, random),
            stranger ? List.of("web") : List.of("web", "dba"),
            key,
            chance(random, 0.03) ? List.of(one(List.copyOf(HOSTS.keySet()), random)) : named,
            tooLong
                ? role.maxSeconds() + random.nextInt(1, 1000)
                : random.nextInt(1, role.maxSeconds() + 1),
            chance(random, 0.1)
                ? Optional.of(now.plusSeconds(random.nextInt(3600)).truncatedTo(ChronoUnit.SECONDS))
                : Optional.empty(),
            chance(random, 0.3) ? some(RandomRole.EXTENSIONS, random) : List.of(),
            chance(random, 0.1) ? Optional.of(RandomRole.command(random)) : Optional.empty(),
            chance(random, 0.2) ? List.of(inner(random)) : List.of(),
            Set.of());
    return request.judged();
  }

  /** The members of the request, the key aside. */
  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("role", role.name());
    // Two ways to write the same length.
    members.put("ttl", seconds % 2 == 0 ? seconds + "s" : clock(seconds));
    validAfter.ifPresent(start -> members.put("valid_after", start.toString()));
    putUnlessEmpty(members, "hosts", hosts);
    Map<String, Object> restriction = new LinkedHashMap<>();
    putUnlessEmpty(restriction, "without", without);
    putUnlessEmpty(restriction, "source_address", sourceAddress);
    forceCommand.ifPresent(command -> restriction.put("force_command", command));
    if (!restriction.isEmpty()) {
      members.put("restrict", restriction);
    }
    return members;
  }

  String keyId() {
    return person.replace("=", "%3D") + "@example.com role=" + role.name();
  }

  List<String> principals() {
    if (!role.principals().isEmpty()) {
      return role.principals();
    }
    List<String> principals = new ArrayList<>();
    String bare = "daypass:" + role.name();
    for (String place :
        hosts.isEmpty() ? List.of(bare) : hosts.stream().map(h -> bare + "@" + h).toList()) {
      if (!role.accounts().isEmpty()) {
        principals.add(place);
      }
      if (role.self()) {
        principals.add(place + "+" + person);
      }
    }
    return principals;
  }

  /** Name to value, in the order of the certificate; flags have none. */
  Map<String, String> criticalOptions() {
    Map<String, String> options = new TreeMap<>();
    role.forceCommand().or(() -> forceCommand).ifPresent(c -> options.put("force-command", c));
    List<String> ranges = sourceAddress.isEmpty() ? role.sourceAddress() : sourceAddress;
    if (!ranges.isEmpty()) {
      options.put("source-address", String.join(",", ranges));
    }
    if (role.verifyRequired()) {
      options.put("verify-required", "");
    }
    return options;
  }

  Set<String> extensions() {
    Set<String> extensions = new TreeSet<>(role.extensions());
    without.forEach(extensions::remove);
    if (!key.publicKey().type().isSecurityKey()) {
      extensions.remove("no-touch-required");
    }
    return extensions;
  }

  private RandomRequest judged() {
    Set<String> codes = new HashSet<>();
    SshPublicKey certified = key.publicKey();
    note(codes, !groups.contains("dba"), "no_rule_matched");
    note(codes, seconds > role.maxSeconds(), "ttl_above_max");
    note(codes, role.self() && !ACCOUNT.matcher(person).matches(), "account_missing");
    note(codes, role.forceCommand().isPresent() && forceCommand.isPresent(), "force_command_fixed");
    note(
        codes, role.verifyRequired() && !certified.type().isSecurityKey(), "security_key_required");
    note(codes, !role.principals().isEmpty() && !hosts.isEmpty(), "hosts_not_supported");
    note(
        codes,
        role.principals().isEmpty() && !hosts.stream().allMatch(h -> role.opens(labels(h))),
        "host_not_in_role");
    note(
        codes,
        !role.sourceAddress().isEmpty() && !sourceAddress.stream().allMatch(this::inside),
        "source_address_outside_role");
    return new RandomRequest(
        role,
        person,
        groups,
        key,
        hosts,
        seconds,
        validAfter,
        without,
        forceCommand,
        sourceAddress,
        Set.copyOf(codes));
  }

  private boolean inside(String range) {
    return role.sourceAddress().stream().map(RandomRole.RANGES::get).anyMatch(range::equals);
  }

  private static void note(Set<String> codes, boolean wrong, String code) {
    if (wrong) {
      codes.add(code);
    }
  }

  private static void putUnlessEmpty(Map<String, Object> members, String name, List<String> list) {
    if (!list.isEmpty()) {
      members.put(name, list);
    }
  }

  private static String inner(RandomGenerator random) {
    return one(List.copyOf(RandomRole.RANGES.values()), random);
  }

  private static String clock(int seconds) {
    String text = "%dh%dm%ds".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    return text.replaceFirst("^0h", "").replaceFirst("^0m", "");
  }

  private static Map<String, String> labels(String host) {
    return Optional.ofNullable(HOSTS.get(host)).orElseThrow();
  }

  private static Map<String, Map<String, String>> knownHosts() {
    Map<String, Map<String, String>> hosts = new TreeMap<>();
    for (String env : List.of("prod", "test")) {
      for (String tier : List.of("db", "web", "app")) {
        for (int i = 1; i <= 2; i++) {
          String name = "%s-%d.%s.example.com".formatted(tier, i, env);
          hosts.put(name, Map.of("env", env, "tier", tier));
        }
      }
    }
    return hosts;
  }
}
