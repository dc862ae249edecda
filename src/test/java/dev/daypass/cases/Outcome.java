package dev.daypass.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.cert.Certificate;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.OpenApi;
import dev.daypass.web.RawHttp;
import java.io.IOException;
import java.util.List;

/** What an answer must be, and what the ledger must then say. */
final class Outcome {
  private Outcome() {}

  /** Refused, by a problem that keeps the contract, and written down with its code. */
  static void refused(Scene scene, int status, String code, CaseRow.Sending sending)
      throws Exception {
    CaAnswer answer = sendForNothing(scene, sending);
    problem(answer, status, code);
    assertThat(answer.text("entry")).as("entry of the refusal: %s", answer.body()).isNotEmpty();
    EntryNumber number = new EntryNumber(Long.parseLong(answer.text("entry")));
    Ledger ledger = scene.ca().daemon().ledger();
    assertThat(ledger.entry(number).map(Entry::kind)).contains(EntryKind.REQUESTS_REFUSED);
    JsonObject details = details(ledger, number);
    assertThat(codes(details)).as("codes in the ledger").startsWith(code);
    assertThat(details.object("identity").flatMap(who -> who.text("subject"))).isNotEmpty();
    assertThat(details.text("request")).contains(answer.header("daypass-request-id"));
  }

  /** Refused, by a problem that keeps the contract; nobody is known, so nothing is written. */
  static void turnedAway(Scene scene, int status, String code, CaseRow.Sending sending)
      throws Exception {
    long size = scene.ca().daemon().ledger().size().value();
    problem(sendForNothing(scene, sending), status, code);
    assertThat(scene.ca().daemon().ledger().size().value()).as("ledger size").isEqualTo(size);
  }

  /** Granted: the certificate. */
  static Certificate granted(Scene scene, CaseRow.Sending sending) throws Exception {
    CaAnswer answer = sending.send(scene);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    contract("POST", Scene.PATH, answer);
    return answer.certificate().orElseThrow();
  }

  /** The answer keeps what {@code openapi.yaml} promises, RFC 9457 among it. */
  static void contract(String method, String path, CaAnswer answer) throws IOException {
    assertThat(
            OpenApi.violations(
                method, path, new RawHttp.Answer(answer.status(), answer.headers(), answer.body())))
        .as(answer.body())
        .isEmpty();
  }

  /** An answer on a raw connection, as any other. */
  static CaAnswer of(RawHttp.Answer answer) {
    return new CaAnswer(answer.status(), answer.headers(), answer.body());
  }

  /** The details of an entry. */
  static JsonObject details(Ledger ledger, EntryNumber number) throws Exception {
    return (JsonObject) CanonicalJson.decode(ledger.details(number).orElseThrow());
  }

  private static CaAnswer sendForNothing(Scene scene, CaseRow.Sending sending) throws Exception {
    List<Certificate> before = scene.ca().observed().certificates();
    CaAnswer answer = sending.send(scene);
    assertThat(answer.body()).doesNotContain("-cert-v01@openssh.com");
    List<Certificate> after = scene.ca().observed().certificates();
    // An attempt may first get, in order, what it then misuses.
    assertThat(after.size() - before.size()).as("certificates released").isLessThanOrEqualTo(1);
    return answer;
  }

  private static void problem(CaAnswer answer, int status, String code) throws IOException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).as(answer.body()).isEqualTo(code);
    assertThat(answer.header("content-type")).startsWith("application/problem+json");
    contract("POST", Scene.PATH, answer);
  }

  private static List<String> codes(JsonObject details) {
    JsonArray reasons = (JsonArray) details.value("reasons").orElseThrow();
    return reasons.values().stream()
        .map(JsonObject.class::cast)
        .map(reason -> reason.text("code").orElse(""))
        .toList();
  }
}
