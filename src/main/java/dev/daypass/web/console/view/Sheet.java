package dev.daypass.web.console.view;

import java.util.List;

/**
 * A page made of sections.
 *
 * @param lead what it is, in one sentence
 */
public record Sheet(Desk desk, String lead, List<Section> sections) {
  public Sheet {
    sections = List.copyOf(sections);
  }
}
