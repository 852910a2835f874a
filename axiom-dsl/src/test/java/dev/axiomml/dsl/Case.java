package dev.axiomml.dsl;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One layer as PyTorch computed it; tensors in PyTorch's layout. */
record Case(Map<String, Object> json, Map<String, Tensor> tensors) {
  private static final String FOLDER = "pytorch/";
  private static final Map<String, DType> TYPES =
      Map.of("F32", DType.FLOAT32, "F64", DType.FLOAT64, "BOOL", DType.BOOL, "I64", DType.INT64);

  static List<Case> all() {
    Map<String, Map<String, Tensor>> groups = new HashMap<>();
    String text = new String(bytes("cases.json"), StandardCharsets.UTF_8);
    return Json.list(Json.object(Json.read(text)).get("cases")).stream()
        .map(Json::object)
        .map(
            json ->
                new Case(
                    json,
                    groups.computeIfAbsent(
                        (String) json.get("group"), group -> safetensors(group + ".safetensors"))))
        .toList();
  }

  private static byte[] bytes(String name) {
    try (InputStream in = Case.class.getResourceAsStream(FOLDER + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Tensor> safetensors(String name) {
    ByteBuffer file = ByteBuffer.wrap(bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) file.getLong()];
    file.get(header);
    ByteBuffer data = file.slice();
    Map<String, Tensor> tensors = new HashMap<>();
    Json.object(Json.read(new String(header, StandardCharsets.UTF_8).strip()))
        .forEach(
            (key, entry) -> {
              if (!key.equals("__metadata__")) {
                tensors.put(key, tensor(Json.object(entry), data));
              }
            });
    return tensors;
  }

  private static Tensor tensor(Map<String, Object> entry, ByteBuffer data) {
    List<?> offsets = Json.list(entry.get("data_offsets"));
    int from = ((Double) offsets.get(0)).intValue();
    int to = ((Double) offsets.get(1)).intValue();
    int[] sizes =
        Json.list(entry.get("shape")).stream().mapToInt(d -> ((Double) d).intValue()).toArray();
    ByteBuffer bytes = data.slice(from, to - from).order(ByteOrder.LITTLE_ENDIAN);
    return TensorMemory.adopt(Shape.of(sizes), TYPES.get((String) entry.get("dtype")), bytes);
  }

  String name() {
    return (String) json.get("name");
  }

  String layer() {
    return (String) json.get("layer");
  }

  private Tensor tensor(Object name) {
    return Objects.requireNonNull(tensors.get((String) name), String.valueOf(name));
  }

  Tensor input(int index) {
    return tensor(Json.list(json.get("inputs")).get(index));
  }

  int inputs() {
    return Json.list(json.get("inputs")).size();
  }

  Tensor output() {
    return tensor(json.get("output"));
  }

  Optional<Tensor> output64() {
    return Optional.ofNullable(json.get("output64")).map(this::tensor);
  }

  Tensor more(int index) {
    return tensor(Json.list(json.get("more")).get(index));
  }

  Map<String, Tensor> params() {
    Map<String, Tensor> params = new LinkedHashMap<>();
    Json.object(json.get("params")).forEach((key, name) -> params.put(key, tensor(name)));
    return params;
  }

  /** A tensor that the call takes by name. */
  Optional<Tensor> called(String argument) {
    return Optional.ofNullable(json.get("call"))
        .map(call -> Json.object(call).get(argument))
        .map(this::tensor);
  }

  private Optional<Object> argument(String name) {
    Object value = Json.object(json.get("args")).get(name);
    return Optional.ofNullable(value).filter(v -> !(v instanceof Optional));
  }

  boolean flag(String name, boolean usual) {
    return (boolean) argument(name).orElse(usual);
  }

  double number(String name, double usual) {
    return (double) argument(name).orElse(usual);
  }

  int integer(String name, int usual) {
    return (int) number(name, usual);
  }

  String text(String name, String usual) {
    return (String) argument(name).filter(v -> v instanceof String).orElse(usual);
  }

  /** Numbers, one or a list; −1 stands for null. */
  int[] integers(String name, int... usual) {
    return argument(name)
        .filter(v -> !(v instanceof String))
        .map(
            v ->
                v instanceof Double d
                    ? new int[] {d.intValue()}
                    : Json.list(v).stream()
                        .mapToInt(e -> e instanceof Double d ? d.intValue() : -1)
                        .toArray())
        .orElse(usual);
  }

  double[] numbers(String name) {
    return argument(name)
        .map(
            v ->
                v instanceof Double d
                    ? new double[] {d}
                    : Json.list(v).stream().mapToDouble(e -> (Double) e).toArray())
        .orElse(new double[0]);
  }

  /** The same case on magnitudes: what rounding errors are measured against. */
  Case magnitudes() {
    UnaryOperator<Tensor> abs =
        t -> {
          double[] values = t.toDoubles();
          for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i]);
          }
          return Tensor.ofDoubles(t.shape(), t.dtype(), values);
        };
    Map<String, Tensor> positive = new HashMap<>(tensors);
    positive.replaceAll((key, t) -> t.dtype().isFloat() ? abs.apply(t) : t);
    return new Case(json, positive);
  }

  /** The same case with one element of its first weight moved. */
  Case withWrongWeight() {
    String name = (String) Json.object(json.get("params")).values().iterator().next();
    Tensor weight = tensor(name);
    double[] values = weight.toDoubles();
    values[0] += 1e-3;
    Map<String, Tensor> changed = new HashMap<>(tensors);
    changed.put(name, Tensor.ofDoubles(weight.shape(), weight.dtype(), values));
    return new Case(json, changed);
  }

  @Override
  public String toString() {
    return name();
  }
}
