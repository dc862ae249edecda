package dev.daypass.cases;

import static dev.daypass.cases.CaseRow.granted;
import static dev.daypass.cases.CaseRow.linted;
import static dev.daypass.cases.CaseRow.policy;
import static dev.daypass.cases.CaseRow.refused;
import static dev.daypass.cases.CaseRow.refusedFrom;
import static dev.daypass.cases.PolicyTexts.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.CertificateCall;
import dev.daypass.TestCa;
import dev.daypass.cases.CaseRow.Sending;
import dev.daypass.cert.Principal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * CASES 1 to 17. Principals are never sent: the same text is tried wherever something that becomes
 * a principal could come from.
 */
final class PrincipalCases {
  private PrincipalCases() {}

  static List<CaseRow> rows() {
    List<CaseRow> rows = new ArrayList<>();
    rows.addAll(empty());
    texts().forEach((text, number) -> rows.addAll(everywhere(number, text)));
    rows.addAll(wildcardsOfHosts());
    rows.addAll(brokenUnicode());
    rows.addAll(numbers());
    rows.addAll(denied());
    rows.addAll(supersets());
    rows.addAll(claimTypes());
    return List.copyOf(rows);
  }

  /** Texts that must not become a principal, by their case. */
  private static Map<String, Integer> texts() {
    Map<String, Integer> texts = new HashMap<>();
    texts.put("a,root", 3);
    texts.put("root\0", 4);
    texts.put("ro\0ot", 5);
    for (char control : "\n\r\t\b\u001b\u0085\u009b\u007f".toCharArray()) {
      texts.put("ro" + control + "ot", 6);
    }
    List.of(" root", "root ", "ro ot", "ro\u00a0ot", "\u3000root").forEach(t -> texts.put(t, 7));
    texts.put("", 8);
    List.of("*", "r?ot", "!root", "*,!root").forEach(t -> texts.put(t, 9));
    List.of("\u0440oot", "ro\u202eot", "ro\u200bot", "o\u0308ps", "\ufeffroot", "\uff52oot")
        .forEach(t -> texts.put(t, 11));
    texts.put("r".repeat(256), 15);
    return texts;
  }

  private static List<CaseRow> everywhere(int number, String text) {
    String shown = text.length() > 20 ? text.length() + " characters" : quoted(text);
    return List.of(
        refused(number, shown + " as role", 400, "role_malformed", call -> call.role(text)),
        refused(number, shown + " as host", 400, "host_malformed", hosts(text)),
        refused(
            number,
            shown + " as host beside a good one",
            400,
            "host_malformed",
            hosts("db-1", text)),
        refusedFrom(
            number,
            shown + " as account claim",
            403,
            text.isEmpty() ? "claim_invalid" : "account_invalid",
            guest("account", text)),
        refusedFrom(
            number,
            shown + " as e-mail before the @",
            403,
            text.matches("[a-z*?!]{1,64}") ? "account_missing" : "claim_invalid",
            email(text)),
        inAReason(number, shown, text),
        inAUsername(number, shown, text),
        policy(number, shown + " as account", PolicyTexts.account(quoted(text))),
        policy(number, shown + " as role", PolicyTexts.role(quoted(text), "")),
        policy(number, shown + " as principal", PolicyTexts.principal(quoted(text))),
        linted(number, shown, rule(text), Contents.principals("daypass:ops", text)));
  }

  private static String rule(String text) {
    return text.isEmpty()
        ? "principal_empty"
        : text.length() > 255 ? "principal_too_long" : "principal_characters";
  }

  /** A reason is a person's words: it may hold commas, and never reaches a principal. */
  private static CaseRow inAReason(int number, String shown, String text) {
    boolean plain =
        !text.isBlank()
            && text.codePoints()
                .allMatch(c ->
                    Character.getType(c) != Character.CONTROL
                        && Character.getType(c) != Character.FORMAT);
    String what = shown + " as reason";
    return plain
        ? granted(
            number,
            what + " is words",
            scene -> scene.call().member("reason", text).send(),
            certificate ->
                assertThat(certificate.content().principals())
                    .containsExactly(new Principal("daypass:" + TestCa.ROLE)))
        : refused(number, what, 400, "reason_malformed", call -> call.member("reason", text));
  }

