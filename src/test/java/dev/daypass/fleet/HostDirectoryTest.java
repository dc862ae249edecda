package dev.daypass.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.host.LabelSelector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostDirectoryTest {
  private static final Host DB_1 = host("db-1.example.com", Map.of("env", "prod", "tier", "db"));
  private static final Host DB_2 = host("db-2.example.com", Map.of("env", "test", "tier", "db"));
  private static final Host WEB_1 = host("web-1.example.com", Map.of("env", "prod"));

  private final HostDirectory directory = HostDirectory.of(List.of(WEB_1, DB_2, DB_1));

  @Test
  void findsHostByItsExactName() {
    assertThat(directory.find(new HostName("db-1.example.com"))).contains(DB_1);
    assertThat(directory.find(new HostName("db-1"))).isEmpty();
    assertThat(directory.find(new HostName("db-1.example.com.evil.example"))).isEmpty();
  }

  @Test
  void selectsHostsThatCarryEveryLabelInOrderOfName() {
    assertThat(directory.selectedBy(selector("tier", "db"))).containsExactly(DB_1, DB_2);
    assertThat(directory.selectedBy(new LabelSelector(Map.of("tier", "db", "env", "prod"))))
        .containsExactly(DB_1);
    assertThat(directory.selectedBy(selector("tier", "DB"))).isEmpty();
  }

  @Test
  void selectsAllWithoutLabels() {
    assertThat(directory.selectedBy(LabelSelector.ALL)).containsExactly(DB_1, DB_2, WEB_1);
  }

  @Test
  void readsKnownHostsOfConfiguration() {
    HostDirectory known =
        HostDirectory.ofKnown(Map.of("db-1.example.com", Map.of("env", "prod", "tier", "db")));
    assertThat(known.selectedBy(LabelSelector.ALL)).containsExactly(DB_1);
  }

  @Test
  void refusesNameThatIsNotLowerCaseDns() {
    Map<String, Map<String, String>> known = Map.of("DB-1.example.com", Map.of());
    assertThatIllegalArgumentException().isThrownBy(() -> HostDirectory.ofKnown(known));
  }

  @Test
  void refusesHostKnownTwice() {
    Host again = host("db-1.example.com", Map.of("env", "test"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostDirectory.of(List.of(DB_1, again)))
        .withMessageContaining("db-1.example.com");
  }

  @Test
  void aJoinedHostCountsByItsOwnLabelsUntilItLeaves() {
    Host joined = host("db-1.example.com", Map.of("tier", "web"));
    Host more = host("aa.example.com", Map.of("tier", "web"));
    directory.joined(joined);
    directory.joined(more);
    assertThat(directory.find(joined.name())).contains(joined);
    assertThat(directory.selectedBy(selector("tier", "web"))).containsExactly(more, joined);
    assertThat(directory.selectedBy(selector("tier", "db"))).containsExactly(DB_2);
    directory.left(joined.name());
    directory.left(more.name());
    assertThat(directory.find(joined.name())).contains(DB_1);
    assertThat(directory.find(more.name())).isEmpty();
  }

  private static Host host(String name, Map<String, String> labels) {
    return new Host(new HostName(name), labels);
  }

  private static LabelSelector selector(String name, String value) {
    return new LabelSelector(Map.of(name, value));
  }
}
