package dev.daypass.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.TestCa;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.identity.Registration;
import dev.daypass.identity.Username;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteIdentityRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * How long each page of the console takes over a long ledger; writes it down, and asserts no speed.
 */
final class ConsoleBenchmark {
  private static final long ENTRIES = Long.getLong("daypass.bench.entries", 1_000_000);
  private static final int WARM = 20;
  private static final int ROUNDS = 40;
  private static final double MILLIS = 1e6;
  private static final Pattern SET = Pattern.compile("(daypass-[a-z]+)=([A-Za-z0-9._-]*);");
  private static final String PERSON = "person-7%40example.com";
  private static final List<String> PAGES =
      List.of(
          "/console/",
          "/console/?before=500000",
          "/console/?person=" + PERSON,
          "/console/?person=" + PERSON + "&kind=certificate.granted&before=300000",
          "/console/?role=prod-db-debug",
          "/console/?kind=certificate.granted&from=2026-11-21T00%3A00",
          "/console/?server=db-1",
          "/console/?kind=session.alarm",
          "/console/?person=nobody%40example.com",
          "/console/?text=nowhere-to-be-found",
          "/console/entries/20",
          "/console/entries/700000",
          "/console/people",
          "/console/person?name=" + PERSON,
          "/console/roles",
          "/console/roles/prod-db-debug",
          "/console/servers",
          "/console/servers/db-1",
          "/console/charts",
          "/console/charts?days=365",
          "/console/me");

  private static final Path REPORT = Path.of("target/bench/console.txt");

  private final List<String> lines = new ArrayList<>();
  private final Map<String, String> cookies = new LinkedHashMap<>();

  @Test
  void pages() throws Exception {
    try (LongLedger ledger = LongLedger.ofAge(ENTRIES, Duration.ofDays(30))) {
      TestCa ca = ledger.ca();
      register(ca);
      ca.startDaemon();
      signIn(ca);
      long start = System.nanoTime();
      while (get(ca, "/console/charts").body().contains("Still counting")) {
        Thread.onSpinWait();
      }
      say("counted behind the ledger in %.1f s".formatted((System.nanoTime() - start) / 1e9));
      ca.restart();
      cookies.clear();
      signIn(ca);
      start = System.nanoTime();
      assertThat(get(ca, "/console/charts").body()).doesNotContain("Still counting");
      say("charts, first after a start: %.1f ms".formatted((System.nanoTime() - start) / MILLIS));
      for (String page : PAGES) {
        measure(ca, page);
      }
    }
    Files.createDirectories(REPORT.resolveSibling(""));
    Files.writeString(REPORT, String.join("\n", lines) + "\n");
  }

  /** The generated people were never here: a person is found by the index if the name is known. */
  private static void register(TestCa ca) throws Exception {
    try (SqliteDatabase database = SqliteDatabase.open(ca.files().store())) {
      SqliteIdentityRegistry registry = new SqliteIdentityRegistry(database, (_, _) -> {});
      for (int i = 0; i < 500; i++) {
        String name = "person-" + i + "@example.com";
        assertThat(registry.register(person(ca.idp().issuer(), name)))
            .isInstanceOf(Registration.Accepted.class);
      }
    }
  }

  private static Identity person(String issuer, String name) {
    return new Identity(
        new IdentityId(issuer, name),
        "dev",
        true,
        IdentityKind.PERSON,
        new Username(name),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Map.of(),
        Optional.empty(),
        List.of(),
        false,
        "bearer");
  }

  private void measure(TestCa ca, String page) throws IOException {
    List<Long> nanos = new ArrayList<>();
    int bytes = 0;
    for (int round = 0; round < WARM + ROUNDS; round++) {
      long start = System.nanoTime();
      CaAnswer answer = get(ca, page);
      if (round >= WARM) {
        nanos.add(System.nanoTime() - start);
      }
      assertThat(answer.status()).as(page).isIn(200, 404);
      bytes = answer.body().length();
    }
    Collections.sort(nanos);
    say(
        "%-70s median %6.1f ms, slowest %6.1f ms, %,d bytes"
            .formatted(page, nanos.get(ROUNDS / 2) / MILLIS, nanos.getLast() / MILLIS, bytes));
  }

  private void say(String line) {
    lines.add(line);
    System.out.println(line);
  }

  private CaAnswer get(TestCa ca, String path) throws IOException {
    return keep(ca.client().get(path, Map.of("Cookie", cookie(), "Accept", "text/html")));
  }

  private void signIn(TestCa ca) throws IOException {
    ca.idp().signIn().person("erin@example.com", "audit");
    String origin = ca.client().origin();
    CaAnswer going =
        keep(
            ca.client()
                .send(
                    HttpRequest.newBuilder(URI.create(origin + "/console/sign-in"))
                        .header("Origin", origin)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("provider=dev&next="))
                        .build()));
    String target = going.header("refresh").substring("0; url=".length());
    String query =
        ca.idp().signIn().visit(URI.create(target)).entrySet().stream()
            .map(pair ->
                pair.getKey()
                    + "="
                    + URLEncoder.encode(pair.getValue().getFirst(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    assertThat(get(ca, "/callback/dev?" + query).status()).isEqualTo(200);
    assertThat(get(ca, "/console/").status()).isEqualTo(200);
  }

  private CaAnswer keep(CaAnswer answer) {
    Matcher set = SET.matcher(answer.header("set-cookie"));
    while (set.find()) {
      cookies.put(set.group(1), set.group(2));
    }
    return answer;
  }

  private String cookie() {
    return cookies.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining("; "));
  }
}
