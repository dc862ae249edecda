package dev.daypass.outward.alarm;

import dev.daypass.outward.Event;
import java.util.Optional;

/**
 * What somebody is told of at once.
 *
 * @param finding the same as an event, for machines
 * @param title one line
 * @param text a few lines, for whoever reads mail
 * @param owner the verified address of the person whose account it is about, if it is about unusual
 *     use of one
 */
public record Alarm(Event finding, String title, String text, Optional<String> owner) {}
