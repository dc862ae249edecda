package dev.daypass.tlog.witness;

import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.Opaque;
import dev.daypass.tlog.TlogFormatException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which witnesses there are, and which of them together are enough: the lines {@code witness},
 * {@code group} and {@code quorum} of a C2SP tlog-policy. The ledger itself is known otherwise.
 */
public final class WitnessQuorum {
  /** No witness, and none is needed. */
  public static final WitnessQuorum NONE =
      new WitnessQuorum(Map.of(), Map.of(), WitnessQuorum.NOBODY);

  private static final String NOBODY = "none";

  /**
   * A witness.
   *
   * @param name within the policy
   * @param url its submission prefix, if the policy names it
   */
  public record Witness(String name, NoteKey key, Optional<String> url) {}

  private record Group(int least, List<String> members) {}

  private final Map<String, Witness> witnesses;
  private final Map<String, Group> groups;
  private final String quorum;

  private WitnessQuorum(Map<String, Witness> witnesses, Map<String, Group> groups, String quorum) {
    this.witnesses = witnesses;
    this.groups = groups;
    this.quorum = quorum;
  }

  /** Section Policy file syntax and structure; the offset of a fault is the line's number. */
  public static WitnessQuorum parse(List<String> lines) throws TlogFormatException {
    Reading reading = new Reading();
    for (String line : lines) {
      reading.take(line);
    }
    return reading.finish();
  }

  public List<Witness> witnesses() {
    return List.copyOf(witnesses.values());
  }

  /** Whether no cosignature is asked for. */
  public boolean isNone() {
    return quorum.equals(NOBODY);
  }

  /** Whether these, which have cosigned, are enough. */
  public boolean isMetBy(Set<NoteKey> cosigners) {
    return isNone() || hasWitnessed(quorum, cosigners);
  }

  private boolean hasWitnessed(String name, Set<NoteKey> cosigners) {
    Witness witness = witnesses.get(name);
    if (witness != null) {
      return cosigners.contains(witness.key());
    }
    Group group = groups.get(name);
    return group != null
        && group.members().stream().filter(member -> hasWitnessed(member, cosigners)).count()
            >= group.least();
  }

  /** Lines as they come; names are defined before they are used. */
  private static final class Reading {
    private final Map<String, Witness> witnesses = new LinkedHashMap<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Set<Opaque> keys = new HashSet<>();
    private final Set<String> members = new HashSet<>();
    private Optional<String> quorum = Optional.empty();
    private int number;

    void take(String line) throws TlogFormatException {
      number++;
      List<String> words = new ArrayList<>(List.of(line.strip().split("[ \t]+", -1)));
      if (line.isBlank() || words.getFirst().startsWith("#")) {
        return;
      }
      switch (words.removeFirst()) {
        case "witness" -> witness(words);
        case "group" -> group(words);
        case "quorum" -> quorum(words);
        default -> throw fault("neither witness, group nor quorum");
      }
    }

    WitnessQuorum finish() throws TlogFormatException {
      String needed = quorum.orElseThrow(() -> fault("no quorum line"));
      return new WitnessQuorum(witnesses, groups, needed);
    }

    private void witness(List<String> words) throws TlogFormatException {
      if (words.size() < 2 || words.size() > 3) {
        throw fault("a witness has a name, a vkey, and perhaps a URL");
      }
      NoteKey key = key(words.get(1));
      if (key.algorithm() != NoteKey.Algorithm.ED25519_COSIGNATURE) {
        throw fault("a witness signs cosignatures: its vkey is of type 4");
      }
      // Section Public key representation: the same key under another name is a duplicate.
      if (!keys.add(key.publicKey())) {
        throw fault("two witnesses with one key");
      }
      Optional<String> url = words.size() == 3 ? Optional.of(words.get(2)) : Optional.empty();
      String name = fresh(words.getFirst());
      witnesses.put(name, new Witness(name, key, url));
    }

    private NoteKey key(String vkey) throws TlogFormatException {
      try {
        return NoteKey.parse(vkey);
      } catch (TlogFormatException e) {
        throw fault(String.valueOf(e.getMessage()));
      }
    }

    private void group(List<String> words) throws TlogFormatException {
      if (words.size() < 3) {
        throw fault("a group has a name, a number and members");
      }
      List<String> named = words.subList(2, words.size());
      for (String member : named) {
        requireKnown(member);
        if (!members.add(member)) {
          throw fault(member + " is a member twice");
        }
      }
      groups.put(fresh(words.getFirst()), new Group(least(words.get(1), named), named));
    }

    private int least(String word, List<String> named) throws TlogFormatException {
      int least =
          switch (word) {
            case "any" -> 1;
            case "all" -> named.size();
            default -> word.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(word) : 0;
          };
      if (least < 1 || least > named.size()) {
        throw fault("a group wants all, any, or a number of its members");
      }
      return least;
    }

    private void quorum(List<String> words) throws TlogFormatException {
      if (words.size() != 1 || quorum.isPresent()) {
        throw fault("there is one quorum line, with one name");
      }
      if (!words.getFirst().equals(NOBODY)) {
        requireKnown(words.getFirst());
      }
      quorum = Optional.of(words.getFirst());
    }

    private void requireKnown(String name) throws TlogFormatException {
      if (!witnesses.containsKey(name) && !groups.containsKey(name)) {
        throw fault(name + " is not defined before");
      }
    }

    private String fresh(String name) throws TlogFormatException {
      if (name.equals(NOBODY) || witnesses.containsKey(name) || groups.containsKey(name)) {
        throw fault("the name " + name + " is taken");
      }
      return name;
    }

    private TlogFormatException fault(String problem) {
      return new TlogFormatException("line " + number + ": " + problem, number);
    }
  }
}
