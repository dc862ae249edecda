package dev.daypass.web.page.view;

/** A page that only says how it ended. */
public record Closing(Frame frame) {}
