package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.GivenValue;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.ContentHash;
import dev.axiomml.verify.check.integer.CheckedRegion;
import java.util.ArrayList;
import java.util.List;

/** The inputs of a statement in words, their ends as the numbers that they are. */
final class CheckedInputs {
  private static final int SHOWN = 3;

  private CheckedInputs() {}

  /**
   * A region of a model's inputs, e.g. {@code x 1×2, every element in [0.0, 1.0]; with sr = 16000}.
   */
  static String of(CheckedModel model, CheckedRegion cell, Region region) {
    List<String> inputs = new ArrayList<>();
    for (int input = 0; input < model.free().size(); input++) {
      Value value = model.known().inputs().get(input);
      String ends = ends(cell.lo().get(input), cell.hi().get(input));
      boolean round = input == 0 && cell.sphere().isPresent();
      String ball =
          round ? " and " + ball((Region.Ball) region.of(model.free().get(0).name())) : "";
      inputs.add(value.name() + " " + value.type().shape() + ", " + ends + ball);
    }
    List<String> given = new ArrayList<>();
    model.given().forEach((name, tensor) -> given.add(name + " = " + numbers(tensor)));
    return String.join("; ", inputs)
        + (given.isEmpty() ? "" : "; with " + String.join(", ", given));
  }

  /** One number where all are the same, else what they are known by. */
  private static String numbers(Tensor tensor) {
    String text = PropertyText.of(new GivenValue.Array(tensor));
    boolean number = !text.endsWith("tensor");
    return number && tensor.size() == 1
        ? text
        : (number ? text + " everywhere in " : "")
            + tensor.type()
            + (number ? "" : " of sha-256 " + ContentHash.of(tensor));
  }

  private static String ball(Region.Ball ball) {
    String norm = ball.norm() == Region.Norm.L2 ? "Euclidean" : "sum";
    return "at most " + ball.radius() + " from the centre in the " + norm + " norm";
  }

  private static String ends(Dyadic[] lo, Dyadic[] hi) {
    boolean same = true;
    for (int i = 1; i < lo.length; i++) {
      same &= lo[i].equals(lo[0]) && hi[i].equals(hi[0]);
    }
    if (lo.length == 0) {
      return "no element";
    }
    if (same) {
      return (lo.length == 1 ? "its element" : "every element") + " in " + interval(lo[0], hi[0]);
    }
    List<String> first = new ArrayList<>();
    for (int i = 0; i < Math.min(SHOWN, lo.length); i++) {
      first.add("[" + i + "] in " + interval(lo[i], hi[i]));
    }
    String more = lo.length > SHOWN ? ", … " + lo.length + " in all" : "";
    return String.join(", ", first) + more;
  }

  private static String interval(Dyadic lo, Dyadic hi) {
    return "[" + number(lo) + ", " + number(hi) + "]";
  }

  /** Shortest for a float32 number, else the double next to it. */
  private static String number(Dyadic number) {
    double near = number.floorDouble();
    return (float) near == near ? String.valueOf((float) near) : String.valueOf(near);
  }
}
