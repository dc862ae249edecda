package dev.daypass.policy.source;

/**
 * Something wrong or doubtful in a policy file.
 *
 * @param path the value it is about, such as {@code roles.prod-db-debug.ttl.max}
 * @param message what is wrong
 * @param remedy what to write instead
 */
public record PolicyProblem(String path, String message, String remedy) {}
