package dev.daypass.e2e;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A role as policy might have it.
 *
 * @param principals set by the role itself; then it has neither accounts nor hosts
 * @param forceCommand harmless whatever is in it: a server may run it
 */
record RandomRole(
    String name,
    List<String> accounts,
    boolean self,
    List<String> principals,
    Map<String, String> labels,
    int defaultSeconds,
    int maxSeconds,
    List<String> extensions,
    Optional<String> forceCommand,
    List<String> sourceAddress,
    boolean verifyRequired) {

  static final List<String> EXTENSIONS =
      List.of(
          "permit-X11-forwarding",
          "permit-agent-forwarding",
          "permit-port-forwarding",
          "permit-pty",
          "permit-user-rc",
          "no-touch-required");

  /** Ranges, each with one inside it. */
  static final NavigableMap<String, String> RANGES =
      new TreeMap<>(
          Map.of(
              "10.0.0.0/8", "10.1.0.0/16",
              "172.16.0.0/12", "172.16.5.4/32",
              "192.168.0.0/16", "192.168.7.0/24",
              "2001:db8::/32", "2001:db8:1::/48",
              "127.0.0.0/8", "127.0.0.1/32"));

  static RandomRole of(int number, RandomGenerator random) {
    boolean explicit = chance(random, 0.1);
    int opening = random.nextInt(3);
    int max = random.nextInt(1, 36_000);
    return new RandomRole(
        "role-" + number + "-" + "x".repeat(random.nextInt(25)),
        explicit || opening == 1 ? List.of() : List.of("acct-" + number),
        !explicit && opening > 0,
        explicit ? List.of("deploy-" + number, "ops:" + number + "@x.example+1") : List.of(),
        explicit ? Map.of() : labels(random),
        random.nextInt(1, max + 1),
        max,
        some(EXTENSIONS, random),
        chance(random, 0.2) ? Optional.of(command(random)) : Optional.empty(),
        chance(random, 0.3) ? List.of(one(List.copyOf(RANGES.keySet()), random)) : List.of(),
        chance(random, 0.05));
  }

  String yaml() {
    List<String> opened = new ArrayList<>(accounts);
    if (self) {
      opened.add("self");
    }
    List<String> keys = new ArrayList<>();
    keys.add(
        principals.isEmpty() ? "accounts: " + quoted(opened) : "principals: " + quoted(principals));
    if (!labels.isEmpty()) {
      keys.add("hosts: " + labels.toString().replace("=", ": "));
    }
    keys.add("ttl: { default: %ds, max: %ds }".formatted(defaultSeconds, maxSeconds));
    keys.add("extensions: " + quoted(extensions));
    forceCommand.ifPresent(command -> keys.add("force-command: " + quoted(command)));
    if (!sourceAddress.isEmpty()) {
      keys.add("source-address: " + quoted(sourceAddress));
    }
    if (verifyRequired) {
      keys.add("keys: { verify-required: true }");
    }
    keys.add("allow: [{ when: '\"dba\" in identity.groups' }]");
    return name + ":\n" + String.join("\n", keys).indent(2);
  }

  boolean opens(Map<String, String> hostLabels) {
    return principals.isEmpty() && hostLabels.entrySet().containsAll(labels.entrySet());
  }

  static boolean chance(RandomGenerator random, double probability) {
    return random.nextDouble() < probability;
  }

  static <T> T one(List<T> from, RandomGenerator random) {
    return from.get(random.nextInt(from.size()));
  }

  static <T> List<T> some(List<T> from, RandomGenerator random) {
    return from.stream().filter(_ -> random.nextBoolean()).toList();
  }

  /** An echo of any printable ASCII, blanks at its ends included. */
  static String command(RandomGenerator random) {
    String text =
        random
            .ints(random.nextInt(1, 40), ' ', '~' + 1)
            .filter(c -> c != '\'')
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return "echo '" + text + "'";
  }

  private static Map<String, String> labels(RandomGenerator random) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (random.nextBoolean()) {
      labels.put("env", random.nextBoolean() ? "prod" : "test");
    }
    if (random.nextBoolean()) {
      labels.put("tier", one(List.of("db", "web", "app"), random));
    }
    return labels;
  }

  private static String quoted(List<String> texts) {
    return texts.stream().map(RandomRole::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
