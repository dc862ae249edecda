package dev.daypass.outward;

import java.util.Optional;

/**
 * How a feed stands.
 *
 * @param to the target's name
 * @param behind how many entries the target has not been told of
 * @param failure what went wrong at the last attempt, empty if nothing did
 */
public record FeedStanding(String to, long behind, Optional<String> failure) {}
