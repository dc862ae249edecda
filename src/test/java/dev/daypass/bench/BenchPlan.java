package dev.daypass.bench;

/**
 * How much is measured. Each number can be set by a system property {@code daypass.bench.NAME}.
 *
 * @param warmUps rounds that do not count: the JVM goes on compiling for some 80,000 requests
 * @param certificates in a round, each for a key of its own
 * @param persons who ask in turn, each with a token
 * @param empties requests of the empty route in a round
 */
record BenchPlan(
    int rounds,
    int warmUps,
    int connections,
    int certificates,
    int persons,
    int empties,
    int sshKeygens) {
  static BenchPlan ofProperties() {
    return new BenchPlan(
        number("rounds", 7),
        number("warm-ups", 8),
        number("connections", 64),
        number("certificates", 10_000),
        number("persons", 500),
        number("empties", 50_000),
        number("ssh-keygens", 150));
  }

  private static int number(String name, int otherwise) {
    return Integer.getInteger("daypass.bench." + name, otherwise);
  }
}
