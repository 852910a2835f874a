package dev.axiomml.core.op.common;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Shape rules that many operators share. */
public final class CommonShapeRules {
  private CommonShapeRules() {}

  /** The common shape of two operands under NumPy's broadcasting, right-aligned. */
  public static Shape broadcast(String operator, Shape a, Shape b) {
    List<Dim> dims = new ArrayList<>();
    for (int i = 1; i <= Math.max(a.rank(), b.rank()); i++) {
      Dim x = i <= a.rank() ? a.dim(-i) : Dim.ONE;
      Dim y = i <= b.rank() ? b.dim(-i) : Dim.ONE;
      if (!x.equals(Dim.ONE) && !y.equals(Dim.ONE) && !x.matches(y)) {
        throw unequal(operator, a, b);
      }
      dims.add(x.broadcast(y));
    }
    Collections.reverse(dims);
    return new Shape(dims);
  }

  private static ShapeException unequal(String operator, Shape a, Shape b) {
    return new ShapeException(
        new Diagnosis(
            operator + " of " + a + " and " + b,
            "",
            "sizes must be equal, or 1, axis by axis from the right",
            "make both operands " + a + ", e.g. with reshape or a 1×1 convolution"));
  }

  /** Refuses another rank. */
  public static void rank(String operator, Shape shape, int rank) {
    if (shape.rank() != rank) {
      throw new ShapeException(
          new Diagnosis(
              operator + " on " + shape,
              "",
              operator + " takes " + rank + " axes, got " + shape.rank(),
              "reshape the value to " + rank + " axes first"));
    }
  }

  /** An axis counted from the front; refuses one that is not there. */
  public static int axis(String operator, Shape shape, int axis) {
    if (axis < -shape.rank() || axis >= shape.rank()) {
      throw new ShapeException(
          new Diagnosis(
              operator + " along axis " + axis + " of " + shape,
              "",
              "axes count from 0, or from -1 backwards, and there are " + shape.rank(),
              "name one of the axes that " + shape + " has"));
    }
    return shape.axis(axis);
  }

  /** Refuses an axis of another size. */
  public static void channels(String operator, Shape shape, long expected) {
    channels(operator, shape, Dim.of(expected));
  }

  /** Refuses an axis of another size. */
  public static void channels(String operator, Shape shape, Dim expected) {
    if (!shape.dim(-1).matches(expected)) {
      throw new ShapeException(
          new Diagnosis(
              operator + " made for " + expected + " got " + shape,
              "",
              "the last axis (features or channels) of the input must be " + expected,
              "give it an input of ×" + expected + ", or build it for " + shape.dim(-1)));
    }
  }

  /** The shape (N, spatial…, C) of an image with other spatial sizes. */
  public static Shape resized(Shape image, List<Dim> spatial) {
    Shape samples = image.sub(0, 1);
    return samples.concat(new Shape(spatial)).concat(Shape.of(image.dim(-1)));
  }
}
