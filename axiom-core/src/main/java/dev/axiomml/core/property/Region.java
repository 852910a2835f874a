package dev.axiomml.core.property;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The inputs that a theorem speaks of: float32 inputs, and others that are given. */
public sealed interface Region {
  /** The declared domain of the model's inputs, else all finite float32 inputs. */
  record Declared() implements Region {}

  /** All finite float32 inputs. */
  record Everything() implements Region {}

  /** Every element of every input in one interval, ends included. */
  record Range(double low, double high) implements Region {
    /** Refuses NaN and an empty interval. */
    public Range {
      if (!(low <= high)) {
        throw refused(
            "an interval needs low ≤ high, got [" + low + ", " + high + "]",
            "the inputs of an interval lie between its ends, both included",
            "write the smaller number first, e.g. inputIn(0, 1)");
      }
    }
  }

  /**
   * Element by element an interval of its own, ends included.
   *
   * @param low one sample, with batch axis
   * @param high likewise
   */
  record Box(Tensor low, Tensor high) implements Region {}

  /**
   * A ball around one input.
   *
   * @param center one sample, with batch axis
   * @param radius ≥ 0, in input units
   */
  record Ball(Norm norm, Tensor center, double radius) implements Region {
    /** Refuses a radius that is negative, NaN or infinite. */
    public Ball {
      checkRadius(norm, radius);
    }
  }

  /**
   * Inputs by their names: some in intervals of their own, some given, the others in a region.
   *
   * @param others of every input that is not named; a region around a tensor is of exactly one
   * @param ranges named inputs and the interval in which every element of each lies
   * @param given named inputs and what they are
   */
  record Named(Region others, Map<String, Range> ranges, Map<String, GivenValue> given)
      implements Region {
    /** Copies the maps in their order; refuses names in names, and an input named twice. */
    public Named {
      ranges = Collections.unmodifiableMap(new LinkedHashMap<>(ranges));
      given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
      if (others instanceof Named || ranges.keySet().stream().anyMatch(given::containsKey)) {
        throw refused(
            "an input that is named twice",
            "a claim says once of each input where it is",
            "name each input once, e.g. with gain in [0.5, 2], sr = 16000");
      }
    }

    /** A region in which no input is named yet, or as it is. */
    public static Named of(Region region) {
      return region instanceof Named named ? named : new Named(region, Map.of(), Map.of());
    }

    private Named add(String name, GivenValue value) {
      Map<String, GivenValue> more = new LinkedHashMap<>(given);
      once(name, more.put(name, value) == null && !ranges.containsKey(name));
      return new Named(others, ranges, more);
    }

    private Named add(String name, Range range) {
      Map<String, Range> more = new LinkedHashMap<>(ranges);
      once(name, more.put(name, range) == null && !given.containsKey(name));
      return new Named(others, more, given);
    }

    private static void once(String name, boolean first) {
      if (!first) {
        throw refused(
            "input " + name + " is named twice",
            "a claim says once of each input where it is",
            "keep one of them");
      }
    }
  }

  /** This region with an input that is always the same tensor, one row where it has a batch. */
  default Region given(String name, Tensor tensor) {
    return given(name, new GivenValue.Array(tensor));
  }

  /** This region with an input whose every element is a number. */
  default Region given(String name, double number) {
    return given(name, GivenValue.Uniform.of(number));
  }

  /** This region with an input that is always the same. */
  default Region given(String name, GivenValue value) {
    return Named.of(this).add(name, value);
  }

  /** This region with every element of one input in an interval of its own, ends included. */
  default Region within(String name, double low, double high) {
    return Named.of(this).add(name, new Range(low, high));
  }

  /** Where one input lies that is not given. */
  default Region of(String input) {
    Named named = Named.of(this);
    Range own = named.ranges().get(input);
    return own == null ? named.others() : own;
  }

  /** The given tensors by their inputs' names; numbers that are no tensors yet are left out. */
  default Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Named.of(this)
        .given()
        .forEach(
            (name, value) -> {
              if (value instanceof GivenValue.Array array) {
                tensors.put(name, array.tensor());
              }
            });
    return tensors;
  }

  /** Refuses a radius that is negative, NaN or infinite. */
  static void checkRadius(Norm norm, double radius) {
    if (!(radius >= 0 && radius <= Double.MAX_VALUE)) {
      String word = norm.name().toLowerCase(java.util.Locale.ROOT);
      throw refused(
          word + "(" + radius + ")",
          "a radius is a finite number that is not negative, in input units",
          "write how far an input may move, e.g. " + word + "(0.03)");
    }
  }

  private static PropertyException refused(String what, String why, String fix) {
    return new PropertyException(new Diagnosis(what, "", why, fix));
  }

  /** How distance is measured. */
  enum Norm {
    /** Largest difference. */
    LINF,
    /** Root of the sum of squares. */
    L2,
    /** Sum of differences. */
    L1
  }
}
