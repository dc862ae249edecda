package dev.daypass.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.policy.host.HostName;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KnownHostsTest {
  private static final String KEY = Bundles.HOST_CA.line();
  private final KnownHosts hosts =
      new KnownHosts(
          List.of(Bundles.HOST_CA), List.of("*.prod.example.com", "db-?.test.example.com"));

  @Test
  void namesThePatternsAndWhoIsCoveredByNone() {
    assertThat(hosts.text(names("web.example.com", "db-1.prod.example.com", "a.other.org")))
        .isEqualTo(
            "@cert-authority *.prod.example.com,db-?.test.example.com,a.other.org,web.example.com "
                + KEY
                + "\n");
  }

  @Test
  void aPatternCoversAsOpenSshHasIt() {
    assertThat(hosts.text(names("a.b.prod.example.com", "db-1.test.example.com")))
        .doesNotContain("a.b.prod", "db-1.test");
    assertThat(hosts.text(names("prod.example.com", "db-11.test.example.com")))
        .contains(",db-11.test.example.com,prod.example.com ");
    assertThat(hosts.text(names("dbx1.test.example.com"))).contains("dbx1");
  }

  @Test
  void eachKeyHasItsLines() {
    KnownHosts two = new KnownHosts(List.of(Bundles.HOST_CA, Bundles.USER_CA), List.of("*.a.b"));
    assertThat(two.text(List.of()))
        .isEqualTo(
            "@cert-authority *.a.b %s\n@cert-authority *.a.b %s\n"
                .formatted(KEY, Bundles.USER_CA.line()));
  }

  @Test
  void manyNamesStandOnSeveralLines() {
    List<HostName> many =
        IntStream.range(0, 100).mapToObj(i -> new HostName("h" + i + ".org")).toList();
    assertThat(new KnownHosts(List.of(Bundles.HOST_CA), List.of()).text(many).lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("@cert-authority h") && line.endsWith(KEY));
  }

  @Test
  void withoutNamesThereIsNothingToBelieve() {
    assertThat(new KnownHosts(List.of(Bundles.HOST_CA), List.of()).text(List.of())).isEmpty();
  }

  @Test
  void tellsStrangersOfOneDomainOnly() {
    assertThat(hosts.textWithin("test.example.com", names("a.other.org", "x.test.example.com")))
        .isEqualTo("@cert-authority db-?.test.example.com,x.test.example.com " + KEY + "\n");
    assertThat(hosts.textWithin("st.example.com", List.of())).isEmpty();
  }

  @Test
  void aDomainIsWhatTheNameOfTheMachineLiesIn() {
    assertThat(KnownHosts.domainOf("ca.example.com")).contains("example.com");
    assertThat(KnownHosts.domainOf("ca.prod.example.com")).contains("prod.example.com");
    for (String none : List.of("localhost", "example.com", "127.0.0.1", "[::1]", ".com.a")) {
      assertThat(KnownHosts.domainOf(none)).as(none).isEmpty();
    }
  }

  private static List<HostName> names(String... names) {
    return List.of(names).stream().map(HostName::new).toList();
  }
}
