package dev.axiomml.core.op;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/** Type rules that whole families share. */
public final class FamilyTypes {
  private FamilyTypes() {}

  /** The one float type of all inputs. */
  public static DType floats(Op op, List<Type> in) {
    DType dtype = in.get(0).dtype();
    for (Type type : in) {
      if (!type.isTensor() || type.dtype() != dtype || !dtype.isFloat() || !dtype.computes()) {
        throw mixed(op, in);
      }
    }
    return dtype;
  }

  /** The one element type of all inputs, any. */
  public static DType same(Op op, List<Type> in) {
    DType dtype = in.get(0).dtype();
    for (Type type : in) {
      if (!type.isTensor() || type.dtype() != dtype) {
        throw mixed(op, in);
      }
    }
    return dtype;
  }

  private static ShapeException mixed(Op op, List<Type> in) {
    return new ShapeException(
        new Diagnosis(
            op.title() + " on " + in,
            "",
            op.title() + " computes on float tensors of one element type",
            "convert the inputs to one float type first"));
  }

  public static List<Shape> shapes(List<Type> in) {
    return in.stream().map(Type::shape).toList();
  }

  /** Refuses another number of inputs. */
  public static void arity(Op op, List<Type> in, int count) {
    arity(op, in, count, count);
  }

  /** Refuses fewer or more inputs, weights among them. */
  public static void arity(Op op, List<Type> in, int least, int most) {
    if (in.size() < least || in.size() > most) {
      String range = least == most ? "exactly " + least : least + " to " + most;
      throw new ShapeException(
          new Diagnosis(
              op.title() + " got " + in.size() + " inputs",
              "",
              op.title() + " takes " + range,
              "pass " + (least == most ? least + "" : range) + " values"));
    }
  }
}
