package dev.axiomml.interop.vnnlib;

import java.util.List;

/**
 * A query as boxes of inputs: it is satisfied exactly where the condition of one box is.
 *
 * @param boxes those that hold a float32 input, in the order of the file
 * @param empty how many others there are, between whose limits no float32 lies
 */
public record InputBoxes(List<InputBox> boxes, int empty) {
  /** Copies the list. */
  public InputBoxes {
    boxes = List.copyOf(boxes);
  }
}
