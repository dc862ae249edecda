/**
 * Where events go: a file, a receiver of syslog, a webhook, mail.
 *
 * <p>Governed by RFC 5424 and RFC 5425 (syslog), Standard Webhooks, RFC 5321 (mail). Each target
 * returns only when the other side has what it was sent, or fails; none waits for longer than its
 * patience. Nothing of an answer goes anywhere but its status.
 *
 * <p>Knows the events and nothing of how they are made. A target is used by one thread; {@code
 * close} is for another, and ends what is under way.
 */
@NullMarked
package dev.daypass.export.event;

import org.jspecify.annotations.NullMarked;
