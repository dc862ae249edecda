package dev.daypass.cases;

import static dev.daypass.cases.CaseRow.granted;
import static dev.daypass.cases.CaseRow.turnedAway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** CASES 66, 67 and 70: what comes in is a good request, spoilt in one way. */
final class HttpCases {
  private HttpCases() {}

  static List<CaseRow> rows() {
    List<CaseRow> rows = new ArrayList<>();
    rows.addAll(paths());
    rows.addAll(methods());
    rows.addAll(framing());
    rows.addAll(origins());
    rows.addAll(addresses());
    return List.copyOf(rows);
  }

  private static List<CaseRow> paths() {
    List<CaseRow> rows = new ArrayList<>();
    for (String target :
        List.of(
            "/v1/certificates/",
            "//v1/certificates",
            "/v1//certificates",
            "/v1/./certificates",
            "/v1/x/../certificates",
            "/v1/%63ertificates",
            "/v1%2fcertificates",
            "/v1/certificates%2e",
            "/v1/certificates%00",
            "/v1/certificates;x=1",
            "/v1;x/certificates",
            "/V1/certificates",
            "/v1/Certificates",
            "/v1/certificates?",
            "/v1/certificates?x=1",
            "/v1/certificates?access_token=x",
            "/v1/certificates#x",
            "/v1/certificates\\",
            "v1/certificates",
            "*",
            "/v1/certificates.json",
            "/.well-known/../v1/certificates",
            "/v1/certificat\u00e9s")) {
      rows.add(barred("target " + target, request -> request.target(target).text()));
    }
    rows.add(
        barred(
            "another server's absolute target",
            request -> request.target("http://evil.example/v1/certificates").text()));
    return rows;
  }

  private static List<CaseRow> methods() {
    List<CaseRow> rows = new ArrayList<>();
    for (String method :
        List.of(
            "GET",
            "PUT",
            "PATCH",
            "DELETE",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "post",
            "P\u00d6ST",
            "HEADPOST")) {
      rows.add(barred("method " + method, request -> request.method(method).text()));
    }
    rows.add(
        barred(
            "method override", request -> request.header("X-HTTP-Method-Override", "GET").text()));
    rows.add(
        barred(
            "method override of a GET",
            request ->
                request.method("GET").body("").header("X-HTTP-Method-Override", "POST").text()));
    return rows;
  }

