package dev.daypass.policy.condition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What CEL's type checker does not see in an expression: regular expressions and time zones that
 * would fail at each evaluation, macros piled up, and patterns that match more than was meant.
 */
record Literals(List<String> problems, List<String> warnings) {

  private static final int MAX_MACROS = 8;
  private static final Pattern OFFSET = Pattern.compile("[+-]?[0-9]{2}:[0-9]{2}");

  static Literals of(CelAbstractSyntaxTree tree) {
    Literals found = new Literals(new ArrayList<>(), new ArrayList<>());
    List<CelNavigableExpr> nodes = CelNavigableAst.fromAst(tree).getRoot().allNodes().toList();
    long macros = nodes.stream().filter(n -> n.getKind() == ExprKind.Kind.COMPREHENSION).count();
    if (macros > MAX_MACROS) {
      found.problems.add("more than " + MAX_MACROS + " macros in one condition");
    }
    nodes.stream()
        .filter(node -> node.getKind() == ExprKind.Kind.CALL)
        .forEach(node -> found.addCall(node.expr().call()));
    return found;
  }

  private void addCall(CelExpr.CelCall call) {
    Optional<String> text = lastText(call);
    if (text.isEmpty()) {
      return;
    }
    if (call.function().equals("matches")) {
      addPattern(text.get());
    } else if (call.target().isPresent() && call.function().startsWith("get")) {
      addZone(text.get());
    }
  }

  private void addPattern(String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      problems.add("matches(\"" + pattern + "\"): " + e.getDescription());
      return;
    }
    if (!Anchors.hold(pattern)) {
      warnings.add(
          "matches(\""
              + pattern
              + "\") is true if any part matches; write ^(…)$ to match the whole");
    }
  }

  private void addZone(String zone) {
    try {
      if (!OFFSET.matches(zone)) {
        ZoneId.of(zone);
      }
    } catch (DateTimeException _) {
      problems.add("unknown time zone \"" + zone + "\"; write one like \"Europe/Berlin\"");
    }
  }

  private static Optional<String> lastText(CelExpr.CelCall call) {
    if (call.args().isEmpty()) {
      return Optional.empty();
    }
    CelExpr last = call.args().getLast();
    boolean text =
        last.getKind() == ExprKind.Kind.CONSTANT
            && last.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    return text ? Optional.of(last.constant().stringValue()) : Optional.empty();
  }
}
