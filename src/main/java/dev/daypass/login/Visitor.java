package dev.daypass.login;

import dev.daypass.policy.address.IpAddress;

/**
 * Who talks to us, terminal or browser.
 *
 * @param address as far as a trusted proxy tells
 * @param requestId names the request in diagnostics and details
 */
public record Visitor(IpAddress address, String requestId) {}
