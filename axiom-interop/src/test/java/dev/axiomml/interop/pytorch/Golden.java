package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Inputs and what PyTorch answered for them, in PyTorch's order of axes.
 *
 * @param inputs batch first
 * @param outputs batch first
 */
record Golden(List<Tensor> inputs, List<Tensor> outputs) {
  private static final double RELATIVE = 1e-4;
  private static final double ABSOLUTE = 1e-5;

  /** {@code input_N.npy} and {@code output_N.npy} of a folder. */
  static Golden in(Path folder) {
    return new Golden(numbered(folder, "input_"), numbered(folder, "output_"));
  }

  private static List<Tensor> numbered(Path folder, String prefix) {
    List<Tensor> found = new ArrayList<>();
    for (int i = 0; Files.exists(folder.resolve(prefix + i + ".npy")); i++) {
      found.add(Npy.read(folder.resolve(prefix + i + ".npy")));
    }
    assertThat(found).as("%s of %s", prefix, folder).isNotEmpty();
    return found;
  }

  /** A file beside the tests of this package. */
  static Path fixture(String name) {
    URL url = Objects.requireNonNull(Golden.class.getResource(name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The model, whose boundary may be channels-last, answers what PyTorch answered. */
  void holdsFor(Model<?> model) {
    List<Tensor> given = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      given.add(turned(inputs.get(i), model.signature().inputs().get(i), true));
    }
    List<Tensor> answers = model.predictAll(given);
    assertThat(answers).hasSameSizeAs(outputs);
    for (int i = 0; i < answers.size(); i++) {
      close(turned(answers.get(i), model.signature().outputs().get(i), false), outputs.get(i));
    }
  }

  /** Between PyTorch's order and a port's. */
  private static Tensor turned(Tensor x, Port port, boolean inward) {
    int rank = x.shape().rank();
    boolean last = rank > 2 && port.axes().get(rank - 1).equals("channels");
    if (!last) {
      return x;
    }
    int[] order = new int[rank];
    for (int axis = 1; axis < rank; axis++) {
      order[axis] = inward ? axis % (rank - 1) + 1 : axis == 1 ? rank - 1 : axis - 1;
    }
    return x.permute(order);
  }

  static void close(Tensor actual, Tensor wanted) {
    assertThat(actual.shape()).isEqualTo(wanted.shape());
    assertThat(actual.dtype()).isEqualTo(wanted.dtype());
    for (int i = 0; i < wanted.size(); i++) {
      double want = wanted.doubleAt(i);
      double apart = Math.abs(actual.doubleAt(i) - want);
      boolean fits = apart <= ABSOLUTE + RELATIVE * Math.abs(want);
      boolean same = Double.compare(actual.doubleAt(i), want) == 0;
      assertThat(fits || same)
          .as("element %d: %s, PyTorch %s", i, actual.doubleAt(i), want)
          .isTrue();
    }
  }
}
