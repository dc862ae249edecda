package dev.daypass.policy;

import java.util.Optional;

/** What a person may do in daypass itself (DESIGN section 5, {@code duties}). */
public enum DutyName {
  AUDITOR("auditor"),
  OPERATOR("operator");

  private final String text;

  DutyName(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  public static Optional<DutyName> parse(String text) {
    for (DutyName duty : values()) {
      if (duty.text.equals(text)) {
        return Optional.of(duty);
      }
    }
    return Optional.empty();
  }
}
