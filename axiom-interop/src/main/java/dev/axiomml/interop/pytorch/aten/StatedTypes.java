package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a file itself states of the values that its program computes: every value that is imported
 * is held against it, so that a call that was misread contradicts the file.
 *
 * <p>Sizes with symbols are compared at several values of these; a size that the file states in a
 * form that is not known here is not compared.
 */
public final class StatedTypes {
  /** A file that states nothing. */
  public static final StatedTypes NONE =
      new StatedTypes(name -> Optional.empty(), symbol -> Range.ANY);

  private static final int[] OFFSETS = {0, 1, 2, 5};

  private final Function<String, Optional<Stated>> values;
  private final Function<String, Range> ranges;

  /**
   * The statements of a file.
   *
   * @param values what is stated of a value, by its name
   * @param ranges which sizes a symbol stands for
   */
  public StatedTypes(Function<String, Optional<Stated>> values, Function<String, Range> ranges) {
    this.values = values;
    this.ranges = ranges;
  }

  /**
   * The sizes that a symbol stands for.
   *
   * @param least the smallest
   * @param most the largest
   */
  public record Range(long least, long most) {
    /** Any size. */
    public static final Range ANY = new Range(2, Long.MAX_VALUE);
  }

  /**
   * A stated type.
   *
   * @param dtype the element type; empty for a size
   * @param sizes one an axis, or the size; empty where its form is not known
   */
  public record Stated(Optional<DType> dtype, List<Optional<Dim>> sizes) {
    /** Copies the sizes. */
    public Stated {
      sizes = List.copyOf(sizes);
    }

    private Stated bound(Function<String, Dim> symbols) {
      return new Stated(
          dtype, sizes.stream().map(size -> size.map(dim -> dim.bind(symbols))).toList());
    }

    @Override
    public String toString() {
      List<String> shown = new ArrayList<>();
      sizes.forEach(size -> shown.add(size.map(Dim::toString).orElse("?")));
      String joined = String.join("×", shown);
      return dtype.map(d -> d + " " + (joined.isEmpty() ? "[]" : joined)).orElse("size " + joined);
    }
  }

  /** The same statements with sizes in place of symbols. */
  StatedTypes bound(Function<String, Dim> sizes) {
    return new StatedTypes(name -> values.apply(name).map(stated -> stated.bound(sizes)), ranges);
  }

  /** Whether the file says what a value is. */
  public boolean has(String name) {
    return values.apply(name).isPresent();
  }

  /** Refuses a value that contradicts the file. @throws ModelImportException at the call */
  public void require(String place, String name, AtenItem item) {
    Optional<Stated> stated = values.apply(name).filter(s -> contradicts(s, item));
    if (stated.isPresent()) {
      throw new ModelImportException(
          new Diagnosis(
              "file says %s is %s, importer infers %s".formatted(name, stated.get(), shown(item)),
              place,
              "a value of another type than the file states was not computed as PyTorch does",
              "export the model again; if the contradiction stays, send us the file"));
    }
  }

  private static String shown(AtenItem item) {
    return item instanceof AtenItem.Flow flow
        ? flow.value().type().toString()
        : item instanceof AtenItem.Weight weight
            ? weight.parameter().tensor().type().toString()
            : item instanceof AtenItem.Size size ? "size " + size.dim() : item.toString();
  }

  private boolean contradicts(Stated stated, AtenItem item) {
    if (item instanceof AtenItem.Size size) {
      boolean alone = stated.dtype().isEmpty() && stated.sizes().size() == 1;
      return alone && stated.sizes().get(0).filter(dim -> differ(dim, size.dim())).isPresent();
    }
    Type type =
        item instanceof AtenItem.Flow flow
            ? flow.value().type()
            : item instanceof AtenItem.Weight weight ? weight.parameter().tensor().type() : null;
    return type != null && type.isTensor() && contradicts(stated, type);
  }

  private boolean contradicts(Stated stated, Type type) {
    boolean alike =
        stated.dtype().filter(dtype -> dtype == type.dtype()).isPresent()
            && stated.sizes().size() == type.shape().rank();
    for (int axis = 0; alike && axis < stated.sizes().size(); axis++) {
      Dim inferred = type.shape().dim(axis);
      alike = stated.sizes().get(axis).filter(dim -> differ(dim, inferred)).isEmpty();
    }
    return !alike;
  }

  /** Whether two sizes are not one function of the symbols. */
  private boolean differ(Dim stated, Dim inferred) {
    if (stated.equals(inferred)) {
      return false;
    }
    for (int offset : OFFSETS) {
      Map<String, Dim> sizes = new HashMap<>();
      Function<String, Dim> at = s -> sizes.computeIfAbsent(s, n -> at(n, offset, sizes.size()));
      if (!stated.bind(at).equals(inferred.bind(at))) {
        return true;
      }
    }
    return false;
  }

  /** A size of a symbol, inside of its range. */
  private Dim at(String symbol, int offset, int others) {
    Range range = ranges.apply(symbol);
    return Dim.of(Math.min(range.most(), range.least() + offset + 3L * others));
  }
}
