package dev.daypass.web.page.view;

/**
 * What every page has.
 *
 * @param authority the public host and port, for people to compare with their address bar
 * @param stylesheet the path of the stylesheet
 */
public record Frame(String authority, String stylesheet) {}
