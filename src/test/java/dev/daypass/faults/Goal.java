package dev.daypass.faults;

/** RELIABILITY's goals, each with the figure that it asks for. */
public enum Goal {
  R1("killed at random moments: nothing released is lost, ready again within 3 s (p99)"),
  R2("power lost, what was not synced gone or torn: the same"),
  R3("a sync fails: nothing released, an end, a clean start"),
  R4("no space: 503 within 1 s, issuing again within 10 s of space"),
  R5("both syncs before an answer's first byte, always"),
  R6("the clock jumps: signing stops within 1 s, no certificate begins ahead of real time"),
  R7("the identity provider is away: cached keys go on, its absence is 503"),
  R9("a restored store: nothing is signed"),
  R10("a second process on the same state is refused within 2 s"),
  R11("whatever comes in: no 5xx, nothing uncaught"),
  R12("2,000 slow connections: others are answered within 250 ms (p99)"),
  R13("half of peak for long: p50 below 5 ms, p99 below 30 ms, memory grows by less than 5 %"),
  R14("ten times as many callers: 80 % of peak, refusals within 5 ms, no wait above 1 s"),
  R15("a revocation is published within 5 s; 10,000 add less than 30 ms to a login"),
  R16("certificates are read alike by other implementations, and by sshd"),
  R17("every case of CASES is decided as it must be"),
  R18("1M entries verified within 10 s"),
  R20("no changed byte of a certificate goes unnoticed");

  private final String promise;

  Goal(String promise) {
    this.promise = promise;
  }

  String promise() {
    return promise;
  }
}
