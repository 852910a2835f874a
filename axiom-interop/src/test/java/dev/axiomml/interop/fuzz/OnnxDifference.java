package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** Where the answers of two runtimes are not alike. */
final class OnnxDifference {
  private static final double RELATIVE = 1e-4;
  private static final double ABSOLUTE = 1e-5;

  private OnnxDifference() {}

  /** Empty where types are equal, integers are, and floats are close. */
  static Optional<String> between(List<Tensor> made, List<Tensor> wanted) {
    if (made.size() != wanted.size()) {
      return Optional.of(made.size() + " outputs, wanted " + wanted.size());
    }
    for (int i = 0; i < made.size(); i++) {
      Optional<String> difference = between(made.get(i), wanted.get(i));
      if (difference.isPresent()) {
        return Optional.of("output " + i + ": " + difference.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> between(Tensor made, Tensor wanted) {
    if (!made.type().equals(wanted.type())) {
      return Optional.of(made.type() + ", wanted " + wanted.type());
    }
    for (int i = 0; i < wanted.size(); i++) {
      boolean alike =
          wanted.dtype().isFloat()
              ? alike(made.doubleAt(i), wanted.doubleAt(i))
              : made.longAt(i) == wanted.longAt(i);
      if (!alike) {
        return Optional.of(
            "element "
                + i
                + " is "
                + made.doubleAt(i)
                + ", wanted "
                + wanted.doubleAt(i)
                + " in "
                + made.type());
      }
    }
    return Optional.empty();
  }

  private static boolean alike(double made, double wanted) {
    return made == wanted
        || (Double.isNaN(made) && Double.isNaN(wanted))
        || Math.abs(made - wanted) <= ABSOLUTE + RELATIVE * Math.abs(wanted);
  }
}
