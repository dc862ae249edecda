package dev.daypass.config.yaml;

/**
 * Something wrong in a file.
 *
 * @param line counted from 1; 0 where it concerns the file as a whole
 * @param key the dotted path of the key; may be empty
 */
public record Fault(int line, String key, String message, String remedy) {}
