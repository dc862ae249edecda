package dev.daypass.ledger;

import dev.daypass.ledger.entry.EntryKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Which drafts are committed together: all that came together, but a key that begins to sign ends
 * its batch. So the last checkpoint of a ledger key has the entry that activates its successor as
 * its last leaf, and verifiers can tell from the entries alone which key signs which size.
 */
final class Batches {
  private Batches() {}

  static List<List<Pending>> of(List<Pending> drafts) {
    List<List<Pending>> batches = new ArrayList<>(1);
    int from = 0;
    for (int i = 0; i < drafts.size(); i++) {
      if (i + 1 == drafts.size() || drafts.get(i).draft().kind() == EntryKind.CA_KEY_ACTIVATED) {
        batches.add(drafts.subList(from, i + 1));
        from = i + 1;
      }
    }
    return batches;
  }
}