  /** A username is free text; it is encoded in the key ID, and never reaches a principal. */
  private static CaseRow inAUsername(int number, String shown, String text) {
    String what = shown + " as username";
    if (text.length() > 200) {
      return refusedFrom(
          number, what, 403, "username_invalid", guest("preferred_username", text + text));
    }
    if (text.isBlank()) {
      return refusedFrom(number, what, 403, "claim_invalid", guest("preferred_username", text));
    }
    return granted(
        number,
        what + " is encoded",
        scene -> {
          Map<String, Object> claims = scene.guestClaims();
          claims.put("preferred_username", scene.newName() + text);
          return scene.guestCall(claims).send();
        },
        certificate -> {
          assertThat(certificate.content().keyId().text()).matches("[A-Za-z0-9._@+%-]+ role=guest");
          assertThat(certificate.content().principals())
              .allMatch(p -> p.name().matches("daypass:guest(\\+asker-[0-9]+)?"));
        });
  }

  private static List<CaseRow> empty() {
    return List.of(
        refused(1, "no host in the list", 400, "principals_empty", hosts()),
        refused(1, "hosts null", 400, "wrong_type", call -> call.body(nullHosts(call))),
        refused(
            1,
            "principals sent",
            400,
            "unknown_member",
            call -> call.member("principals", List.of("root"))),
        refused(1, "no role", 400, "missing_member", call -> call.withoutMember("role")),
        linted(1, "no principal", "principals_empty", Contents.principals()),
        linted(1, "no host name", "principals_empty", Contents.hostNames()),
        policy(1, "no account", PolicyTexts.account("")),
        refused(2, "host of another role", 403, "host_not_in_role", hosts("web-1")),
        refused(2, "unknown host", 403, "host_unknown", hosts("db-999")),
        refusedFrom(
            2,
            "no group",
            403,
            "no_rule_matched",
            scene -> scene.callBy(scene.idp().claims(scene.newName() + "@example.com")).send()),
        refusedFrom(
            2,
            "no account of one's own",
            403,
            "account_missing",
            scene -> {
              String mail = "o'" + scene.newName() + "@example.com";
              return scene.callBy(scene.idp().claims(mail, "dba")).role("own").send();
            }));
  }

  private static String nullHosts(CertificateCall call) {
    return call.body().replaceFirst("\\{", "{\"hosts\":null,");
  }

  private static List<CaseRow> wildcardsOfHosts() {
    return List.of(
        linted(
            10,
            "*.example.com for a host",
            "principal_characters",
            Contents.hostNames("*.example.com")),
        linted(10, "db-? for a host", "principal_characters", Contents.hostNames("db-?")),
        refused(10, "*.example.com as host", 400, "host_malformed", hosts("*.example.com")),
        refused(10, "a wildcard that selects", 400, "host_malformed", hosts("db-*")));
  }

  private static List<CaseRow> brokenUnicode() {
    return List.of(
        refused(
            11,
            "a lone surrogate",
            400,
            "invalid_text",
            call -> call.body(call.body().replace(TestCa.ROLE, "\\ud800"))),
        refusedFrom(
            11, "an overlong slash", 400, "invalid_json", scene -> bytes(scene, "\u00c0\u00af")),
        refusedFrom(
            11,
            "a surrogate in UTF-8",
            400,
            "invalid_json",
            scene -> bytes(scene, "\u00ed\u00a0\u0080")),
        refusedFrom(
            11, "half a character", 400, "invalid_json", scene -> bytes(scene, "\u00e2\u0082")),
        refused(
            11,
            "a byte order mark",
            400,
            "invalid_json",
            call -> call.body("\ufeff" + call.body())),
        refused(
            11,
            "an overlong slash in a form",
            400,
            "invalid_form",
            call ->
                call.header("Content-Type", "application/x-www-form-urlencoded")
                    .body("role=%c0%af&public_key=x")));
  }

