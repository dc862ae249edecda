package dev.daypass.policy.condition;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compiles conditions, once, when a policy loads. What an evaluation may cost is bounded: the size
 * of an expression and the steps of its macros by the options below, regular expressions because
 * RE2 matches in linear time.
 */
public final class ConditionCompiler {

  /** Where a condition stands, which decides what it may look at and how it compares. */
  public enum Place {
    ALLOW,
    DENY,
    /** In a duty, where no request is made. */
    DUTY_ALLOW,
    DUTY_DENY;

    private boolean seesRequest() {
      return this == ALLOW || this == DENY;
    }

    private boolean denies() {
      return this == DENY || this == DUTY_DENY;
    }
  }

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(4000)
          .maxParseRecursionDepth(50)
          .maxParseExpressionNodeCount(1000)
          .comprehensionMaxIterations(10_000)
          .maxRegexProgramSize(2000)
          // CEL's planner asks for it, and claims may hold 1 or 1.0 for one number.
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private final Cel withRequest = environment(true);
  private final Cel withoutRequest = environment(false);

  public Compilation compile(String source, Place place) {
    Cel cel = place.seesRequest() ? withRequest : withoutRequest;
    CelValidationResult checked = cel.compile(source);
    if (checked.hasError()) {
      return new Compilation.Rejected(describe(checked, place));
    }
    try {
      CelAbstractSyntaxTree tree = checked.getAst();
      Literals literals = Literals.of(tree);
      if (!literals.problems().isEmpty()) {
        return new Compilation.Rejected(literals.problems());
      }
      CelRuntime.Program exact = cel.createProgram(tree);
      Optional<CelRuntime.Program> folded =
          place.denies()
              ? Optional.of(cel.createProgram(FoldedLiterals.in(cel, source)))
              : Optional.empty();
      return new Compilation.Compiled(
          new Condition(source, Mentions.of(tree), exact, folded), literals.warnings());
    } catch (CelValidationException | CelEvaluationException e) {
      return new Compilation.Rejected(List.of(String.valueOf(e.getMessage())));
    }
  }

  private static Cel environment(boolean request) {
    CelBuilder builder =
        CelFactory.plannerCelBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setTypeProvider(new ConditionTypes())
            .addVar("identity", ConditionTypes.IDENTITY)
            .addVar("now", SimpleType.TIMESTAMP)
            .setResultType(SimpleType.BOOL);
    if (request) {
      builder.addVar("request", ConditionTypes.REQUEST);
    }
    return builder.build();
  }

  private static List<String> describe(CelValidationResult checked, Place place) {
    List<String> problems = new ArrayList<>();
    for (CelIssue issue : checked.getErrors()) {
      String message = issue.getMessage();
      String where = "column " + (issue.getSourceLocation().getColumn() + 1) + ": ";
      problems.add(where + message + hint(message, place));
    }
    return problems;
  }

  private static String hint(String message, Place place) {
    if (message.startsWith("undefined field")) {
      return "; identity has "
          + String.join(", ", ConditionTypes.IDENTITY.fieldNames())
          + (place.seesRequest()
              ? "; request has " + String.join(", ", ConditionTypes.REQUEST_FIELDS)
              : "");
    }
    if (message.startsWith("undeclared reference")) {
      return place.seesRequest()
          ? "; a condition sees identity, request and now"
          : "; a duty's condition sees identity and now";
    }
    return "";
  }
}
