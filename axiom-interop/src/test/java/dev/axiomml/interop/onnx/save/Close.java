package dev.axiomml.interop.onnx.save;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/**
 * How far numbers may be apart.
 *
 * @param relative of what is wanted
 * @param absolute beside that
 */
public record Close(double relative, double absolute) {
  /** To another runtime. */
  static final Close ELSEWHERE = new Close(1e-4, 1e-5);

  /** To the same numbers on another way. */
  static final Close SAME = new Close(1e-6, 1e-7);

  /** To what a file says that was loaded, written and loaded again. */
  static final Close AGAIN = new Close(1e-6, 0);

  /** Checks that tensors are alike; two NaNs are. */
  public void check(List<Tensor> actual, List<Tensor> wanted) {
    assertThat(actual).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      check(actual.get(i), wanted.get(i));
    }
  }

  private void check(Tensor actual, Tensor wanted) {
    assertThat(actual.type()).isEqualTo(wanted.type());
    for (int i = 0; i < wanted.size(); i++) {
      double want = wanted.doubleAt(i);
      double got = actual.doubleAt(i);
      boolean alike =
          Math.abs(got - want) <= absolute + relative * Math.abs(want)
              || Double.compare(got, want) == 0;
      assertThat(alike).as("element %d: %s, wanted %s", i, got, want).isTrue();
    }
  }
}
