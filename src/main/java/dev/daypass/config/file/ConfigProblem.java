package dev.daypass.config.file;

import java.nio.file.Path;

/**
 * One fault of a configuration file.
 *
 * @param line counted from 1; 0 where the fault is of the file as a whole
 * @param key the dotted path of the key concerned, such as {@code listen.api}; may be empty
 * @param message what is wrong, and why that matters
 * @param remedy what to do about it
 */
public record ConfigProblem(Path file, int line, String key, String message, String remedy) {}
