package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is known of a value before the graph runs. */
public sealed interface KnownValue {
  /**
   * As many elements as a value may have to count as a list of sizes. More are no sizes of anything
   * but data, and an object of each would take many times their memory.
   */
  int MOST_SIZES = 1 << 12;

  /** Nothing is known. */
  static KnownValue nothing() {
    return Nothing.SHARED;
  }

  /** Whether it is fully known; unlike {@link #tensor}, this looks at no number. */
  default boolean isKnown() {
    return false;
  }

  /**
   * The tensor itself, where it is fully known. What is made by its numbers stands for them:
   * weights that they follow from are not replaced any more.
   */
  default Optional<Tensor> tensor() {
    return Optional.empty();
  }

  /** The tensor, where it is fully known and follows from no weight that may be replaced. */
  default Optional<Tensor> constant() {
    return Optional.empty();
  }

  /**
   * The elements as sizes, where they are integers that are numbers or symbolic sizes, and not more
   * than {@link #MOST_SIZES}.
   */
  default Optional<List<Dim>> sizes() {
    return Optional.empty();
  }

  /** Nothing. */
  record Nothing() implements KnownValue {
    private static final Nothing SHARED = new Nothing();
  }

  /** The tensor as a weight, where it is fully known. */
  default Optional<Parameter> parameter() {
    return Optional.empty();
  }

  /**
   * Everything.
   *
   * @param value the tensor
   * @param name the constant's name, unique in its graph; a weight made of it is called so
   * @param origin the file that it came from, if any
   */
  record Exact(Tensor value, String name, WeightOrigin origin) implements KnownValue {
    /** One that is of no file. */
    public Exact(Tensor value, String name) {
      this(value, name, WeightOrigin.HERE);
    }

    @Override
    public boolean isKnown() {
      return true;
    }

    @Override
    public Optional<Parameter> parameter() {
      return Optional.of(new Parameter(name, value, origin));
    }

    @Override
    public Optional<Tensor> tensor() {
      return Optional.of(value);
    }

    @Override
    public Optional<Tensor> constant() {
      return Optional.of(value);
    }

    @Override
    public Optional<List<Dim>> sizes() {
      if (!value.dtype().isInteger() || value.size() > MOST_SIZES) {
        return Optional.empty();
      }
      return Optional.of(java.util.Arrays.stream(value.toLongs()).mapToObj(Dim::of).toList());
    }
  }

  /**
   * Everything, and it follows from weights that may be replaced.
   *
   * @param isInteger whether its elements may be sizes
   * @param asked what it is, for whoever looks at the numbers
   */
  record OfWeights(boolean isInteger, Supplier<Exact> asked) implements KnownValue {
    @Override
    public boolean isKnown() {
      return true;
    }

    @Override
    public Optional<Parameter> parameter() {
      return asked.get().parameter();
    }

    @Override
    public Optional<Tensor> tensor() {
      return asked.get().tensor();
    }

    @Override
    public Optional<List<Dim>> sizes() {
      return isInteger ? asked.get().sizes() : Optional.empty();
    }
  }

  /** An int64 tensor of sizes, some symbolic, as shape arithmetic makes them. */
  record Sizes(Shape shape, List<Dim> elements) implements KnownValue {
    /** Copies the elements. */
    public Sizes {
      elements = List.copyOf(elements);
    }

    @Override
    public Optional<List<Dim>> sizes() {
      return Optional.of(elements);
    }
  }
}
