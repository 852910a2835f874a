package dev.axiomml.interop.pytorch.descriptor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.interop.file.LocatedJson;
import java.util.ArrayList;
import java.util.List;

/** Reads a tensor out of nested lists of numbers, outermost axis first. */
final class NestedLists {
  private final LocatedJson at;
  private final int[] sizes;
  private final float[] values;
  private int count;

  private NestedLists(LocatedJson at, int[] sizes) {
    this.at = at;
    this.sizes = sizes;
    this.values = new float[Shape.of(sizes).count()];
  }

  /** A float32 tensor. @throws dev.axiomml.core.error.ModelImportException when lists are ragged */
  static Tensor tensor(LocatedJson json) {
    List<Integer> sizes = new ArrayList<>();
    for (JsonNode node = json.node(); node.isArray(); node = node.get(0)) {
      sizes.add(node.size());
      if (node.isEmpty()) {
        throw json.wrong("at least one number in each list");
      }
    }
    if (sizes.isEmpty()) {
      throw json.wrong("nested lists of numbers");
    }
    NestedLists lists = new NestedLists(json, sizes.stream().mapToInt(n -> n).toArray());
    lists.read(json.node(), 0);
    return TensorMemory.adopt(Shape.of(lists.sizes), lists.values);
  }

  private void read(JsonNode node, int depth) {
    boolean leaf = depth == sizes.length;
    boolean fits = leaf ? node.isNumber() : node.isArray() && node.size() == sizes[depth];
    if (!fits) {
      throw at.place()
          .fault(
              "the nested lists are no full tensor of " + Shape.of(sizes),
              "all lists of one depth have one length, and numbers are at the bottom",
              "write the file again; it may have been edited");
    }
    if (leaf) {
      values[count++] = (float) node.doubleValue();
      return;
    }
    for (JsonNode child : node) {
      read(child, depth + 1);
    }
  }
}
