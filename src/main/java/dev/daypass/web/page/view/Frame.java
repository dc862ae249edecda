package dev.daypass.web.page.view;

/**
 * What every page has.
 *
 * @param authority the public host and port, for people to compare with their address bar
 * @param stylesheet the path of the stylesheet
 * @param script the path of the script, of which the console alone makes use
 */
public record Frame(String authority, String stylesheet, String script) {}
