package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The arguments of one call by their declared names, and which of them were read.
 *
 * <p>Whatever the file gives must be read by the operator's row, or say nothing: {@link
 * #requireRead} is the one place that refuses a call of which something was left.
 */
public final class BoundArguments {
  private final AtenStep step;
  private final AtenSchema schema;
  private final AtenRows.Row row;
  private final Map<String, AtenItem> given = new LinkedHashMap<>();
  private final Set<String> read = new HashSet<>();

  private BoundArguments(AtenStep step, AtenSchema schema, AtenRows.Row row) {
    this.step = step;
    this.schema = schema;
    this.row = row;
  }

  /** The arguments of a call. @throws ModelImportException when the schema has no place for one */
  public static BoundArguments of(AtenStep step, AtenSchema schema, AtenRows.Row row) {
    BoundArguments bound = new BoundArguments(step, schema, row);
    fault(step, schema, bound.given)
        .ifPresent(
            what -> {
              throw refused(
                  step, what, schema.key() + " takes " + names(schema), "export the model again");
            });
    return bound;
  }

  private static List<String> names(AtenSchema schema) {
    return schema.parameters().stream().map(AtenSchema.Parameter::name).toList();
  }

  /** Whether a call can be one of an overload, by number, names and types of its arguments. */
  static boolean fits(
      AtenStep step, AtenSchema schema, UnaryOperator<AtenItem> resolved, boolean loosely) {
    Map<String, AtenItem> bound = new LinkedHashMap<>();
    return fault(step, schema, bound).isEmpty()
        && schema.parameters().stream()
            .filter(p -> bound.containsKey(p.name()))
            .allMatch(
                p -> ArgumentTypes.fits(resolved.apply(bound.get(p.name())), p.type(), loosely))
        && (loosely || placed(step, schema));
  }

  /** Whether what must be given by name is. */
  private static boolean placed(AtenStep step, AtenSchema schema) {
    List<AtenStep.Argument> arguments = step.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).name().isEmpty() && schema.parameters().get(i).named()) {
        return false;
      }
    }
    return true;
  }

  /** What is wrong with the arguments, if anything; puts them under their names. */
  private static Optional<String> fault(
      AtenStep step, AtenSchema schema, Map<String, AtenItem> to) {
    List<AtenSchema.Parameter> parameters = schema.parameters();
    for (int i = 0; i < step.arguments().size(); i++) {
      AtenStep.Argument argument = step.arguments().get(i);
      boolean place = argument.name().isEmpty() || (i == 0 && step.target().inPlace());
      int at = place ? i : schema.position(argument.name());
      if (at < 0 || at >= parameters.size()) {
        return Optional.of(
            place ? "argument " + i + " is one too many" : "unknown argument " + argument.name());
      }
      if (to.put(parameters.get(at).name(), argument.item()) != null) {
        return Optional.of("argument " + parameters.get(at).name() + " is given twice");
      }
    }
    return parameters.stream()
        .filter(p -> p.standard().isEmpty() && !to.containsKey(p.name()))
        .findFirst()
        .map(p -> "argument " + p.name() + " is missing");
  }

  /** The argument of a name, else its default, else nothing; from now on it is read. */
  public AtenItem item(String name) {
    if (!row.spelled().contains(name)) {
      throw new AssertionError("the row of " + schema.key() + " does not spell " + name);
    }
    read.add(name);
    AtenItem item = given.get(name);
    int position = schema.position(name);
    return item != null || position < 0
        ? (item != null ? item : AtenItem.NOTHING)
        : schema.parameters().get(position).standard().orElse(AtenItem.NOTHING);
  }

  boolean spells(String name) {
    return row.spelled().contains(name);
  }

  /**
   * Refuses a call of which an argument was left unread that says something.
   *
   * @param resolved what names in arguments stand for
   */
  public void requireRead(UnaryOperator<AtenItem> resolved) {
    for (AtenSchema.Parameter parameter : schema.parameters()) {
      String name = parameter.name();
      boolean open = !read.contains(name) && !row.ignored().contains(name);
      AtenItem item = open ? given.getOrDefault(name, AtenItem.NOTHING) : AtenItem.NOTHING;
      boolean left = open && given.containsKey(name);
      if (left && !parameter.saysNothing(resolved.apply(item))) {
        throw refused(
            step,
            "argument " + name + " of " + schema.key() + " is not read: " + shown(item),
            "an argument without a meaning here would be lost in silence",
            "call it without " + name + ", or write out what it does, and export again");
      }
    }
  }

  private static String shown(AtenItem item) {
    if (item instanceof AtenItem.Ref ref) {
      return ref.name();
    }
    return item instanceof AtenItem.Weight weight ? weight.parameter().name() : item.toString();
  }

  private static ModelImportException refused(AtenStep step, String what, String why, String fix) {
    String place = "node " + step.path() + " (" + step.target().text() + ")";
    return new ModelImportException(new Diagnosis(what, place, why, fix));
  }
}
