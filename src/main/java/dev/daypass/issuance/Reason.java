package dev.daypass.issuance;

import dev.daypass.policy.refusal.RefusalReason;

/**
 * Why a request was refused, in words for the asker.
 *
 * @param code stable, for programs
 * @param detail what is wrong
 * @param remedy what to do about it
 */
public record Reason(String code, String detail, String remedy) {

  static Reason of(RefusalReason reason) {
    return new Reason(reason.code().text(), reason.detail(), reason.remedy());
  }
}
