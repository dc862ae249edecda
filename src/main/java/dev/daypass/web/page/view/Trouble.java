package dev.daypass.web.page.view;

import org.jspecify.annotations.Nullable;

/** A problem as people read it: what, why, what to do. */
public record Trouble(
    Frame frame,
    String heading,
    @Nullable String detail,
    @Nullable String remedy,
    String code,
    String requestId,
    @Nullable String entry) {}
