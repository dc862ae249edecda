package dev.daypass.policy.source;

import java.util.List;

/** {@code for: person} (no issuers), or {@code for: { kind: service, issuers: [ci] }}. */
public record RawHolder(String kind, List<String> issuers) {}
