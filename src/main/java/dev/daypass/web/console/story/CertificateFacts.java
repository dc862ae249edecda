package dev.daypass.web.console.story;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.Principal;
import dev.daypass.web.console.view.Part;
import dev.daypass.web.console.view.Section;
import dev.daypass.web.page.Moments;
import dev.daypass.web.page.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A certificate decoded, as {@code ssh-keygen -L} lists it, in words. */
public final class CertificateFacts {
  private CertificateFacts() {}

  /**
   * The facts.
   *
   * @param serial which the details do not hold: it is the entry's number
   */
  public static Section.Facts of(CertificateContent content, String serial, Instant now) {
    List<Section.Fact> facts = new ArrayList<>();
    boolean user = content.type() == CertificateType.USER;
    facts.add(Section.Fact.of("Type", Part.plain(user ? "user certificate" : "host certificate")));
    facts.add(Section.Fact.of("Serial", Part.mono(serial)));
    facts.add(Section.Fact.of("Key ID", Part.mono(Shown.harmless(content.keyId().text()))));
    facts.add(
        new Section.Fact(
            "Principals",
            content.principals().stream()
                .map(Principal::name)
                .map(name -> Part.mono(Shown.harmless(name)))
                .toList(),
            null,
            user ? "what servers look for, to let somebody in" : "the names it vouches for"));
    facts.add(Section.Fact.at("Valid after", Moments.since(content.window().validAfter(), now)));
    Instant end = content.window().validBefore();
    facts.add(
        Section.Fact.at(
            "Valid before", end.isAfter(now) ? Moments.until(end, now) : Moments.since(end, now)));
    facts.add(options("Limits", content.criticalOptions(), "none: from anywhere, any command"));
    facts.add(options("Allows", content.extensions(), "nothing beyond running a command"));
    facts.add(
        new Section.Fact(
            "Key",
            List.of(Links.key(content.publicKey().fingerprint().toString())),
            null,
            content.publicKey().policyName()));
    facts.add(
        Section.Fact.of("Signed by", Part.mono(content.caKey().fingerprint().toString()))
            .noted("the CA key, which is used when the entry is in the signed tree"));
    return new Section.Facts("The certificate", facts);
  }

  private static Section.Fact options(String label, CertificateOptions options, String none) {
    List<Part> parts =
        options.names().stream()
            .map(name ->
                options
                    .textValue(name)
                    .filter(value -> !value.isEmpty())
                    .map(value -> name + " " + value)
                    .orElse(name))
            .map(text -> Part.mono(Shown.harmless(text)))
            .toList();
    return parts.isEmpty()
        ? Section.Fact.of(label, Part.quiet(none))
        : new Section.Fact(label, parts, null, null);
  }
}
