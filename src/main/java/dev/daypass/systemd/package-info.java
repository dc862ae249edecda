/**
 * What systemd is told of this process: that it is ready, reloads, stops, and is still well.
 * sd_notify(3) and sd_watchdog_enabled(3) govern it; RELIABILITY's hardening checklist asks for it.
 *
 * <p>Without systemd all of it does nothing. It knows neither the daemon nor the signer: what being
 * well means is asked of a {@link dev.daypass.systemd.HealthCheck}.
 *
 * <p>Safe for any number of threads.
 */
@NullMarked
package dev.daypass.systemd;

import org.jspecify.annotations.NullMarked;
