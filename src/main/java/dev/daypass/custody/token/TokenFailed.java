package dev.daypass.custody.token;

/** A call of a PKCS#11 module that did not succeed. */
final class TokenFailed extends Exception {
  private static final long serialVersionUID = 1;

  // PKCS#11 v2.40 base specification, section 5.1.
  private static final long CKR_PIN_INCORRECT = 0xa0;
  private static final long CKR_PIN_INVALID = 0xa1;
  private static final long CKR_PIN_LEN_RANGE = 0xa2;
  private static final long CKR_PIN_EXPIRED = 0xa3;
  private static final long CKR_PIN_LOCKED = 0xa4;

  private final long value;

  TokenFailed(String function, long value) {
    super(function + " answered 0x" + Long.toHexString(value));
    this.value = value;
  }

  TokenFailed(String what) {
    super(what);
    this.value = -1;
  }

  /** Whether trying again would only lock the token. */
  boolean isAboutThePin() {
    return value == CKR_PIN_INCORRECT
        || value == CKR_PIN_INVALID
        || value == CKR_PIN_LEN_RANGE
        || value == CKR_PIN_EXPIRED
        || value == CKR_PIN_LOCKED;
  }
}
