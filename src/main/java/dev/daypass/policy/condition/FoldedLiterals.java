package dev.daypass.policy.condition;

import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelMutableAst;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableMutableAst;
import dev.cel.common.navigation.CelNavigableMutableExpr;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A condition with its own text in lower case and its regular expressions blind to case (CASES 14:
 * deny compares case-folded). Time zones, times and durations are no text to compare, and stay.
 */
final class FoldedLiterals {

  private static final Set<String> CONVERSIONS =
      Set.of("timestamp", "duration", "int", "uint", "double", "bool");

  private FoldedLiterals() {}

  static CelAbstractSyntaxTree in(Cel cel, String source) throws CelValidationException {
    CelMutableAst tree = CelMutableAst.fromCelAst(cel.parse(source).getAst());
    List<CelNavigableMutableExpr> texts =
        CelNavigableMutableAst.fromAst(tree)
            .getRoot()
            .allNodes()
            .filter(node -> node.getKind() == ExprKind.Kind.CONSTANT)
            .filter(node -> node.expr().constant().getKind() == CelConstant.Kind.STRING_VALUE)
            .toList();
    for (CelNavigableMutableExpr text : texts) {
      String value = text.expr().constant().stringValue();
      String function = enclosingFunction(text);
      if (function.equals("matches")) {
        text.expr().setConstant(CelConstant.ofValue("(?i)" + value));
      } else if (!CONVERSIONS.contains(function) && !function.startsWith("get")) {
        text.expr().setConstant(CelConstant.ofValue(ConditionInput.fold(value)));
      }
    }
    return cel.check(tree.toParsedAst()).getAst();
  }

  private static String enclosingFunction(CelNavigableMutableExpr node) {
    Optional<CelNavigableMutableExpr> parent = node.parent();
    while (parent.isPresent() && parent.get().getKind() != ExprKind.Kind.CALL) {
      parent = parent.get().parent();
    }
    return parent.map(call -> call.expr().call().function()).orElse("");
  }
}
