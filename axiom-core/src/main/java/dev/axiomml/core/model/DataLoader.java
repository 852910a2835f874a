package dev.axiomml.core.model;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.ElementGather;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Samples with their labels, given out in batches.
 *
 * <p>Shape: images (samples, …), labels (samples, …) of any element type; a batch holds as many
 * rows of both. Immutable: settings answer a new loader, and each epoch's order follows from seed
 * and epoch alone, on every machine. The last batch may be smaller. Without {@link #shuffle} the
 * batches are views.
 *
 * <pre>{@code
 * DataLoader loader = DataLoader.of(images, labels).batchSize(32).shuffle(7);
 * for (DataLoader.Batch batch : loader.epoch(0)) {
 *   Tensor answers = model.predict(batch.images());
 * }
 * }</pre>
 */
public final class DataLoader implements Iterable<DataLoader.Batch> {
  private final Tensor images;
  private final Tensor labels;
  private final int batchSize;
  private final OptionalLong seed;
  private final Optional<Path> origin;

  /**
   * Some samples with their labels.
   *
   * @param images (rows, …)
   * @param labels (rows, …)
   */
  public record Batch(Tensor images, Tensor labels) {
    /** How many samples. */
    public int size() {
      return images.shape().size(0);
    }
  }

  private DataLoader(Batch all, int batchSize, OptionalLong seed, Optional<Path> origin) {
    this.images = all.images;
    this.labels = all.labels;
    this.batchSize = batchSize;
    this.seed = seed;
    this.origin = origin;
  }

  /**
   * All samples in one batch, in order. @throws ShapeException when there are not as many labels as
   * images
   */
  public static DataLoader of(Tensor images, Tensor labels) {
    if (rows(images) != rows(labels)) {
      throw new ShapeException(
          new Diagnosis(
              "images " + images.shape() + " with labels " + labels.shape(),
              "DataLoader.of",
              "the first axis of both counts the samples",
              "pass as many labels as images, one row for each"));
    }
    return new DataLoader(
        new Batch(images, labels),
        Math.max(1, rows(images)),
        OptionalLong.empty(),
        Optional.empty());
  }

  /**
   * Samples and labels of two {@code .npy} files, mapped rather than read. @throws
   * dev.axiomml.core.error.ModelImportException when a file is none
   */
  public static DataLoader of(Path images, Path labels) {
    return of(Npy.read(images), Npy.read(labels)).from(images);
  }

  private static int rows(Tensor tensor) {
    if (tensor.shape().rank() == 0) {
      throw new ShapeException(
          new Diagnosis(
              "a single number given",
              "DataLoader.of",
              "the first axis counts the samples",
              "reshape it to (1)"));
    }
    return tensor.shape().size(0);
  }

  /** The same samples, so many a batch. @throws IllegalArgumentException below one */
  public DataLoader batchSize(int size) {
    if (size < 1) {
      throw new ShapeException(
          new Diagnosis(
              "a batch size of " + size,
              "DataLoader.batchSize",
              "a batch holds at least one sample",
              "write e.g. batchSize(32)"));
    }
    return new DataLoader(new Batch(images, labels), size, seed, origin);
  }

  /** The same samples, said to come from a file, which reports of tests then name. */
  public DataLoader from(Path file) {
    return new DataLoader(new Batch(images, labels), batchSize, seed, Optional.of(file));
  }

  /** The file that the images came from, where that is known. */
  public Optional<Path> origin() {
    return origin;
  }

  /** The same samples, in an order that the seed and the epoch decide. */
  public DataLoader shuffle(long seedOfOrder) {
    return new DataLoader(
        new Batch(images, labels), batchSize, OptionalLong.of(seedOfOrder), origin);
  }

  /** How many samples. */
  public int samples() {
    return images.shape().size(0);
  }

  /** How many batches an epoch has. */
  public int batches() {
    return (samples() + batchSize - 1) / batchSize;
  }

  /** All images, in the order they were given. */
  public Tensor images() {
    return images;
  }

  /** All labels, in the order they were given. */
  public Tensor labels() {
    return labels;
  }

  /** The batches of the first epoch. */
  @Override
  public Iterator<Batch> iterator() {
    return epoch(0).iterator();
  }

  /** The batches of an epoch, counted from 0; each epoch of a shuffled loader has its own order. */
  public Iterable<Batch> epoch(int number) {
    return () -> new Batches(order(number));
  }

  private int[] order(int epoch) {
    int[] order = IntStream.range(0, samples()).toArray();
    if (seed.isEmpty()) {
      return order;
    }
    SplittableRandom random =
        new SplittableRandom(seed.getAsLong() + 0x9e3779b97f4a7c15L * (epoch + 1L));
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  private final class Batches implements Iterator<Batch> {
    private final int[] order;
    private int next;

    Batches(int[] order) {
      this.order = order;
    }

    @Override
    public boolean hasNext() {
      return next < order.length;
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the epoch has " + batches() + " batches");
      }
      int from = next;
      next = Math.min(order.length, from + batchSize);
      return new Batch(rows(images, from, next), rows(labels, from, next));
    }

    private Tensor rows(Tensor of, int from, int to) {
      if (seed.isEmpty()) {
        return of.slice(from, to);
      }
      Shape shape = of.shape();
      int width = shape.sub(1, shape.rank()).count();
      ElementGather rows = new ElementGather(of.dtype(), (to - from) * width);
      for (int i = from; i < to; i++) {
        int[] out = {(i - from) * width, 1};
        rows.line(of, out, new int[] {order[i] * width, 1}, width);
      }
      return rows.done(shape.with(0, Dim.of(to - from)));
    }
  }

  /** {@code 1797 samples in 57 batches of 32, shuffled}. */
  @Override
  public String toString() {
    String order = seed.isPresent() ? ", shuffled" : "";
    return samples() + " samples in " + batches() + " batches of " + batchSize + order;
  }
}
