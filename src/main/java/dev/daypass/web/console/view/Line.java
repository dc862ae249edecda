package dev.daypass.web.console.view;

import dev.daypass.web.page.view.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry in one line, said for a person.
 *
 * @param clock the time of day
 * @param tone the stylesheet's name for its mark
 * @param kind the entry's kind, as the ledger names it
 * @param why the reason given
 */
public record Line(
    String number,
    String href,
    Moment at,
    String clock,
    String tone,
    String kind,
    List<Part> sentence,
    @Nullable String why) {
  public Line {
    sentence = List.copyOf(sentence);
  }
}
