package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.save.node.WriteRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntBiFunction;

/** The table of all operators that are written: a family a line here, an operator a line there. */
public final class WriteRules {
  private static final Map<Class<? extends Op>, WriteRule<Op>> TABLE = table();

  private final Map<Class<? extends Op>, WriteRule<Op>> all = new HashMap<>();

  private WriteRules() {}

  private static Map<Class<? extends Op>, WriteRule<Op>> table() {
    WriteRules to = new WriteRules();
    PointRows.add(to);
    SmoothRows.add(to);
    PairRows.add(to);
    BitRows.add(to);
    ProductRows.add(to);
    WindowRows.add(to);
    AdaptiveRows.add(to);
    ResizeRows.add(to);
    SampleRows.add(to);
    NormRows.add(to);
    ReduceRows.add(to);
    MoveRows.add(to);
    BorderRows.add(to);
    RunRows.add(to);
    RecurrentRows.add(to);
    return Map.copyOf(to.all);
  }

  /** The row of an operator; empty where there is none. */
  public static Optional<WriteRule<Op>> of(Op op) {
    return Optional.ofNullable(TABLE.get(op.getClass()));
  }

  /** A row for operators that are written as their operands lie. */
  <T extends Op> void any(Class<T> type, WriteRule.Rule<T> rule) {
    put(type, WriteRule.of(WriteRule.Lie.ANY, rule));
  }

  /** A row for operators on (N, C, spatial…). */
  <T extends Op> void spatial(Class<T> type, WriteRule.Rule<T> rule) {
    put(type, WriteRule.of(WriteRule.Lie.CHANNELS_FIRST, rule));
  }

  /** Any row. */
  <T extends Op> void put(Class<T> type, WriteRule<T> row) {
    ToIntBiFunction<Op, List<Type>> since = (op, in) -> row.since().applyAsInt(type.cast(op), in);
    all.put(
        type, new WriteRule<>(row.lie(), since, (op, at) -> row.rule().write(type.cast(op), at)));
  }
}
