package dev.daypass.web.console;

import dev.daypass.cert.CertificateContent;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.verify.RebuildFailed;
import dev.daypass.policy.Policy;
import dev.daypass.policy.role.RoleName;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.audit.LedgerReader;
import dev.daypass.web.body.Problem;
import dev.daypass.web.console.session.Door;
import dev.daypass.web.console.session.Visit;
import dev.daypass.web.console.story.CertificateFacts;
import dev.daypass.web.console.story.Checks;
import dev.daypass.web.console.story.EntryFacts;
import dev.daypass.web.console.story.Indented;
import dev.daypass.web.console.story.KindWords;
import dev.daypass.web.console.story.Lines;
import dev.daypass.web.console.story.Related;
import dev.daypass.web.console.view.Part;
import dev.daypass.web.console.view.Section;
import dev.daypass.web.console.view.Sheet;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One entry with its whole story. */
final class EntryPages {
  private final Desks desks;
  private final LedgerReader ledger;
  private final ConsoleSources sources;
  private final InstantSource clock;

  EntryPages(Desks desks, LedgerReader ledger, ConsoleSources sources, InstantSource clock) {
    this.desks = desks;
    this.ledger = ledger;
    this.sources = sources;
    this.clock = clock;
  }

  List<Endpoint> endpoints(Door door) {
    return List.of(Endpoint.get("/console/entries/{n}", door.auditors(this::show)));
  }

  private Reply show(Exchange exchange, Visit visit) throws RequestFailed, IOException {
    String text = exchange.path("n");
    Optional<ReadEntry> found =
        text.matches("0|[1-9][0-9]{0,17}")
            ? ledger.entry(new EntryNumber(Long.parseLong(text)))
            : Optional.empty();
    ReadEntry read = found.orElseThrow(EntryPages::unknown);
    Instant now = clock.instant();
    Optional<CertificateContent> certificate = certificate(read);
    Optional<String> proof = ledger.proof(read.number());
    List<Section> sections = new ArrayList<>();
    sections.add(EntryFacts.request(read, now));
    certificate.ifPresent(
        content -> sections.add(CertificateFacts.of(content, read.number().toString(), now)));
    EntryFacts.decision(read, condition(read), policy(read), now).ifPresent(sections::add);
    sections.add(Checks.of(read, proof, certificate, sources.ledgerKey()));
    sections.add(
        new Section.Story(
            "What belongs to it",
            new Related(ledger).of(read).stream().map(each -> Lines.of(each, now)).toList(),
            read.entry().kind() == EntryKind.CERTIFICATE_GRANTED
                ? "No server has reported a session with it, and nobody has revoked it."
                : "No other entry."));
    originals(read, proof, sections);
    return Sheets.sheet(
        new Sheet(
            desks.of(visit, "Entry " + read.number(), LedgerPages.PATH), lead(read), sections));
  }

  private static void originals(ReadEntry read, Optional<String> proof, List<Section> sections) {
    read.details()
        .ifPresent(details ->
            sections.add(new Section.Original("Details as written", Indented.of(details))));
    sections.add(
        new Section.Original(
            "The public entry",
            new String(read.stored().entry().toArray(), StandardCharsets.UTF_8)));
    proof.ifPresent(
        words -> sections.add(new Section.Original("The proof, to be checked elsewhere", words)));
  }

  private static String lead(ReadEntry read) {
    String kind = KindWords.of(read.entry().kind()) + ".";
    return read.details().isEmpty()
        ? kind + " Its details were erased; that it was written can still be proved."
        : kind;
  }

  /** Empty where there is none, or where the details do not make one: the checks say so. */
  private Optional<CertificateContent> certificate(ReadEntry read) throws IOException {
    try {
      return read.details().isEmpty()
          ? Optional.empty()
          : sources.rebuild().content(read.entry().kind(), read.details().get());
    } catch (RebuildFailed _) {
      return Optional.empty();
    }
  }

  /** What the rule says, if the policy in force is still the one that decided. */
  private Optional<String> condition(ReadEntry read) {
    Policy policy = sources.policy();
    Optional<String> rule = read.details().flatMap(details -> details.text("rule"));
    boolean same = hash(read).filter(hash -> hash.equals(policy.hash().base64Url())).isPresent();
    return !same
        ? Optional.empty()
        : read.role()
            .flatMap(RoleName::parse)
            .flatMap(name -> Optional.ofNullable(policy.roles().get(name)))
            .flatMap(role ->
                role.rules().allow().stream()
                    .filter(each -> rule.filter(each.path()::equals).isPresent())
                    .findFirst())
            .map(each -> each.when().source());
  }

  /** The entry that put into force the policy of that decision. */
  private Optional<Part> policy(ReadEntry read) throws IOException {
    if (hash(read).isEmpty()) {
      return Optional.empty();
    }
    EntryFilter loaded = EntryFilter.ofKind(EntryKind.POLICY_LOADED);
    return ledger.page(loaded, Optional.of(read.number()), 1).entries().stream()
        .filter(
            each -> each.details().flatMap(details -> details.text("sha256")).equals(hash(read)))
        .findFirst()
        .map(each -> Part.link("of entry " + each.number(), "/console/entries/" + each.number()));
  }

  private static Optional<String> hash(ReadEntry read) {
    return read.details().flatMap((JsonObject details) -> details.text("policy"));
  }

  private static RequestFailed unknown() {
    return new RequestFailed(
        Problem.of(
            404,
            "entry_unknown",
            "There is no entry of that number.",
            "A certificate's serial is its entry's number."));
  }
}
