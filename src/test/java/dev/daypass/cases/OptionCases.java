package dev.daypass.cases;

import static dev.daypass.cases.CaseRow.granted;
import static dev.daypass.cases.CaseRow.linted;
import static dev.daypass.cases.CaseRow.policy;
import static dev.daypass.cases.CaseRow.refused;
import static dev.daypass.cases.CaseRow.refusedFrom;
import static dev.daypass.cases.Contents.none;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CertificateCall;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** CASES 18 to 27: a request may only take away. */
final class OptionCases {
  private OptionCases() {}

  static List<CaseRow> rows() {
    List<CaseRow> rows = new ArrayList<>();
    rows.addAll(asked());
    rows.addAll(addresses());
    rows.addAll(doubled());
    rows.addAll(commands());
    rows.addAll(fido());
    rows.addAll(hosts());
    rows.addAll(order());
    return List.copyOf(rows);
  }

  private static List<CaseRow> asked() {
    List<CaseRow> rows = new ArrayList<>();
    for (String name : List.of("critical_options", "options", "extensions", "permissions")) {
      rows.add(
          refused(
              18,
              name + " sent",
              400,
              "unknown_member",
              call -> call.member(name, Map.of("unknown@example.com", "x"))));
    }
    for (String name : List.of("unknown@example.com", "verify-required", "extensions", "add")) {
      rows.add(refused(18, name + " in restrict", 400, "unknown_member", restrict(name, "")));
    }
    rows.addAll(
        List.of(
            refused(
                18,
                "restrict is a list",
                400,
                "wrong_type",
                call -> call.member("restrict", List.of("force-command"))),
            refused(
                18,
                "a dotted name",
                400,
                "unknown_member",
                call -> call.member("restrict.force_command", "/bin/sh")),
            linted(
                18,
                "unknown@example.com",
                "critical_option_unknown",
                Contents.critical(none().flag("unknown@example.com"))),
            refused(
                19,
                "force-command among the extensions",
                400,
                "unknown_member",
                call -> call.member("extensions", Map.of("force-command", "/bin/sh"))),
            refused(
                19,
                "force-command as extension left out",
                400,
                "extension_unknown",
                restrict("without", List.of("force-command"))),
            linted(
                19,
                "force-command",
                "critical_as_extension",
                Contents.extensions(none().text("force-command", "/bin/sh"))),
            policy(
                19,
                "force-command as extension",
                PolicyTexts.role("ops", "extensions: [force-command]")),
            refused(
                20,
                "a flag with a value",
                400,
                "extension_unknown",
                restrict("without", List.of("permit-pty=yes"))),
            refused(
                20,
                "a flag that is an object",
                400,
                "wrong_type",
                restrict("without", List.of(Map.of("permit-pty", "yes")))),
            linted(
                20,
                "permit-pty with data",
                "flag_with_data",
                Contents.extensions(none().text("permit-pty", "yes"))),
            policy(
                20,
                "a flag with a value",
                PolicyTexts.role("ops", "extensions: [{ permit-pty: yes }]"))));
    return rows;
  }

