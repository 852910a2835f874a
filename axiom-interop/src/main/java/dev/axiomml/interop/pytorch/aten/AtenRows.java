package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.op.Op;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of the table while it is written down. */
public final class AtenRows {
  /**
   * How a call is translated.
   *
   * @param spelled the arguments that the rule reads, as PyTorch names them
   * @param ignored the arguments that say nothing at inference, whatever they are
   */
  public record Row(List<String> spelled, Set<String> ignored, AtenRule rule) {
    /** Reads {@code self dim ~memory_format}; a wave marks what says nothing. */
    static Row of(String words, AtenRule rule) {
      List<String> all = List.of(words.split(" "));
      return new Row(
          all.stream().filter(word -> !word.startsWith("~")).toList(),
          all.stream()
              .filter(word -> word.startsWith("~"))
              .map(word -> word.substring(1))
              .collect(Collectors.toUnmodifiableSet()),
          rule);
    }

    /** Whether it knows every argument that an overload cannot be called without. */
    boolean covers(AtenSchema schema) {
      return schema.parameters().stream()
          .filter(p -> p.standard().isEmpty())
          .allMatch(p -> spelled.contains(p.name()) || ignored.contains(p.name()));
    }
  }

  /** A call's row and the overload that is called. */
  public record Match(Row row, AtenSchema schema) {}

  private final Map<String, Row> rows = new HashMap<>();
  private final Map<String, AtenSchema> own = new HashMap<>();

  /** A target with any result. */
  public void item(String target, String arguments, AtenRule rule) {
    if (rows.put(target, Row.of(arguments, rule)) != null) {
      throw new IllegalStateException(target + " has two rows");
    }
  }

  /** A target that is no operator of PyTorch's library, with arguments of its own. */
  public void own(String target, String arguments, AtenRule rule) {
    item(target, arguments, rule);
    String words =
        Arrays.stream(arguments.split(" "))
            .map(word -> word + ":t=None")
            .collect(Collectors.joining(" "));
    AtenSchema schema = AtenSchema.of("own.default " + words);
    own.put(target, new AtenSchema(target, "default", schema.parameters()));
  }

  /** A target with one computed tensor as result. */
  public void one(String target, String arguments, AtenRule.One rule) {
    item(target, arguments, call -> new AtenItem.Flow(rule.apply(call)));
  }

  /** A target with a list of computed tensors as result. */
  public void several(String target, String arguments, AtenRule.Several rule) {
    item(target, arguments, call -> AtenItem.tensors(rule.apply(call)));
  }

  /** A target that is one operator on its first argument. */
  public void unary(String target, Op op) {
    one(target, "self", call -> call.emit(op, call.tensor("self")));
  }

  /** A target that is one operator on its first argument and makes floats of whole numbers. */
  public void real(String target, Op op) {
    one(target, "self", call -> call.emit(op, TypePromotion.real(call, call.tensor("self"))));
  }

  /** A target that answers its first argument. */
  public void same(String target, String arguments) {
    String first = arguments.split(" ")[0];
    item(target, arguments, call -> call.item(first));
  }

  /** The overloads that a row stands for, by its key in the table. */
  List<AtenSchema> overloads(String key) {
    if (own.containsKey(key)) {
      return List.of(own.get(key));
    }
    int dot = key.lastIndexOf('.');
    Stream<AtenSchema> named =
        dot < 0
            ? AtenSchemas.overloads(key).stream().filter(s -> !rows.containsKey(s.key()))
            : AtenSchemas.find(key.substring(0, dot), key.substring(dot + 1)).stream();
    Row row = rows.get(key);
    return named.filter(schema -> row != null && row.covers(schema)).toList();
  }

  Map<String, Row> all() {
    return Map.copyOf(rows);
  }

  /** Whether a call has a row: of its overload where the file says it, else of one of them. */
  public boolean knows(CallTarget target) {
    return candidates(target).findAny().isPresent();
  }

  /** The row and the overload of a call; of overloads that the file does not say, by the types. */
  public Optional<Match> find(AtenStep step, UnaryOperator<AtenItem> resolved) {
    boolean said = !step.target().overload().isEmpty();
    List<AtenSchema> all = schemas(step.target()).toList();
    Optional<AtenSchema> schema =
        said
            ? all.stream().findFirst()
            : Stream.of(false, true)
                .flatMap(loosely -> all.stream().filter(s -> fits(step, s, resolved, loosely)))
                .findFirst();
    return schema.flatMap(this::match);
  }

  private static boolean fits(
      AtenStep step, AtenSchema schema, UnaryOperator<AtenItem> resolved, boolean loosely) {
    return BoundArguments.fits(step, schema, resolved, loosely);
  }

  private Optional<Match> match(AtenSchema schema) {
    Row exact = rows.get(schema.key());
    Row row = exact != null ? exact : rows.get(schema.name());
    return row != null && row.covers(schema)
        ? Optional.of(new Match(row, schema))
        : Optional.empty();
  }

  private Stream<Match> candidates(CallTarget target) {
    return schemas(target).map(this::match).flatMap(Optional::stream);
  }

  private Stream<AtenSchema> schemas(CallTarget target) {
    AtenSchema mine = own.get(target.name());
    if (mine != null) {
      return Stream.of(mine);
    }
    String overload = target.overload();
    return AtenSchemas.overloads(target.name()).stream()
        .filter(schema -> overload.isEmpty() || schema.overload().equals(overload));
  }
}
