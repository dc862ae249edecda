package dev.daypass.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MentionsTest {
  private static final Cel CEL =
      CelFactory.plannerCelBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .setTypeProvider(new ConditionTypes())
          .addVar("identity", ConditionTypes.IDENTITY)
          .addVar("request", ConditionTypes.REQUEST)
          .addVar("now", SimpleType.TIMESTAMP)
          .build();

  private static Mentions of(String source) throws Exception {
    return Mentions.of(CEL.compile(source).getAst());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true                                              |               |",
        "'dba' in identity.groups                          | groups        |",
        "identity.kind == 'person' && !identity.mfa        | kind mfa      |",
        "has(identity.email) && identity.email != ''       | email         |",
        "identity.claims.team.name == request.role         | claims        | role",
        "identity.groups.exists(g, g == request.role)      | groups        | role",
        "request.hosts.all(h, h.name == identity.username) | username      | hosts",
        "now > request.valid_after                         |               | valid_after",
        "request.reason.matches('^INC') ? identity.mfa : false | mfa       | reason"
      })
  void areTheFieldsThatAreSelected(String source, String identity, String request)
      throws Exception {
    assertThat(of(source)).isEqualTo(new Mentions(names(identity), names(request)));
  }

  @Test
  void areAllFieldsWhereAVariableStandsForItself() throws Exception {
    Mentions all =
        new Mentions(ConditionTypes.IDENTITY.fieldNames(), ConditionTypes.REQUEST_FIELDS);
    assertThat(of("identity == identity && request == request")).isEqualTo(all);
    assertThat(of("[identity].exists(i, i.mfa) && [request].all(r, r.role != '')")).isEqualTo(all);
  }

  @Test
  void leaveOutWhatIsNotMentionedOrAbsent() throws Exception {
    Mentions mentions = of("identity.kind == 'person' && has(identity.email) && identity.mfa");
    assertThat(mentions.ofIdentity(Map.of("kind", "person", "mfa", true, "claims", Map.of())))
        .isEqualTo(Map.of("kind", "person", "mfa", true));
    assertThat(mentions.ofRequest(Map.of("role", "r"))).isEmpty();
  }

  private static Set<String> names(String text) {
    return text == null ? Set.of() : Set.of(text.split(" "));
  }
}
