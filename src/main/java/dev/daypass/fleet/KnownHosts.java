package dev.daypass.fleet;

import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.SshPublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lines by which clients believe the certificates of servers (sshd(8), SSH_KNOWN_HOSTS FILE
 * FORMAT): {@code @cert-authority PATTERNS KEY} for each host CA key that the trust bundle names.
 */
public final class KnownHosts {
  /** Lines that people can still read. */
  private static final int NAMES_A_LINE = 40;

  private final List<SshPublicKey> hostCaKeys;
  private final List<String> patterns;

  /**
   * @param patterns of {@code hosts.patterns}: letters, digits, dots, hyphens, * and ?
   */
  public KnownHosts(List<SshPublicKey> hostCaKeys, List<String> patterns) {
    this.hostCaKeys = List.copyOf(hostCaKeys);
    this.patterns = List.copyOf(patterns);
  }

  /** The lines for the patterns, and for those who joined and are covered by none. */
  public String text(Collection<HostName> joined) {
    return text(names(joined).toList());
  }

  /**
   * The same, but of names in one domain only: what a stranger's machine may believe of us.
   *
   * @param domain as {@code example.com}
   */
  public String textWithin(String domain, Collection<HostName> joined) {
    return text(
        names(joined).filter(name -> name.equals(domain) || name.endsWith("." + domain)).toList());
  }

  /** The domain that a machine's own name lies in: {@code example.com} of ca.example.com. */
  public static Optional<String> domainOf(String host) {
    int dot = host.indexOf('.');
    String rest = host.substring(dot + 1);
    // A domain of one label is everybody's; the name of an address is none.
    return dot > 0 && rest.contains(".") && HostName.parse(rest).isPresent() && !isAddress(host)
        ? Optional.of(rest)
        : Optional.empty();
  }

  private static boolean isAddress(String host) {
    return host.matches("[0-9.]+");
  }

  private Stream<String> names(Collection<HostName> joined) {
    return Stream.concat(
        patterns.stream(),
        joined.stream().map(HostName::text).sorted().filter(name -> !isCovered(name)));
  }

  private boolean isCovered(String name) {
    return patterns.stream().anyMatch(pattern -> glob(pattern).matcher(name).matches());
  }

  /** OpenSSH's patterns (match.c): * is any characters, dots among them, ? is one. */
  private static Pattern glob(String pattern) {
    return Pattern.compile(
        pattern
            .chars()
            .mapToObj(c ->
                switch (c) {
                  case '*' -> ".*";
                  case '?' -> ".";
                  default -> Pattern.quote(Character.toString(c));
                })
            .collect(Collectors.joining()));
  }

  private String text(List<String> names) {
    List<String> lines = new ArrayList<>();
    for (SshPublicKey key : hostCaKeys) {
      for (int from = 0; from < names.size(); from += NAMES_A_LINE) {
        List<String> some = names.subList(from, Math.min(from + NAMES_A_LINE, names.size()));
        lines.add("@cert-authority " + String.join(",", some) + " " + key.line());
      }
    }
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}
