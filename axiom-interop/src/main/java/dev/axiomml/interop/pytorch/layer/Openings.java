package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the first layers of a network tell about its input; sizes they leave open are symbols. */
public final class Openings {
  private static final Dim BATCH = Dim.symbol("N");
  private static final Set<String> BLIND = Set.of("Identity", "Dropout");

  private Openings() {}

  /**
   * The type of a batch, in PyTorch's order.
   *
   * @throws ModelImportException when only the caller can know it
   */
  public static Type type(List<Layer> layers) {
    for (Layer layer : layers) {
      String type = layer.type();
      if (type.equals("Linear")) {
        long features = layer.weight("weight").tensor().shape().size(1);
        return Type.float32(Shape.of(BATCH, Dim.of(features)));
      }
      if (type.matches("Conv(Transpose)?[123]d")) {
        return spatial(layer, type.charAt(type.length() - 2) - '0');
      }
      if (!BLIND.contains(type)) {
        throw open(layer);
      }
    }
    throw open(new Layer("", "none", java.util.Map.of()));
  }

  private static Type spatial(Layer layer, int axes) {
    List<String> names =
        switch (axes) {
          case 1 -> List.of("L");
          case 2 -> List.of("H", "W");
          default -> List.of("D", "H", "W");
        };
    List<Dim> dims = new ArrayList<>(List.of(BATCH, Dim.of(layer.whole("in_channels"))));
    names.forEach(name -> dims.add(Dim.symbol(name)));
    return Type.float32(new Shape(dims));
  }

  private static ModelImportException open(Layer first) {
    return new ModelImportException(
        new Diagnosis(
            "the file does not say what its input looks like",
            first.path().isEmpty() ? "layers" : "layer " + first.path() + " (" + first.type() + ")",
            "a network that does not start with a linear layer or a convolution takes any shape",
            "say it: PyTorch.load(path, input(image(28, 28, 1))), or --input-shape 1,1,28,28"));
  }
}
