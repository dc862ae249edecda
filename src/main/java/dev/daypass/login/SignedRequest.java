package dev.daypass.login;

import dev.daypass.ssh.Bytes;

/**
 * What of an HTTP request is signed, as it came over the wire (DESIGN section 4, Requests).
 *
 * @param target the request-target with its query as sent, not decoded or normalised
 * @param contentType the header's value as sent, empty if there was none
 */
public record SignedRequest(String method, String target, String contentType, Bytes body) {}
