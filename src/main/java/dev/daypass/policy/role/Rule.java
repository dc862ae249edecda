package dev.daypass.policy.role;

import dev.daypass.policy.condition.Condition;
import java.util.Optional;

/**
 * One condition of a role's or duty's {@code allow} or {@code deny}.
 *
 * @param path its place in the policy file, such as {@code roles.prod-db-debug.allow[0]}
 * @param because what a refusal tells the asker
 */
public record Rule(String path, Condition when, Optional<String> because) {}
