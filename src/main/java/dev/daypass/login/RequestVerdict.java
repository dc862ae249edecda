package dev.daypass.login;

import dev.daypass.ssh.SshPublicKey;

/** What the signature on a request proves. */
public sealed interface RequestVerdict {
  /** The sender holds this key, and this very request was not seen before. */
  record Verified(SshPublicKey key) implements RequestVerdict {}

  /** Nothing is proved. */
  record Rejected(Fault fault, String detail, String remedy) implements RequestVerdict {
    /** The stable code of the problem. */
    public String code() {
      return fault.code();
    }
  }

  /** The closed list of faults of a request's signature. */
  enum Fault {
    /** There is no proof of possession (CASES 41). */
    POSSESSION_REQUIRED("possession_required"),
    /** Malformed, wrong key, namespace, hash or text, or seen before (CASES 41, 73). */
    SIGNATURE_INVALID("signature_invalid"),
    /** Signed too long ago or in the future; the Date header tells by how much. */
    CLOCK_SKEW("clock_skew"),
    /** Signed before this daemon's memory of nonces begins; sign again. */
    RESTARTED("restarted"),
    /** The memory of nonces is full: nothing can be accepted safely for some seconds. */
    OVERLOADED("overloaded");

    private final String code;

    Fault(String code) {
      this.code = code;
    }

    /** The stable code in problems. */
    public String code() {
      return code;
    }
  }
}
