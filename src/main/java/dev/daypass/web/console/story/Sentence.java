package dev.daypass.web.console.story;

import dev.daypass.web.console.view.Part;
import dev.daypass.web.page.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A sentence as it is put together. Not for sharing. */
final class Sentence {
  private final List<Part> parts = new ArrayList<>();

  /** Our own words. */
  Sentence say(String words) {
    parts.add(Part.plain(words));
    return this;
  }

  /** Somebody else's words, made harmless. */
  Sentence quote(String words) {
    parts.add(Part.plain(Shown.harmless(words)));
    return this;
  }

  Sentence add(Part part) {
    parts.add(part);
    return this;
  }

  /** Our words and theirs, if there are any of theirs. */
  Sentence say(String words, Optional<String> theirs) {
    theirs.ifPresent(text -> say(words).quote(text));
    return this;
  }

  Sentence add(String words, Optional<Part> part) {
    part.ifPresent(present -> say(words).add(present));
    return this;
  }

  List<Part> parts() {
    return List.copyOf(parts);
  }
}