  private static List<CaseRow> addresses() {
    List<CaseRow> rows = new ArrayList<>();
    List<String> wrong =
        List.of(
            "10.0.0.1/8",
            "10.0.0.0/8 ",
            " 10.0.0.0/8",
            "!10.0.0.0/8",
            "",
            "0.0.0.0/0",
            "::/0",
            "10.0.0.0/8,192.0.2.0/24",
            "10.0.0.0/08",
            "010.0.0.0/8",
            "10/8",
            "10.0.0.0/33",
            "10.0.0.0/-1",
            "10.0.0.0/8\n",
            "10.0.0.0/8\0",
            "localhost",
            "10.0.0.0/255.0.0.0",
            "::ffff:10.0.0.0/104",
            "fe80::1%eth0/128",
            "2001:db8::1/32",
            "*",
            "10.0.0.*");
    for (String text : wrong) {
      String shown = PolicyTexts.quoted(text);
      rows.add(
          refused(
              21,
              shown,
              400,
              "source_address_malformed",
              restrict("source_address", List.of(text))));
      rows.add(
          refused(
              21,
              shown + " beside a good one",
              400,
              "source_address_malformed",
              restrict("source_address", List.of("10.0.0.0/8", text))));
      rows.add(policy(21, shown, PolicyTexts.role("ops", "source-address: [" + shown + "]")));
      if (!text.contains(",")) {
        rows.add(
            linted(
                21,
                shown,
                "source_address_value",
                Contents.critical(none().text("source-address", text))));
      }
    }
    rows.addAll(
        List.of(
            refused(
                21,
                "no address in the list",
                400,
                "source_address_malformed",
                restrict("source_address", List.of())),
            refused(
                21,
                "33 networks",
                400,
                "source_address_malformed",
                restrict("source_address", java.util.Collections.nCopies(33, "10.0.0.0/8"))),
            refused(21, "one text", 400, "wrong_type", restrict("source_address", "10.0.0.0/8")),
            granted(
                21,
                "upper case and long form",
                scene ->
                    restrict("source_address", List.of("2001:0DB8::/32", "10.1.0.0/16"))
                        .apply(scene.call())
                        .send(),
                certificate ->
                    assertThat(certificate.content().criticalOptions().textValue("source-address"))
                        .contains("2001:db8::/32,10.1.0.0/16"))));
    return rows;
  }

  private static List<CaseRow> doubled() {
    return List.of(
        refused(
            22,
            "restrict twice",
            400,
            "duplicate_member",
            call ->
                call.body(
                    call.body()
                        .replaceFirst(
                            "\\{", "{\"restrict\":{},\"restrict\":{\"force_command\":\"x\"},"))),
        refused(
            22,
            "force_command twice",
            400,
            "duplicate_member",
            call ->
                call.body(
                    call.body()
                        .replaceFirst(
                            "\\{",
                            "{\"restrict\":{\"force_command\":\"a\",\"force_command\":\"b\"},"))),
        refused(
            22,
            "force_command twice, once escaped",
            400,
            "duplicate_member",
            call ->
                call.body(
                    call.body()
                        .replaceFirst(
                            "\\{",
                            "{\"restrict\":{\"force_command\":\"a\",\"\\\\u0066orce_command\":\"b\"},"))),
        refused(
            22,
            "role twice",
            400,
            "duplicate_member",
            call -> call.body(call.body().replaceFirst("\\{", "{\"role\":\"own\","))),
        refused(
            22,
            "role twice in a form",
            400,
            "duplicate_member",
            call ->
                call.header("Content-Type", "application/x-www-form-urlencoded")
                    .body("role=own&role=both&public_key=x")),
        refused(
            22,
            "a form's name twice, once encoded",
            400,
            "duplicate_member",
            call ->
                call.header("Content-Type", "application/x-www-form-urlencoded")
                    .body("role=own&%72ole=both&public_key=x")),
        granted(
            22,
            "left out twice is left out",
            scene ->
                restrict("without", List.of("permit-pty", "permit-pty")).apply(scene.call()).send(),
            certificate ->
                assertThat(certificate.content().extensions().contains("permit-pty")).isFalse()));
  }

