package dev.daypass.web.console;

import dev.daypass.login.LoginView;
import dev.daypass.revocation.live.LiveCertificate;
import dev.daypass.web.console.story.Links;
import dev.daypass.web.console.view.Cell;
import dev.daypass.web.console.view.Part;
import dev.daypass.web.console.view.Section;
import dev.daypass.web.page.Moments;
import dev.daypass.web.page.Shown;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What somebody holds now: logins and certificates. */
final class Holdings {
  private static final int MOST = 50;

  private Holdings() {}

  /** The open logins of somebody, as auditors see them. */
  static Section logins(List<LoginView> open, Instant now) {
    return table(
        List.of("Terminal", "Key", "From", "Since", "Until"),
        open.stream().map(login -> row(login, Links.key(login.key().toString()), now)).toList());
  }

  /** One's own open logins, each with the way to its end. */
  static Section ownLogins(List<LoginView> open, Instant now) {
    return table(
        List.of("Terminal", "Key", "From", "Since", "Until", "Stop it"),
        open.stream()
            .map(login ->
                Stream.concat(
                        row(login, Part.mono(login.key().toString()), now).stream(),
                        Stream.of(Cell.of(OwnLoginPages.link(login))))
                    .toList())
            .toList());
  }

  private static Section table(List<String> columns, List<List<Cell>> rows) {
    return new Section.Table("Logged in now", columns, rows, "Nowhere.", null);
  }

  private static List<Cell> row(LoginView login, Part key, Instant now) {
    return List.of(
        Cell.of(Part.strong(Shown.harmless(login.hostname()))),
        Cell.of(key),
        Cell.of(Part.mono(login.address().toString())),
        Cell.of(Moments.since(login.openedAt(), now)),
        Cell.of(Moments.until(login.until(), now)));
  }

  /**
   * The certificates that are good and not revoked.
   *
   * @param linked whether they lead to their entries
   */
  static Section certificates(List<LiveCertificate> alive, Instant now, boolean linked) {
    return new Section.Table(
        "Certificates that are good now",
        List.of("Serial", "Role", "Granted", "Until"),
        alive.stream()
            .sorted(Comparator.comparing(LiveCertificate::validBefore).reversed())
            .limit(MOST)
            .map(certificate ->
                List.of(
                    Cell.of(
                        linked
                            ? Links.entry(certificate.serial().toString())
                            : Part.mono(certificate.serial().toString())),
                    Cell.of(
                        certificate
                            .holder()
                            .role()
                            .map(role -> linked ? Links.role(role) : Part.strong(role))
                            .orElseGet(() -> Part.quiet("(erased)"))),
                    Cell.of(Moments.since(certificate.at(), now)),
                    Cell.of(Moments.until(certificate.validBefore(), now))))
            .toList(),
        "None.",
        alive.size() > MOST ? Part.quiet("and " + (alive.size() - MOST) + " more") : null);
  }
}
