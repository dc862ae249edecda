package dev.daypass.cli.key;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A key in the daemon's answer.
 *
 * @param bundle since which trust bundle it is named
 * @param without servers that have not said that they have that bundle
 */
record ListedKey(
    String use,
    String fingerprint,
    String stage,
    String since,
    String living,
    Optional<String> bundle,
    List<String> without) {
  static ListedKey parse(String line) {
    List<String> words = words(line);
    return new ListedKey(
        words.get(0),
        words.get(1),
        words.get(2),
        words.get(3),
        words.get(4),
        Optional.of(words.get(5)).filter(word -> !word.isEmpty()),
        Stream.of(words.get(6).split(" ")).filter(word -> !word.isEmpty()).toList());
  }

  static List<String> words(String line) {
    return Stream.of(line.split(" ", -1))
        .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
        .toList();
  }
}
