package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.layout.SpatialValues;
import java.util.List;
import java.util.Optional;

/** The program being emitted that a call stands in. */
public interface CallScope {
  /** What names in an argument stand for. */
  AtenItem resolved(AtenItem item);

  /** Whether the file says what a value is. */
  boolean isStated(String name);

  /** A tensor in the graph; weights become constants of their name. */
  Value value(AtenItem item, String what);

  /** The graph of core operators so far. */
  GraphBuilder builder();

  /** Emits an operator; one on nothing but constants as its results. */
  List<Value> emit(String name, Op op, List<Value> in);

  /** What is known of a value before the graph runs. */
  KnownValue known(Value value);

  /** The tensor of a known value, for a trial. */
  Optional<Tensor> tried(Value value);

  /** A tensor as a value. */
  Value constant(Tensor tensor);

  /** Which values have channels. */
  SpatialValues spatial();
}
