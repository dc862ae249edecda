package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.web.RawHttp.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A browser before the console of a {@link RunningServer}, with the cookies that it was given. */
final class ConsoleBrowser {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String OURS = "Origin: " + RunningServer.ORIGIN;
  private static final Pattern SET = Pattern.compile("(__Host-[a-z-]+)=([A-Za-z0-9._-]*);");

  final Map<String, String> cookies = new LinkedHashMap<>();
  private final RunningServer server;

  ConsoleBrowser(RunningServer server) {
    this.server = server;
  }

  Answer get(String target, String... headers) throws IOException {
    return keep(server.get(target, with(headers)));
  }

  Answer post(String target, Map<String, String> form, String... headers) throws IOException {
    String[] all = with(headers);
    String[] more = java.util.Arrays.copyOf(all, all.length + 2);
    more[all.length] = FORM;
    more[all.length + 1] = OURS;
    return keep(server.post(target, encoded(form), more));
  }

  /** A page, checked as somebody depends on it who does not see it. */
  Document page(String target) throws IOException {
    Answer answer = get(target);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return read(answer);
  }

  static Document read(Answer answer) {
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.header("content-security-policy"))
        .contains("default-src 'none'", "style-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "http", "*", "data:");
    Document page = Jsoup.parse(answer.body());
    PageReader.check(page);
    assertThat(page.select("iframe, object, [style], [onclick]")).isEmpty();
    assertThat(page.select("script"))
        .allMatch(script ->
            script.attr("src").matches("/script/[0-9a-f]{16}") && script.data().isEmpty());
    return page;
  }

  /** Signs in at the first provider, on the way to a page. */
  Answer signIn(String next) throws IOException {
    Answer going = post("/console/sign-in", Map.of("provider", "okta", "next", next));
    assertThat(going.status()).as(going.body()).isEqualTo(200);
    String state = server.backend.console.begun.getLast().state();
    return get("/callback/okta?code=c&state=" + state);
  }

  private String[] with(String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Accept: text/html";
    all[headers.length + 1] =
        "Cookie: "
            + cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    return all;
  }

  private Answer keep(Answer answer) {
    Matcher set = SET.matcher(answer.header("set-cookie"));
    while (set.find()) {
      if (set.group(2).isEmpty()) {
        cookies.remove(set.group(1));
      } else {
        cookies.put(set.group(1), set.group(2));
      }
    }
    return answer;
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(pair ->
            pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
