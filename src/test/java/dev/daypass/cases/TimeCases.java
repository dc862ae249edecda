package dev.daypass.cases;

import static dev.daypass.cases.CaseRow.granted;
import static dev.daypass.cases.CaseRow.policy;
import static dev.daypass.cases.CaseRow.refused;
import static dev.daypass.cases.CaseRow.refusedFrom;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** CASES 28 to 33. */
final class TimeCases {
  private TimeCases() {}

  static List<CaseRow> rows() {
    List<CaseRow> rows = new ArrayList<>();
    List<String> ttls =
        List.of(
            "0",
            "0s",
            "0h0m0s",
            "-5m",
            "5",
            "",
            " 5m",
            "5m ",
            "5M",
            "5m5h",
            "5.5m",
            "1e3s",
            "9223372036854775808s",
            "9999999h",
            "PT5M",
            "5m\n",
            "\u0665m",
            "+5m",
            "0x5m",
            "forever",
            "-1");
    for (String ttl : ttls) {
      rows.add(
          refused(
              28,
              "ttl " + PolicyTexts.quoted(ttl),
              400,
              "ttl_malformed",
              call -> call.member("ttl", ttl)));
    }
    for (Object ttl : new Object[] {0, -1, Long.MAX_VALUE, 300, 1e308, List.of("5m"), true}) {
      rows.add(
          refused(
              28,
              "ttl " + ttl + " as no text",
              400,
              "wrong_type",
              call -> call.member("ttl", ttl)));
    }
    rows.add(
        refused(
            28,
            "a number that no type holds",
            400,
            "wrong_type",
            call -> call.body(call.body().replaceFirst("\\{", "{\"ttl\":1e999999999,"))));
    for (String max : List.of("0s", "-1h", "9999999h", "3600")) {
      rows.add(
          policy(28, "max " + max, PolicyTexts.role("ops", "").replace("max: 1h", "max: " + max)));
    }
    rows.add(
        refused(
            29,
            "99999d and more",
            400,
            "ttl_malformed",
            call -> call.member("ttl", "99999d99999h99999m999999999s")));
    rows.add(refused(29, "ten years", 403, "ttl_above_max", call -> call.member("ttl", "3650d")));
    for (String time :
        List.of(
            "+1000000000-12-31T23:59:59Z",
            "292277026596-12-04T15:30:08Z",
            "99999999999",
            "2026-13-01T00:00:00Z",
            "2026-11-21T25:00:00Z",
            "2026-11-21T01:13:00",
            "2026-11-21T01:13:00+01:00",
            "2026-11-21T01:13:00.5Z",
            "2026-02-30T00:00:00Z",
            "now",
            "-1",
            "",
            "2026-11-21t01:13:00z",
            "2026-11-21T01:13:00Z\n")) {
      rows.add(
          refused(
              29,
              "valid_after " + PolicyTexts.quoted(time),
              400,
              "valid_after_malformed",
              call -> call.member("valid_after", time)));
    }
    rows.add(
        refused(
            29,
            "the last second of RFC 3339",
            400,
            "valid_after_too_late",
            call -> call.member("valid_after", "9999-12-31T23:59:59Z")));
    rows.add(
        refused(
            30,
            "two minutes ago",
            400,
            "valid_after_too_early",
            call -> call.member("valid_after", fromNow(Duration.ofMinutes(-2)))));
    rows.add(
        refused(
            30,
            "1970",
            400,
            "valid_after_too_early",
            call -> call.member("valid_after", "1970-01-01T00:00:00Z")));
    rows.add(
        refused(
            30,
            "the year 0",
            400,
            "valid_after_too_early",
            call -> call.member("valid_after", "0000-01-01T00:00:00Z")));
    rows.add(
        refused(
            31,
            "25 hours ahead",
            400,
            "valid_after_too_late",
            call -> call.member("valid_after", fromNow(Duration.ofHours(25)))));
    rows.add(
        granted(
            31,
            "an hour ahead, and the ttl from there",
            scene -> scene.call().member("valid_after", fromNow(Duration.ofHours(1))).send(),
            certificate -> {
              assertThat(certificate.content().window().length()).isEqualTo(Duration.ofMinutes(5));
              assertThat(certificate.content().window().validAfter())
                  .isAfter(Instant.now().plus(Duration.ofMinutes(59)));
            }));
    rows.addAll(tokens());
    return List.copyOf(rows);
  }

  private static List<CaseRow> tokens() {
    return List.of(
        granted(
            33,
            "an hour, by a token of a minute",
            scene -> {
              Map<String, Object> claims = scene.claims();
              claims.put("exp", Instant.now().getEpochSecond() + 60);
              return scene.callBy(claims).member("ttl", "1h").send();
            },
            certificate ->
                assertThat(certificate.content().window().length())
                    .isEqualTo(Duration.ofMinutes(61))),
        granted(
            33,
            "never longer than asked, but for 60 s of backdating",
            scene -> scene.call().member("ttl", "1s").send(),
            certificate ->
                assertThat(certificate.content().window().length())
                    .isEqualTo(Duration.ofSeconds(61))),
        refusedFrom(
            33,
            "an old login, where the role asks for a recent one",
            403,
            "authentication_too_old",
            scene -> {
              Map<String, Object> claims = scene.claims();
              claims.put("auth_time", Instant.now().getEpochSecond() - 600);
              return scene.callBy(claims).role("recent").send();
            }),
        refusedFrom(
            33,
            "no login time, where the role asks for a recent one",
            403,
            "authentication_too_old",
            scene -> {
              Map<String, Object> claims = scene.claims();
              claims.remove("auth_time");
              return scene.callBy(claims).role("recent").send();
            }));
  }

  private static String fromNow(Duration offset) {
    return Instant.now().plus(offset).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
