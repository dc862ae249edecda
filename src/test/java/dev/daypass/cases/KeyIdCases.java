package dev.daypass.cases;

import static dev.daypass.cases.CaseRow.granted;
import static dev.daypass.cases.CaseRow.linted;
import static dev.daypass.cases.CaseRow.refused;
import static dev.daypass.cases.CaseRow.refusedFrom;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** CASES 43 and 44. */
final class KeyIdCases {
  private KeyIdCases() {}

  static List<CaseRow> rows() {
    List<CaseRow> rows = new ArrayList<>();
    Map<String, String> encoded =
        Map.of(
            "a\nb", "a%0Ab",
            "a role=root", "a%20role%3Droot",
            "a\"b'c", "a%22b%27c",
            "a\u001b[2Jb", "a%1B%5B2Jb",
            "100%", "100%25",
            "\u00e9", "%C3%A9",
            "\ud83d\ude00", "%F0%9F%98%80",
            "repo:org/app:ref", "repo%3Aorg%2Fapp%3Aref");
    encoded.forEach((username, text) ->
        rows.add(
            granted(
                43,
                PolicyTexts.quoted(username) + " as username",
                scene -> scene.guestCall(named(scene, username)).send(),
                certificate ->
                    assertThat(certificate.content().keyId().text())
                        .isEqualTo(text + " role=guest"))));
    rows.add(
        refusedFrom(
            43,
            "a username of 8 KiB",
            403,
            "username_invalid",
            scene -> scene.guestCall(named(scene, "a".repeat(4 << 10))).send()));
    rows.add(
        refusedFrom(
            43,
            "a username that is too long once encoded",
            403,
            "key_id_too_long",
            scene -> scene.guestCall(named(scene, "\u00e9".repeat(60))).send()));
    rows.add(
        granted(
            43,
            "a username that just fits",
            scene -> scene.guestCall(named(scene, "a".repeat(245))).send(),
            certificate -> assertThat(certificate.content().keyId().text()).hasSize(256)));
    rows.add(
        refused(43, "a key ID sent", 400, "unknown_member", call -> call.member("key_id", "root")));
    rows.add(
        granted(
            43,
            "a reason never reaches it",
            scene -> scene.call().member("reason", "as root=1").send(),
            certificate ->
                assertThat(certificate.content().keyId().text()).doesNotContain("root")));
    for (String keyId : List.of("a\nb", "a\0", "a\u001bb", "\u00e9")) {
      rows.add(linted(43, PolicyTexts.quoted(keyId), "key_id_characters", Contents.keyId(keyId)));
    }
    rows.add(linted(43, "257 characters", "key_id_too_long", Contents.keyId("a".repeat(257))));
    rows.add(linted(44, "an empty key ID", "key_id_empty", Contents.keyId("")));
    rows.add(
        refused(
            44, "an empty key ID sent", 400, "unknown_member", call -> call.member("key_id", "")));
    rows.add(
        refusedFrom(
            44,
            "an empty username",
            403,
            "claim_invalid",
            scene -> scene.guestCall(named(scene, "")).send()));
    rows.add(
        refusedFrom(
            44,
            "a blank username",
            403,
            "username_invalid",
            scene -> scene.guestCall(named(scene, " \t")).send()));
    rows.add(
        refusedFrom(
            44,
            "no username",
            403,
            "claim_invalid",
            scene -> {
              Map<String, Object> claims = scene.guestClaims();
              claims.remove("preferred_username");
              return scene.guestCall(claims).send();
            }));
    return List.copyOf(rows);
  }

  private static Map<String, Object> named(Scene scene, String username) {
    Map<String, Object> claims = scene.guestClaims();
    claims.put("preferred_username", username);
    return claims;
  }
}
