package dev.daypass.issuance.replay;

import java.util.List;

/**
 * What a proposed policy changes for one identity.
 *
 * @param what a role or a duty
 * @param times how often it was asked for in that time; 0 if never
 * @param words what is different, or why it is refused
 */
public record Difference(Effect effect, String who, String what, long times, List<String> words) {
  /** In the order in which somebody wants to know. */
  public enum Effect {
    GAINS,
    LOSES,
    DIFFERS
  }

  public Difference {
    words = List.copyOf(words);
  }

  Difference again(List<String> newest) {
    return new Difference(effect, who, what, times + 1, newest);
  }
}
