package dev.daypass.ledger.refusal;

/**
 * Why a request was refused, in words for the asker.
 *
 * @param code stable, for programs
 * @param detail what is wrong
 * @param remedy what to do about it
 */
public record Reason(String code, String detail, String remedy) {}