  private static List<CaseRow> commands() {
    List<CaseRow> rows = new ArrayList<>();
    List<String> wrong =
        List.of(
            "/bin/true\n/bin/sh",
            "/bin/true\0",
            "/bin/true\r",
            "",
            " ",
            "/bin/\u0085sh",
            "/bin/true\u2028/bin/sh",
            "/bin/true\u202e",
            "x".repeat(1001));
    for (String command : wrong) {
      String shown = command.length() > 40 ? "1001 characters" : PolicyTexts.quoted(command);
      rows.add(
          refused(23, shown, 400, "force_command_malformed", restrict("force_command", command)));
      rows.add(
          policy(
              23, shown, PolicyTexts.role("ops", "force-command: " + PolicyTexts.quoted(command))));
    }
    rows.add(
        linted(
            23,
            "a command of two lines",
            "force_command_value",
            Contents.critical(none().text("force-command", "a\nb"))));
    rows.add(
        refused(
            23,
            "a command that is a list",
            400,
            "wrong_type",
            restrict("force_command", List.of("/bin/sh"))));
    return rows;
  }

  private static List<CaseRow> fido() {
    return List.of(
        refused(
            24,
            "no-touch-required asked for",
            400,
            "unknown_member",
            call -> call.member("extensions", List.of("no-touch-required"))),
        refused(
            24,
            "no-touch-required in restrict",
            400,
            "unknown_member",
            restrict("no_touch_required", "true")),
        granted(
            24,
            "a security key without the role's word",
            scene -> scene.callFor(TestKeys.of(SshKeyType.SK_ED25519)).send(),
            certificate ->
                assertThat(certificate.content().extensions().names())
                    .doesNotContain("no-touch-required")),
        granted(
            24,
            "a security key with the role's word",
            scene -> scene.callFor(TestKeys.of(SshKeyType.SK_ED25519)).role("touchless").send(),
            certificate ->
                assertThat(certificate.content().extensions().names())
                    .contains("no-touch-required")),
        linted(
            24,
            "no-touch-required on a plain key",
            "no_touch_key",
            Contents.extensions(none().flag("no-touch-required"))),
        refused(25, "a plain key", 400, "security_key_required", call -> call.role("fido-only")),
        refusedFrom(
            25,
            "an RSA key",
            400,
            "security_key_required",
            scene -> scene.callFor(TestKeys.of(SshKeyType.RSA)).role("fido-only").send()),
        linted(
            25,
            "verify-required on a plain key",
            "verify_required_key",
            Contents.critical(none().flag("verify-required"))),
        granted(
            25,
            "a security key",
            scene -> scene.callFor(TestKeys.of(SshKeyType.SK_ED25519)).role("fido-only").send(),
            certificate ->
                assertThat(certificate.content().criticalOptions().names())
                    .containsExactly("verify-required")));
  }

  private static List<CaseRow> hosts() {
    return List.of(
        linted(
            26,
            "force-command for a host",
            "host_critical_option",
            Contents.hostCritical(none().text("force-command", "/bin/true"))),
        linted(
            26,
            "an unknown option for a host",
            "host_critical_option",
            Contents.hostCritical(none().flag("x@example.com"))),
        refused(
            26,
            "a host certificate asked for",
            400,
            "unknown_member",
            call -> call.member("type", "host")));
  }

  private static List<CaseRow> order() {
    return List.of(
        granted(
            27,
            "unsorted in policy",
            scene -> scene.call().role("many-extensions").send(),
            certificate ->
                assertThat(certificate.content().withoutProof().extensions().names())
                    .containsExactly(
                        "permit-X11-forwarding",
                        "permit-agent-forwarding",
                        "permit-pty",
                        "permit-user-rc")),
        refused(
            27,
            "permit-p\u0442y",
            400,
            "extension_unknown",
            restrict("without", List.of("permit-p\u0442y"))),
        refused(
            27, "PERMIT-PTY", 400, "extension_unknown", restrict("without", List.of("PERMIT-PTY"))),
        linted(
            27,
            "permit-p\u0442y",
            "extension_unknown",
            Contents.extensions(none().flag("permit-p\u0442y"))),
        policy(27, "permit-p\u0442y", PolicyTexts.role("ops", "extensions: [permit-p\u0442y]")));
  }

  private static UnaryOperator<CertificateCall> restrict(String name, Object value) {
    return call -> call.member("restrict", Map.of(name, value));
  }
}