  /** The role's name is replaced by these bytes, given as Latin-1. */
  private static CaAnswer bytes(Scene scene, String latin1) throws Exception {
    String body = scene.body().replace(TestCa.ROLE, latin1);
    RawRequest request = scene.rawRequest().body(body);
    byte[] sent = request.text().getBytes(StandardCharsets.ISO_8859_1);
    return Outcome.of(scene.raw().send(sent).orElseThrow());
  }

  private static List<CaseRow> numbers() {
    String[] hosts = IntStream.range(0, 33).mapToObj(i -> "db-" + i).toArray(String[]::new);
    String[] half = IntStream.range(0, 17).mapToObj(i -> "db-" + i).toArray(String[]::new);
    return List.of(
        refused(12, "33 hosts", 400, "too_many_principals", hosts(hosts)),
        refused(
            12,
            "17 hosts, two principals each",
            400,
            "too_many_principals",
            call -> call.role("both").member("hosts", List.of(half))),
        refused(
            12,
            "10,000 hosts",
            413,
            "body_too_large",
            call -> call.member("hosts", Collections.nCopies(10_000, "db-1"))),
        granted(
            12,
            "32 hosts",
            scene -> hosts(32).apply(scene.call()).send(),
            certificate -> assertThat(certificate.content().principals()).hasSize(32)),
        refused(13, "a host twice", 400, "host_repeated", hosts("db-1", "db-1")),
        refused(13, "a host twice in other case", 400, "host_malformed", hosts("db-1", "DB-1")),
        linted(
            13,
            "a principal twice",
            "principal_repeated",
            Contents.principals("daypass:ops", "daypass:ops")),
        linted(
            13,
            "a principal twice in other case",
            "principal_repeated",
            Contents.principals("daypass:ops", "daypass:Ops")),
        refused(
            15, "a host of 253 characters", 400, "principal_too_long", hosts(SceneRoles.LONG_HOST)),
        refused(
            15,
            "a host of 254 characters",
            400,
            "host_malformed",
            hosts(SceneRoles.LONG_HOST + "x")));
  }

  private static UnaryOperator<CertificateCall> hosts(int count) {
    return hosts(IntStream.range(0, count).mapToObj(i -> "db-" + i).toArray(String[]::new));
  }

  private static List<CaseRow> denied() {
    return List.of(
        refusedFrom(
            14, "Root where root is denied", 403, "denied", by("Root@example.com", "denied")),
        refusedFrom(
            14, "ROOT where root is denied", 403, "denied", by("ROOT@EXAMPLE.COM", "denied")),
        refusedFrom(
            14,
            "TRAINEE where trainee is denied",
            403,
            "denied",
            by("Trainee-7@example.com", "denied")),
        refusedFrom(
            14,
            "Intern where a pattern denies intern",
            403,
            "denied",
            by("INTERN-7@example.com", "denied")),
        refusedFrom(
            14,
            "Contractors where contractors is denied",
            403,
            "denied",
            scene -> {
              Map<String, Object> claims = scene.claims();
              claims.put("groups", List.of("dba", "Contractors"));
              return scene.callBy(claims).role("denied").send();
            }),
        refusedFrom(
            14,
            "Carol where carol is allowed",
            403,
            "no_rule_matched",
            by("Carol@example.com", "exactly")),
        refusedFrom(
            14,
            "DBA where dba is allowed",
            403,
            "no_rule_matched",
            scene -> {
              Map<String, Object> claims = scene.claims();
              claims.put("groups", List.of("DBA", "Dba", "dba ", "\uff44ba"));
              return scene.callBy(claims).send();
            }),
        refusedFrom(
            14,
            "the account root, which no role names",
            403,
            "account_reserved",
            by("root@example.com", "own")),
        refusedFrom(
            14,
            "an account that a role names",
            403,
            "account_reserved",
            by("db-debug@example.com", "own")));
  }

