package dev.daypass.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.TestCa;
import dev.daypass.oidc.FakeSignIn;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A browser, as far as the port can tell. */
final class Tab {
  private final TestCa ca;
  private String cookie = "";

  Tab(TestCa ca) {
    this.ca = ca;
  }

  CaAnswer get(String path) throws Exception {
    return keep(ca.client().get(path, cookie.isEmpty() ? Map.of() : Map.of("Cookie", cookie)));
  }

  /** Posts a form with our own Origin, unless the headers say otherwise. */
  CaAnswer post(String path, Map<String, String> form, Map<String, String> headers)
      throws Exception {
    Map<String, String> all = new LinkedHashMap<>(Map.of("Origin", ca.client().origin()));
    all.put("Cookie", cookie);
    all.putAll(headers);
    all.values().removeIf(String::isEmpty);
    return keep(Terminal.of(ca).send(Terminal.form("POST", path, form), all));
  }

  /** Opens the terminal's URL and signs in; says where the provider sends this browser to. */
  String signIn(Terminal terminal, String person) throws Exception {
    CaAnswer to = get("/login/" + terminal.login());
    assertThat(to.status()).as(to.body()).isEqualTo(303);
    FakeSignIn provider = ca.idp().signIn();
    provider.person(person + "@example.com", "dba");
    return "/callback/dev?" + query(provider.visit(URI.create(to.header("location"))));
  }

  Document consentPage(Terminal terminal, String person) throws Exception {
    CaAnswer back = get(signIn(terminal, person));
    assertThat(back.status()).as(back.body()).isEqualTo(303);
    assertThat(back.header("location")).isEqualTo("/login/" + terminal.login() + "/consent");
    return Jsoup.parse(get(back.header("location")).body());
  }

  Map<String, String> answer(Document page, String answer) {
    return Map.of("csrf", page.expectFirst("input[name=csrf]").attr("value"), "answer", answer);
  }

  /** Consents; the proof that the finish page would post to the terminal's listener. */
  String allow(Terminal terminal, Document page) throws Exception {
    CaAnswer finish =
        post("/login/" + terminal.login() + "/consent", answer(page, "allow"), Map.of());
    assertThat(finish.status()).as(finish.body()).isEqualTo(200);
    return Jsoup.parse(finish.body()).expectFirst("input[name=proof]").attr("value");
  }

  private CaAnswer keep(CaAnswer answer) {
    Stream.of(answer.header("set-cookie"))
        .filter(text -> !text.isEmpty())
        .forEach(text -> cookie = List.of(text.split(";", 2)).getFirst());
    return answer;
  }

  private static String query(Map<String, List<String>> parameters) {
    return parameters.entrySet().stream()
        .map(e ->
            e.getKey() + "=" + URLEncoder.encode(e.getValue().getFirst(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
