package dev.daypass.policy.source;

import dev.daypass.policy.condition.Compilation;
import dev.daypass.policy.condition.ConditionCompiler;
import dev.daypass.policy.condition.ConditionCompiler.Place;
import dev.daypass.policy.role.Rule;
import dev.daypass.policy.role.Rules;
import java.util.ArrayList;
import java.util.List;

/** Compiles the conditions of roles and duties. */
final class RulesReader {

  private final ConditionCompiler compiler = new ConditionCompiler();
  private final Problems problems;

  RulesReader(Problems problems) {
    this.problems = problems;
  }

  Rules role(String path, RawRules raw) {
    return rules(path, raw, Place.ALLOW, Place.DENY);
  }

  Rules duty(String path, RawRules raw) {
    return rules(path, raw, Place.DUTY_ALLOW, Place.DUTY_DENY);
  }

  private Rules rules(String path, RawRules raw, Place allow, Place deny) {
    if (raw.allow().isEmpty()) {
      problems.warn(
          path + ".allow",
          "nobody is allowed: what no rule allows is refused",
          "add a rule such as - when: '\"dba\" in identity.groups'");
    }
    return new Rules(
        list(path + ".allow", raw.allow(), allow), list(path + ".deny", raw.deny(), deny));
  }

  private List<Rule> list(String path, List<RawRule> raw, Place place) {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      String rulePath = path + "[" + i + "]";
      RawRule rule = raw.get(i);
      switch (compiler.compile(rule.when(), place)) {
        case Compilation.Compiled(var condition, List<String> warnings) -> {
          warnings.forEach(text -> problems.warn(rulePath + ".when", text, "anchor it"));
          rules.add(new Rule(rulePath, condition, rule.because()));
        }
        case Compilation.Rejected(List<String> texts) ->
            texts.forEach(text ->
                problems.error(
                    rulePath + ".when", text, "write a CEL expression that is true or false"));
      }
    }
    return rules;
  }
}
