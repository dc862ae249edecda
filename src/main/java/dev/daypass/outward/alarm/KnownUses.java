package dev.daypass.outward.alarm;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.tlog.EntryNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The last uses of each person, read from the ledger when somebody is seen for the first time, and
 * remembered for those who were seen last. For one thread.
 */
final class KnownUses {
  private static final int PEOPLE = 500;

  private final EntryBrowser browser;

  /** In the order in which they were asked for. */
  private final LinkedHashMap<String, List<Use>> people = new LinkedHashMap<>(16, 0.75f, true);

  KnownUses(EntryBrowser browser) {
    this.browser = browser;
  }

  /**
   * The uses of this person that are known, in order; the one given is among them from now on.
   *
   * @param identity the person as the search column has it
   */
  List<Use> with(String identity, Use use) throws StoreFailed {
    List<Use> known = people.containsKey(identity) ? people.get(identity) : read(identity, use);
    List<Use> all = new ArrayList<>(known == null ? List.of() : known);
    // The same entry comes again where a target had failed.
    if (all.isEmpty() || all.getLast().number() < use.number()) {
      all.add(use);
    }
    if (all.size() > UnusualUse.REMEMBERED + 1) {
      all.removeFirst();
    }
    people.put(identity, all);
    if (people.size() > PEOPLE) {
      people.pollFirstEntry();
    }
    return all;
  }

  private List<Use> read(String identity, Use use) throws StoreFailed {
    List<Use> found = new ArrayList<>();
    for (EntryKind kind : List.of(EntryKind.CERTIFICATE_GRANTED, EntryKind.LOGIN_OPENED)) {
      EntryFilter filter = EntryFilter.ofKind(kind).ofIdentity(identity);
      Optional<EntryNumber> before = Optional.of(new EntryNumber(use.number()));
      for (ReadEntry entry : browser.page(filter, before, UnusualUse.REMEMBERED).entries()) {
        Use.of(entry).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparingLong(Use::number));
    int from = Math.max(0, found.size() - UnusualUse.REMEMBERED);
    return found.subList(from, found.size());
  }
}
