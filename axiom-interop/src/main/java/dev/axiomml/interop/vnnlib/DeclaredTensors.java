package dev.axiomml.interop.vnnlib;

import dev.axiomml.core.error.ModelImportException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The tensors of a query's networks, and the elements that formulas name. */
final class DeclaredTensors implements VnnElements {
  private static final Set<String> TYPES =
      Set.of(
          "real",
          "float16",
          "float32",
          "float64",
          "bfloat16",
          "float8e4m3fn",
          "float8e4m3fnuz",
          "float8e5m2",
          "float8e5m2fnuz",
          "float4e2m1",
          "int4",
          "int8",
          "int16",
          "int32",
          "int64",
          "uint4",
          "uint8",
          "uint16",
          "uint32",
          "uint64",
          "bool",
          "complex64",
          "complex128");

  private static final long MOST_ELEMENTS = 1L << 28;
  private final VnnTokens tokens;
  private final Map<String, VnnTensor> declared = new HashMap<>();
  private Optional<String> type = Optional.empty();
  private long elements;

  DeclaredTensors(VnnTokens tokens) {
    this.tokens = tokens;
  }

  boolean isDeclared(String name) {
    return declared.containsKey(name);
  }

  /** Takes the type and the sizes that stand behind a new name, and what its kind adds to them. */
  VnnTensor declaration(String word, String name) {
    String elementType = tokens.current().toLowerCase(Locale.ROOT);
    if (!TYPES.contains(elementType)) {
      throw tokens.unexpected("an element type such as Real or float32");
    }
    tokens.take();
    int position = tokens.position();
    List<Integer> shape = shape();
    if (word.equals("declare-hidden")) {
      if (!tokens.current().startsWith("\"")) {
        throw tokens.unexpected("the value's name in the ONNX file, in quotes");
      }
      tokens.take();
    }
    boolean initialized = word.equals("declare-input") && tokens.isAt("initialized");
    if (initialized) {
      tokens.take();
    }
    VnnTensor tensor = new VnnTensor(name, elementType, shape, initialized, (int) elements);
    elements += shape.stream().mapToLong(Integer::longValue).reduce(1, DeclaredTensors::product);
    if (elements > MOST_ELEMENTS) {
      throw tokens.refused(
          position,
          "more than " + MOST_ELEMENTS + " elements",
          "all tensors of a query have at most " + MOST_ELEMENTS + " elements together",
          "declare smaller tensors");
    }
    declared.put(name, tensor);
    return tensor;
  }

  private static long product(long a, long b) {
    return Math.min(MOST_ELEMENTS + 1, a * b);
  }

  private List<Integer> shape() {
    tokens.expect("[");
    if (tokens.isAt("]")) {
      tokens.take();
      return List.of();
    }
    int position = tokens.position();
    List<Integer> sizes = wholeNumbers();
    if (sizes.contains(0)) {
      throw tokens.refused(
          position,
          "sizes " + sizes,
          "every axis has at least one element",
          "write the sizes of the model's tensor, or [] for a scalar");
    }
    tokens.expect("]");
    return sizes;
  }

  /** Numbers with commas between; sizes and indices alike. */
  private List<Integer> wholeNumbers() {
    List<Integer> numbers = new ArrayList<>(List.of(wholeNumber()));
    while (tokens.isAt(",")) {
      tokens.take();
      numbers.add(wholeNumber());
    }
    return numbers;
  }

  private int wholeNumber() {
    if (!tokens.current().matches("[0-9]{1,9}")) {
      throw tokens.unexpected("a whole number that is not negative");
    }
    return Integer.parseInt(tokens.take());
  }

  @Override
  public VnnSum take(VnnTokens from) {
    int position = from.position();
    VnnTensor tensor = declared.get(from.current());
    if (tensor == null) {
      throw from.refused(
          position,
          from.current() + " is not declared",
          "a formula speaks of tensors that networks declare",
          "declare it, or write one of " + declared.keySet());
    }
    from.take();
    List<Integer> index = List.of();
    if (from.isAt("[")) {
      from.take();
      index = wholeNumbers();
      from.expect("]");
    }
    requireType(tensor, position);
    return VnnSum.of(tensor.first() + place(tensor, index, position));
  }

  private int place(VnnTensor tensor, List<Integer> index, int position) {
    boolean fits = index.size() == tensor.shape().size();
    int place = 0;
    for (int axis = 0; fits && axis < index.size(); axis++) {
      int size = tensor.shape().get(axis);
      fits = index.get(axis) < size;
      place = place * size + index.get(axis);
    }
    if (fits) {
      return place;
    }
    throw misplaced(tensor, index, position);
  }

  private ModelImportException misplaced(VnnTensor tensor, List<Integer> index, int position) {
    return tokens.refused(
        position,
        "element " + (index.isEmpty() ? "without an index" : index.toString()) + " of " + tensor,
        "an element has one index for each axis, counted from 0 and below its size",
        tensor.shape().isEmpty()
            ? "write " + tensor.name()
            : "write " + tensor.name() + "[…] with " + tensor.shape().size() + " indices");
  }

  private void requireType(VnnTensor tensor, int position) {
    String before = type.orElse(tensor.elementType());
    if (!before.equals(tensor.elementType())) {
      throw tokens.refused(
          position,
          tensor + " beside an element of " + before,
          "elements of one comparison are of one type",
          "declare both as " + Objects.requireNonNull(before));
    }
    type = Optional.of(before);
  }

  @Override
  public void restart() {
    type = Optional.empty();
  }
}
