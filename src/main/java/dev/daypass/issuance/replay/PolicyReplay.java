package dev.daypass.issuance.replay;

import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.Principal;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.issuance.replay.Difference.Effect;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.policy.Decision;
import dev.daypass.policy.DurationText;
import dev.daypass.policy.DutyName;
import dev.daypass.policy.Policy;
import dev.daypass.policy.RoleView;
import dev.daypass.policy.RoleView.Standing;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.refusal.RefusalReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lets the policy in force and a proposed one decide again what was asked. */
public final class PolicyReplay {
  private final Policy inForce;
  private final Policy proposed;
  private final PastAskReader reader;
  private final Map<Key, Difference> differences = new LinkedHashMap<>();
  private final Map<IdentityId, PastAsk> newest = new HashMap<>();
  private long grants;
  private long refusals;
  private long undecided;

  /**
   * @param hosts servers as they are labelled now
   * @param primary whether an identity provider of that name is
   */
  public PolicyReplay(
      Policy inForce,
      Policy proposed,
      Function<HostName, Optional<Host>> hosts,
      Predicate<String> primary) {
    this.inForce = inForce;
    this.proposed = proposed;
    this.reader = new PastAskReader(inForce, hosts, primary);
  }

  private record Key(Effect effect, String who, String what) {}

  /**
   * What came of it.
   *
   * @param undecided requests that cannot be decided again from what was written down
   */
  public record Report(
      long grants, long refusals, long undecided, int identities, List<Difference> differences) {
    public Report {
      differences = List.copyOf(differences);
    }
  }

  /** Takes the details of a grant or of a refusal, the newest first. */
  public void take(Instant at, EntryKind kind, JsonObject details) {
    if (kind == EntryKind.REQUESTS_REFUSED && details.text("role").isEmpty()) {
      // Refused before anybody looked at what was asked.
      return;
    }
    Optional<PastAsk> ask = reader.read(at, kind, details);
    if (ask.isEmpty()) {
      undecided++;
      return;
    }
    var _ = newest.putIfAbsent(ask.get().identity().id(), ask.get());
    decideAgain(ask.get());
  }

  /** What all of it says, each difference once. */
  public Report report() {
    newest.values().forEach(this::compareStanding);
    List<Difference> sorted = new ArrayList<>(differences.values());
    sorted.sort(
        Comparator.comparing(Difference::effect)
            .thenComparing(Difference::who)
            .thenComparing(Difference::what));
    return new Report(grants, refusals, undecided, newest.size(), sorted);
  }

  private void decideAgain(PastAsk ask) {
    Decision before = inForce.decide(ask.identity(), ask.request(), ask.at());
    Decision after = proposed.decide(ask.identity(), ask.request(), ask.at());
    if (ask.granted() && !(before instanceof Decision.Granted)) {
      // Policy has changed since, or looks at what was not written down.
      undecided++;
      return;
    }
    if (ask.granted()) {
      grants++;
    } else {
      refusals++;
    }
    String role = "role " + ask.request().role();
    switch (before) {
      case Decision.Granted granted -> {
        switch (after) {
          case Decision.Granted other -> {
            List<String> words = compare(granted, other);
            if (!words.isEmpty()) {
              count(Effect.DIFFERS, ask.identity(), role, words);
            }
          }
          case Decision.Refused refused ->
              count(Effect.LOSES, ask.identity(), role, details(refused.reasons()));
          case Decision.NeedsApproval _ ->
              count(Effect.LOSES, ask.identity(), role, List.of("Somebody has to approve it."));
        }
      }
      case Decision.Refused _, Decision.NeedsApproval _ -> {
        if (after instanceof Decision.Granted) {
          count(Effect.GAINS, ask.identity(), role, List.of());
        }
      }
    }
  }

  /** What the identity may hold, asked for or not. */
  private void compareStanding(PastAsk ask) {
    Identity identity = ask.identity();
    Map<String, RoleView> before = roles(inForce, ask);
    Map<String, RoleView> after = roles(proposed, ask);
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      boolean could = isOpen(before.get(name));
      boolean can = isOpen(after.get(name));
      if (could != can) {
        RoleView view = after.get(name);
        List<String> why =
            view == null ? List.of("There is no such role.") : details(view.reasons());
        note(can ? Effect.GAINS : Effect.LOSES, identity, "role " + name, can ? List.of() : why);
      }
    }
    for (DutyName duty : DutyName.values()) {
      boolean had = inForce.hasDuty(identity, duty, ask.at());
      boolean has = proposed.hasDuty(identity, duty, ask.at());
      if (had != has) {
        note(has ? Effect.GAINS : Effect.LOSES, identity, "duty " + duty.text(), List.of());
      }
    }
  }

  private static Map<String, RoleView> roles(Policy policy, PastAsk ask) {
    Map<String, RoleView> views = new HashMap<>();
    for (RoleView view : policy.rolesFor(ask.identity(), ask.at())) {
      views.put(view.role().name().text(), view);
    }
    return views;
  }

  private static boolean isOpen(@Nullable RoleView view) {
    return view != null && view.standing() != Standing.REFUSED;
  }

  private static List<String> compare(Decision.Granted before, Decision.Granted after) {
    List<String> words = new ArrayList<>();
    if (!before.principals().equals(after.principals())) {
      words.add("principals " + names(before.principals()) + " -> " + names(after.principals()));
    }
    compare("extensions", before.extensions(), after.extensions(), words);
    compare("critical options", before.criticalOptions(), after.criticalOptions(), words);
    Duration lasted = length(before);
    Duration lasts = length(after);
    if (!lasted.equals(lasts)) {
      words.add("lasts " + DurationText.format(lasted) + " -> " + DurationText.format(lasts));
    }
    return words;
  }

  private static void compare(
      String what, CertificateOptions before, CertificateOptions after, List<String> words) {
    if (!before.equals(after)) {
      words.add(what + " " + before.names() + " -> " + after.names());
    }
  }

  private static Duration length(Decision.Granted granted) {
    return Duration.between(granted.window().validAfter(), granted.window().validBefore());
  }

  private static List<String> names(List<Principal> principals) {
    return principals.stream().map(Principal::name).toList();
  }

  private static List<String> details(List<RefusalReason> reasons) {
    return reasons.stream().map(RefusalReason::detail).toList();
  }

  private void count(Effect effect, Identity who, String what, List<String> words) {
    Key key = new Key(effect, who.username().toString(), what);
    Difference known = differences.get(key);
    differences.put(
        key,
        known == null
            ? new Difference(effect, key.who(), what, 1, words)
            : known.again(known.words()));
  }

  private void note(Effect effect, Identity who, String what, List<String> words) {
    Key key = new Key(effect, who.username().toString(), what);
    var _ = differences.putIfAbsent(key, new Difference(effect, key.who(), what, 0, words));
  }
}
