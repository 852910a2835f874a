package dev.axiomml.verify;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Claims;
import dev.axiomml.core.property.Classes;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How many samples of a data set a classifier gets right, and of how many of those no input nearby
 * changes the class, which is proved.
 *
 * <p>A ball in the maximum norm is cut to the model's declared domain, where there is one: a
 * photograph's neighbours are photographs. The ends of intervals are rounded outward to float32
 * numbers, so what is proved is proved of the whole ball, and a counterexample lies at most one
 * float32 number outside. A ball in another norm is not cut.
 *
 * <pre>{@code
 * CertifiedAccuracy found = CertifiedAccuracy.of(digits, test, linf(0.03), Budget.seconds(10));
 * System.out.println(found);            // 200 samples: 194 right, 171 proved, 15 broken, 8 open
 * found.report().certificate().save(path);
 * }</pre>
 *
 * @param samples how many there are
 * @param right how many the model classifies as they are labelled
 * @param proved of how many of those the class is proved to stay
 * @param broken of how many of those an input nearby has another class
 * @param report a claim for every sample that is classified right, in the data's order
 */
public record CertifiedAccuracy(int samples, int right, int proved, int broken, Report report) {
  /**
   * Asks about every sample.
   *
   * @param data labels are classes, one whole number a sample
   * @param radius how far inputs are from a sample, in input units
   * @param each what may be spent on one sample; its listener hears how many are done
   * @throws PropertyException when a label is no class, or a sample does not fit the model
   */
  public static CertifiedAccuracy of(
      Model<? extends Classes> model, DataLoader data, Claims.Radius radius, Budget each) {
    TheoremRunner asked =
        new TheoremRunner(
            model, each.progress(dev.axiomml.core.run.ProgressListener.SILENT), Optional.empty());
    Tensor images = data.images();
    List<Claim> claims = new ArrayList<>();
    int proved = 0;
    int broken = 0;
    for (int i = 0; i < data.samples(); i++) {
      Tensor x = images.slice(i, i + 1);
      String soFar = i + " samples, " + claims.size() + " right, " + proved + " proved";
      each.progress().at(soFar, (double) i / data.samples());
      if (classOf(model.predict(x)) == label(data.labels(), i)) {
        Region near = near(model, x, radius);
        Claim claim = asked.theorem(new Theorem<>(near, new Formula.ArgmaxStays(x)));
        claims.add(claim);
        proved += claim.verdict() instanceof Verdict.Proved ? 1 : 0;
        broken += claim.verdict() instanceof Verdict.Refuted ? 1 : 0;
      }
    }
    Report report = Report.of(model, claims);
    return new CertifiedAccuracy(data.samples(), claims.size(), proved, broken, report);
  }

  /** The ball around a sample, within the declared domain where it is a box. */
  static Region near(Model<?> model, Tensor x, Claims.Radius radius) {
    Optional<Region.Range> domain = model.signature().inputs().get(0).domain();
    if (domain.isEmpty() || radius.norm() != Region.Norm.LINF) {
      return radius.around(x);
    }
    float[] lo = new float[x.size()];
    float[] hi = new float[x.size()];
    for (int i = 0; i < lo.length; i++) {
      lo[i] = (float) Math.max(domain.get().low(), down(x.doubleAt(i) - radius.radius()));
      hi[i] = (float) Math.min(domain.get().high(), -down(-x.doubleAt(i) - radius.radius()));
    }
    return new Region.Box(Tensor.of(x.shape(), lo), Tensor.of(x.shape(), hi));
  }

  /** A float32 number at most as large as a number that is rounded. */
  private static double down(double number) {
    float near = (float) Math.nextDown(number);
    return near > Math.nextDown(number) ? Math.nextDown(near) : near;
  }

  private static int classOf(Tensor scores) {
    int best = 0;
    for (int i = 1; i < scores.size(); i++) {
      best = scores.doubleAt(i) > scores.doubleAt(best) ? i : best;
    }
    return best;
  }

  private static long label(Tensor labels, int sample) {
    int width = labels.size() / labels.shape().size(0);
    double label = labels.doubleAt(sample * width);
    if (width != 1 || label != Math.rint(label) || label < 0) {
      throw new PropertyException(
          new Diagnosis(
              "label " + sample + " is " + labels.slice(sample, sample + 1),
              "CertifiedAccuracy",
              "a label is the number of a class, counted from 0, one a sample",
              "pass labels of shape (samples), such as 0, 7, 2"));
    }
    return (long) label;
  }

  /** The share of all samples that are classified right. */
  public double accuracy() {
    return samples == 0 ? 0 : (double) right / samples;
  }

  /** The share of all samples whose class is right and proved to stay. */
  public double certified() {
    return samples == 0 ? 0 : (double) proved / samples;
  }

  /** {@code 200 samples: 194 right, 171 proved, 15 broken, 8 open}. */
  @Override
  public String toString() {
    int open = right - proved - broken;
    return samples
        + " samples: "
        + right
        + " right, "
        + proved
        + " proved, "
        + broken
        + " broken, "
        + open
        + " open";
  }
}
