package dev.daypass.fleet.host;

/** Nothing has changed, or it will when the ledger is back: why, and what to do about it. */
public record HostRefused(HostFault fault, String detail, String remedy)
    implements JoinOutcome, ChangeOutcome, TokenOutcome {
  static HostRefused unavailable() {
    return new HostRefused(
        HostFault.UNAVAILABLE,
        "The change cannot be written down now.",
        "Try again; what was begun is finished as soon as the ledger is back.");
  }
}
