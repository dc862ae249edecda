/**
 * The daemon and the signer as services of a booted Debian: their units, as systemd takes them.
 * RELIABILITY's hardening checklist governs it.
 */
@NullMarked
package dev.daypass.e2e.service;

import org.jspecify.annotations.NullMarked;