  private static List<CaseRow> supersets() {
    return List.of(
        refused(16, "one host too many", 403, "host_not_in_role", hosts("db-1", "web-1")),
        refused(16, "a longer ttl", 403, "ttl_above_max", call -> call.member("ttl", "1h1s")),
        refused(
            16,
            "another command",
            403,
            "force_command_fixed",
            call ->
                call.role("fixed-command").member("restrict", Map.of("force_command", "/bin/sh"))),
        refused(
            16,
            "a wider network",
            403,
            "source_address_outside_role",
            call ->
                call.role("ranged")
                    .member("restrict", Map.of("source_address", List.of("10.0.0.0/7")))),
        refused(
            16,
            "one network too many",
            403,
            "source_address_outside_role",
            call ->
                call.role("ranged")
                    .member(
                        "restrict",
                        Map.of("source_address", List.of("10.1.0.0/16", "192.0.2.0/24")))),
        refused(
            16,
            "another network than seen",
            403,
            "source_address_outside_role",
            call ->
                call.role("seen-from")
                    .member("restrict", Map.of("source_address", List.of("192.0.2.0/24")))),
        refused(16, "a role that does not exist", 403, "role_unknown", call -> call.role("root")),
        refused(16, "a role of others", 403, "kind_not_allowed", call -> call.role("job")),
        refused(
            16,
            "a role of another provider",
            403,
            "issuer_not_allowed",
            call -> call.role("guest")));
  }

  private static List<CaseRow> claimTypes() {
    List<CaseRow> rows = new ArrayList<>();
    Object[] groups = {
      "dba",
      7,
      Map.of("dba", true),
      List.of(List.of("dba")),
      List.of("dba", 7),
      List.of(""),
      true,
      List.of("x".repeat(300))
    };
    for (Object value : groups) {
      rows.add(
          refusedFrom(
              17,
              "groups " + shown(value),
              403,
              "claim_invalid",
              scene -> scene.callBy(with(scene.claims(), "groups", value)).send()));
    }
    Object[] texts = {List.of("a@example.com"), 7, Map.of("a", 1), false};
    for (Object value : texts) {
      rows.add(
          refusedFrom(
              17,
              "email " + value,
              403,
              "claim_invalid",
              scene -> scene.callBy(with(scene.claims(), "email", value)).send()));
      rows.add(refusedFrom(17, "account " + value, 403, "claim_invalid", guest("account", value)));
      rows.add(
          refusedFrom(
              17, "username " + value, 403, "claim_invalid", guest("preferred_username", value)));
    }
    for (String claim : List.of("groups", "email")) {
      rows.add(
          refusedFrom(
              17,
              claim + " null",
              403,
              "claim_invalid",
              scene -> scene.callBy(with(scene.claims(), claim, null)).send()));
    }
    return rows;
  }

  private static String shown(Object value) {
    String text = value.toString();
    return text.length() > 40 ? "too long" : text;
  }

  private static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
    claims.put(name, value);
    return claims;
  }

  private static UnaryOperator<CertificateCall> hosts(String... hosts) {
    return call -> call.member("hosts", List.of(hosts));
  }

  private static Sending by(String email, String role) {
    return scene -> scene.callBy(scene.idp().claims(email, "dba")).role(role).send();
  }

  private static Sending guest(String claim, Object value) {
    return scene -> scene.guestCall(with(scene.guestClaims(), claim, value)).send();
  }

  private static Sending email(String localPart) {
    return scene ->
        scene.callBy(with(scene.claims(), "email", localPart + "@example.com")).role("own").send();
  }
}
