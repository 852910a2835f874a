package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.op.Op;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Rows of the table while it is written down. */
final class Rows {
  /** A target's parameters and what becomes of a call. */
  record Row(Schema schema, Rule rule) {}

  private final Map<String, Row> rows = new HashMap<>();

  /** A target with any result. */
  void item(String target, String schema, Rule rule) {
    if (rows.put(target, new Row(Schema.of(schema), rule)) != null) {
      throw new IllegalStateException(target + " has two rows");
    }
  }

  /** A target with one computed tensor as result. */
  void one(String target, String schema, Rule.One rule) {
    item(target, schema, call -> new Item.Flow(rule.apply(call)));
  }

  /** A target with a list of computed tensors as result. */
  void several(String target, String schema, Rule.Several rule) {
    item(target, schema, call -> Item.tensors(rule.apply(call)));
  }

  /** A target that is one operator on its first argument, whose other arguments say nothing. */
  void unary(String target, String schema, Op op) {
    one(target, schema, call -> call.emit(op, call.tensor("self")));
  }

  /** A target that answers its first argument. */
  void same(String target, String schema) {
    item(target, schema, call -> call.item("self"));
  }

  /**
   * The row of a call: of its overload, else of how many arguments it gives by position, else of
   * its name.
   */
  Optional<Row> find(Step step) {
    Target target = step.target();
    Row exact = rows.get(target.name() + "." + target.overload());
    boolean open = exact == null && target.overload().isEmpty();
    Row counted = open ? rows.get(target.name() + "/" + step.placed()) : exact;
    return Optional.ofNullable(counted != null ? counted : rows.get(target.name()));
  }
}
