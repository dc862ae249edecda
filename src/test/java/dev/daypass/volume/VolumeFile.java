package dev.daypass.volume;

import java.util.ArrayList;
import java.util.List;

/** The content of a file, whatever its name is: what is certain, and what happened since. */
final class VolumeFile {
  private final Content certain;
  private final List<Change> unsynced = new ArrayList<>();

  VolumeFile(byte[] content) {
    this.certain = new Content(content);
  }

  void change(Change change) {
    unsynced.add(change);
  }

  List<Change> unsynced() {
    return List.copyOf(unsynced);
  }

  void sync(long before) {
    for (Change change : unsynced()) {
      if (change.number() < before) {
        change.applyTo(certain);
        unsynced.remove(change);
      }
    }
  }

  byte[] after(Loss loss) {
    Content content = certain.copy();
    for (Change change : unsynced) {
      if (loss.tears(change)) {
        change.applyTo(content, loss.sectors(change.sectors()));
      } else if (loss.keeps()) {
        change.applyTo(content);
      }
    }
    return content.toArray();
  }
}
