package dev.daypass.outward;

import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The ledger that feeds follow, up to the tree that was signed for.
 *
 * @param signed the size of the newest signed tree
 */
public record FeedSource(String origin, EntryBrowser browser, Supplier<TreeSize> signed) {
  long size() {
    return signed.get().value();
  }

  List<ReadEntry> entries(FeedPlace place, int limit) throws StoreFailed {
    return browser.from(place.number(), limit);
  }

  FeedPlace beginning(FeedBeginning beginning) throws StoreFailed {
    long size = size();
    FeedPlace start = FeedPlace.start(origin);
    if (beginning == FeedBeginning.FIRST || size == 0) {
      return start;
    }
    Optional<ReadEntry> newest = browser.entry(new EntryNumber(size - 1));
    return start.after(newest.orElseThrow(() -> new StoreFailed("the newest entry is gone")));
  }

  /** The place that a text tells, if this ledger goes on from there. */
  FeedPlace resumed(String text) throws StoreFailed, IOException {
    FeedPlace place =
        FeedPlace.parse(text).orElseThrow(() -> new IOException("its position is damaged"));
    if (!place.origin().equals(origin)) {
      return FeedPlace.start(origin); // the ledger that this one replaces is closed
    }
    Optional<ReadEntry> before =
        place.next() == 0
            ? Optional.empty()
            : browser.entry(new EntryNumber(place.next() - 1)).filter(place::follows);
    if (place.next() > 0 && before.isEmpty()) {
      throw new IOException(
          "it was told " + place.next() + " entries, and this ledger does not continue them");
    }
    return place;
  }
}
