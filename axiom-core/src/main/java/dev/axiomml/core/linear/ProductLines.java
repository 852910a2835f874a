package dev.axiomml.core.linear;

/**
 * Receives the products of {@link LoopNest}s in lines; called in hot loops, so the numbers are
 * bare.
 */
@FunctionalInterface
public interface ProductLines {
  /**
   * {@code out[out + j·outStep] += first[first + j·firstStep] · second[second + j·secondStep]} for
   * {@code j < n}; a factor that begins at {@link LoopNest#ONE} is exactly one.
   */
  void line(int out, int outStep, int first, int firstStep, int second, int secondStep, int n);
}