  private static List<CaseRow> framing() {
    List<CaseRow> rows = new ArrayList<>();
    for (String header :
        List.of(
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: identity",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding: \u000bchunked",
            "Transfer-Encoding: gzip, chunked",
            "Content-Length: 5",
            "Content-Length: +5",
            "Content-Encoding: gzip",
            "Content-Encoding: identity")) {
      rows.add(
          barred(
              "also " + header,
              request -> {
                String[] parts = header.split(": ", 2);
                return request.header(parts[0], parts[1]).text();
              }));
    }
    rows.add(
        barred(
            "chunk extensions",
            request ->
                request
                    .header("Transfer-Encoding", "chunked")
                    .header("Connection", "close")
                    .body("5;x=\n\r\nhello\r\n0\r\n\r\n")
                    .textAsItIs()));
    rows.add(barred("no length", request -> request.header("Connection", "close").textAsItIs()));
    rows.add(barred("lone line feeds", request -> request.text().replace("\r\n", "\n")));
    rows.add(barred("a folded header", request -> request.header("X-Folded", "a\r\n b").text()));
    rows.add(
        barred(
            "a space before the colon",
            request -> request.text().replace("Authorization:", "Authorization :")));
    rows.add(barred("HTTP/2", request -> "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + request.text()));
    rows.add(
        barred(
            "100,000 headers",
            request -> request.text().replaceFirst("\r\n", "\r\n" + "X: y\r\n".repeat(100_000))));
    rows.add(
        barred(
            "HTTP/1.0 without host",
            request -> request.without("Host").text().replaceFirst("HTTP/1.1", "HTTP/1.0")));
    rows.add(barred("two hosts", request -> request.header("Host", "evil.example").text()));
    rows.add(
        barred(
            "two content types", request -> request.header("Content-Type", "text/plain").text()));
    rows.add(
        barred(
            "two proofs",
            request ->
                request
                    .header("Daypass-Possession", "SSHSIG v=1,t=1,n=AAAAAAAAAAAAAAAAAAAAAA,s=AAAA")
                    .text()));
    rows.add(
        barred(
            "two idempotency keys",
            request ->
                request.header("Idempotency-Key", "a").header("Idempotency-Key", "b").text()));
    rows.add(
        barred(
            "content type text/plain",
            request ->
                request.without("Content-Type").header("Content-Type", "text/plain").text()));
    rows.add(
        barred(
            "UTF-16",
            request ->
                request
                    .without("Content-Type")
                    .header("Content-Type", "application/json; charset=utf-16")
                    .text()));
    return rows;
  }

  private static List<CaseRow> origins() {
    return List.of(
        refusedAtTheGate(
            "another origin",
            "origin_refused",
            request -> request.header("Origin", "https://evil.example")),
        refusedAtTheGate(
            "a null origin", "origin_refused", request -> request.header("Origin", "null")),
        refusedAtTheGate(
            "a page of another site",
            "origin_refused",
            request -> request.header("Sec-Fetch-Site", "cross-site")),
        refusedAtTheGate(
            "a page of our domain",
            "origin_refused",
            request -> request.header("Sec-Fetch-Site", "same-site")),
        refusedAtTheGate(
            "another host",
            "host_mismatch",
            request -> request.without("Host").header("Host", "evil.example")),
        refusedAtTheGate(
            "our host without port",
            "host_mismatch",
            request -> request.without("Host").header("Host", "127.0.0.1")),
        new CaseRow(
            67,
            "no CORS for anybody",
            scene -> {
              RawRequest preflight =
                  new RawRequest("OPTIONS", Scene.PATH, "")
                      .header("Host", scene.authority())
                      .header("Origin", "https://evil.example")
                      .header("Access-Control-Request-Method", "POST");
              RawHttp.Answer answer = scene.raw().send(preflight.text());
              assertThat(answer.status()).isBetween(400, 499);
              assertThat(answer.headers().keySet())
                  .noneMatch(name -> name.startsWith("access-control"));
            }));
  }

  private static CaseRow refusedAtTheGate(
      String what, String code, UnaryOperator<RawRequest> change) {
    return turnedAway(
        67,
        what,
        403,
        code,
        scene -> Outcome.of(scene.raw().send(change.apply(scene.rawRequest()).text())));
  }

  private static List<CaseRow> addresses() {
    List<CaseRow> rows = new ArrayList<>();
    for (String header :
        List.of(
            "X-Forwarded-For",
            "Forwarded",
            "X-Real-IP",
            "X-Client-IP",
            "True-Client-IP",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Original-URL",
            "X-Rewrite-URL")) {
      String value = header.equals("Forwarded") ? "for=192.0.2.1" : "192.0.2.1";
      rows.add(
          granted(
              70,
              header,
              scene -> scene.call().role("seen-from").header(header, value).send(),
              certificate ->
                  assertThat(certificate.content().criticalOptions().textValue("source-address"))
                      .contains("127.0.0.1/32")));
    }
    rows.add(
        new CaseRow(
            70,
            "the address in the ledger",
            scene -> {
              CaAnswer answer =
                  scene.call().role("root").header("X-Forwarded-For", "192.0.2.1").send();
              JsonObject details =
                  Outcome.details(
                      scene.ca().daemon().ledger(),
                      new EntryNumber(Long.parseLong(answer.text("entry"))));
              assertThat(details.text("address")).contains("127.0.0.1");
            }));
    return rows;
  }

  /** No certificate and no 5xx, whatever exactly is said; the connection may just end. */
  private static CaseRow barred(
      String what, java.util.function.Function<RawRequest, String> spoil) {
    return new CaseRow(
        66,
        what,
        scene -> {
          String sent = spoil.apply(scene.rawRequest());
          Optional<RawHttp.Answer> answer =
              scene.raw().send(sent.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
          if (answer.isPresent() && !answer.get().body().isEmpty()) {
            assertThat(answer.get().status()).as(answer.get().body()).isBetween(400, 499);
            Outcome.contract("POST", "/nowhere", Outcome.of(answer.get()));
          } else {
            answer.ifPresent(a -> assertThat(a.status()).isBetween(400, 499));
          }
        });
  }
}
