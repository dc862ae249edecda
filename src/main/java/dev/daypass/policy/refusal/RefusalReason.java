package dev.daypass.policy.refusal;

/**
 * One reason for a refusal, in words for the asker.
 *
 * @param detail what is wrong, in one sentence
 * @param remedy what to do about it, in one sentence
 */
public record RefusalReason(RefusalCode code, String detail, String remedy) {}
