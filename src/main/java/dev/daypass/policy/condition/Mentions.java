package dev.daypass.policy.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of {@code identity} and {@code request} that a condition can look at. CEL converts all
 * that it is given before it looks at any of it, and {@code deny} has all of it put into lower case
 * first: what a condition does not mention is left out.
 */
record Mentions(Set<String> identity, Set<String> request) {
  Mentions {
    identity = Set.copyOf(identity);
    request = Set.copyOf(request);
  }

  static Mentions of(CelAbstractSyntaxTree tree) {
    Set<String> identity = new HashSet<>();
    Set<String> request = new HashSet<>();
    CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .filter(node -> node.getKind() == ExprKind.Kind.IDENT)
        .forEach(node -> {
          switch (node.expr().ident().name()) {
            case "identity" -> add(node, ConditionTypes.IDENTITY.fieldNames(), identity);
            case "request" -> add(node, ConditionTypes.REQUEST_FIELDS, request);
            default -> {}
          }
        });
    return new Mentions(identity, request);
  }

  Map<String, Object> ofIdentity(Map<String, Object> fields) {
    return among(identity, fields);
  }

  Map<String, Object> ofRequest(Map<String, Object> fields) {
    return among(request, fields);
  }

  /** The one field that is selected; all where the variable stands for itself. */
  private static void add(CelNavigableExpr variable, Set<String> all, Set<String> mentioned) {
    Optional<CelNavigableExpr> select =
        variable.parent().filter(parent -> parent.getKind() == ExprKind.Kind.SELECT);
    if (select.isPresent()) {
      mentioned.add(select.get().expr().select().field());
    } else {
      mentioned.addAll(all);
    }
  }

  /** A field that is absent stays so: {@code has} tells, and reading it is an error. */
  private static Map<String, Object> among(Set<String> mentioned, Map<String, Object> fields) {
    Map<String, Object> found = new HashMap<>();
    for (String name : mentioned) {
      Object value = fields.get(name);
      if (value != null) {
        found.put(name, value);
      }
    }
    return found;
  }
}
