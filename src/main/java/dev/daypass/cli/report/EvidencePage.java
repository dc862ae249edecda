package dev.daypass.cli.report;

import dev.daypass.policy.DurationText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A pack's page: one file, its style in it, no script, and nothing from elsewhere. */
final class EvidencePage {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Columns that the files have and the page leaves out: it is for reading. */
  private static final Set<String> IN_FILES_ALONE =
      Set.of("valid_after", "valid_before", "key_id", "session");

  private final StringBuilder html = new StringBuilder();
  private final Cover cover;
  private final Summary summary;

  private EvidencePage(Cover cover, Summary summary) {
    this.cover = cover;
    this.summary = summary;
  }

  static String of(Cover cover, Summary summary, String style) {
    return new EvidencePage(cover, summary).page(style);
  }

  private String page(String style) {
    String period = day(cover.from()) + " to " + day(cover.until());
    html.append(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Evidence of access, %s</title>
        <style>
        %s</style>
        </head>
        <body>
        <main>
        <header>
        <h1>Evidence of access</h1>
        <p class="lead">%s</p>
        """
            .formatted(text(period), style, text(period)));
    facts();
    html.append("</header>\n");
    controls();
    roles();
    for (Table table : Table.values()) {
      section(table);
    }
    verification();
    return html.append("</main>\n</body>\n</html>\n").toString();
  }

  private void facts() {
    html.append("<dl>\n");
    fact("Ledger", cover.checkpoint().origin());
    fact("Made", day(cover.made()));
    fact("Entries", number(cover.checkpoint().size().value()) + " in the whole ledger");
    html.append("<dt>Tree root</dt><dd><code>" + text(cover.checkpoint().root().base64()));
    html.append("</code></dd>\n<dt>Ledger key</dt><dd><code>");
    html.append(text(cover.ledgerKey().fingerprint().toString()) + "</code></dd>\n</dl>\n");
  }

  private void controls() {
    html.append(
        """
        <section>
        <h2>What is asked, and where it is answered</h2>
        <table class="controls">
        <thead><tr><th>Control</th><th>It asks that</th><th>Evidence</th></tr></thead>
        <tbody>
        """);
    for (Control control : Control.values()) {
      String evidence =
          control.tables().stream()
              .map(table ->
                  "<a href=\"#%s\">%s</a> <span class=\"count\">%s</span>"
                      .formatted(
                          table.name().toLowerCase(Locale.ROOT),
                          text(table.title()),
                          number(summary.count(table))))
              .collect(Collectors.joining("<br>"));
      html.append("<tr><th scope=\"row\">" + text(control.shownName()) + "</th><td>");
      html.append(text(control.asks()) + "</td><td>" + evidence + "</td></tr>\n");
    }
    html.append("</tbody>\n</table>\n</section>\n");
  }

  private void roles() {
    html.append("<section>\n<h2>Access by role</h2>\n");
    if (summary.roles().isEmpty()) {
      html.append("<p class=\"empty\">Nobody was granted access in this time.</p>\n</section>\n");
      return;
    }
    html.append(
        "<div class=\"wide\"><table>\n<thead><tr><th>Role</th><th class=\"n\">Granted</th>");
    html.append("<th class=\"n\">People</th><th class=\"n\">Not used</th>");
    html.append("<th class=\"n\">Longest</th></tr></thead>\n<tbody>\n");
    summary
        .roles()
        .forEach((name, role) ->
            html.append(
                "<tr><th scope=\"row\">%s</th><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>\n"
                    .formatted(
                        text(name),
                        number(role.grants()),
                        number(role.people()),
                        number(role.unused()),
                        text(DurationText.format(role.longest())))));
    html.append("</tbody>\n</table></div>\n</section>\n");
  }

  private void section(Table table) {
    long count = summary.count(table);
    html.append("<section id=\"" + table.name().toLowerCase(Locale.ROOT) + "\">\n");
    html.append("<h2>" + text(table.title()) + "</h2>\n");
    if (count == 0) {
      html.append("<p class=\"empty\">None in this time.</p>\n</section>\n");
      return;
    }
    String all = "<a href=\"%s\">%s</a>".formatted(table.file(), table.file());
    html.append(
        count > Summary.SHOWN
            ? "<p>The first %d of %s; all in %s.</p>\n".formatted(Summary.SHOWN, number(count), all)
            : "<p>%s, also in %s.</p>\n".formatted(number(count), all));
    html.append("<div class=\"wide\"><table>\n<thead><tr><th class=\"n\">Entry</th><th>Time</th>");
    table.columns().stream()
        .filter(column -> !IN_FILES_ALONE.contains(column))
        .forEach(column -> html.append("<th>" + heading(column) + "</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    summary.rows(table).forEach(fields -> row(table, fields));
    html.append("</tbody>\n</table></div>\n</section>\n");
  }

  private void row(Table table, List<String> fields) {
    html.append("<tr><td class=\"n\">" + text(fields.get(0)) + "</td>");
    String time = fields.get(1).replace("T", " ").replaceAll("\\.\\d+Z|Z", "");
    html.append("<td class=\"t\">" + text(time) + "</td>");
    for (int i = 0; i < table.columns().size(); i++) {
      if (!IN_FILES_ALONE.contains(table.columns().get(i))) {
        html.append("<td>" + text(fields.get(i + 2)) + "</td>");
      }
    }
    html.append("</tr>\n");
  }

  private void verification() {
    html.append("<section>\n<h2>How this is known to be true</h2>\n<p>Each row names its entry in");
    html.append(" the ledger. An entry commits to its details by a salted hash, the tree to its");
    html.append(" entries, and the ledger key has signed the tree. <a href=\"HOWTO-VERIFY.txt\">");
    html.append("HOWTO-VERIFY.txt</a> says how to check all of it with tools that anybody has:");
    html.append(" <a href=\"entries.ndjson\">entries.ndjson</a> holds the entries with their");
    html.append(" details, <code>ledger/</code> the published tree with its <a");
    html.append(
        " href=\"ledger/checkpoint\">checkpoint</a>, <code>proofs/</code> inclusion proofs");
    html.append(" of single entries.</p>\n</section>\n");
  }

  private void fact(String name, String value) {
    html.append("<dt>" + text(name) + "</dt><dd>" + text(value) + "</dd>\n");
  }

  private static String heading(String column) {
    String words = column.replace('_', ' ');
    return text(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
  }

  private static String day(Instant moment) {
    return DAY.format(moment);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202f');
  }

  private static String text(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
