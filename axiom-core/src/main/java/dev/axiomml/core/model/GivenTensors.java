package dev.axiomml.core.model;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.property.GivenValue;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Given values as tensors of the types of their inputs. Used once. */
final class GivenTensors {
  private final String model;
  private final List<Port> inputs;
  private final Map<String, Long> sizes = new HashMap<>();
  private final Set<String> batch = new HashSet<>();

  GivenTensors(String model, List<Port> inputs) {
    this.model = model;
    this.inputs = inputs;
  }

  /**
   * The tensors, in the order of the inputs; arrays settle sizes for numbers. @throws
   * PropertyException for what is not of its input's type
   */
  Map<String, GivenValue> of(Map<String, GivenValue> given) {
    for (Port port : inputs) {
      boolean rows = !given.containsKey(port.name()) && port.type().isTensor();
      if (rows && port.type().shape().rank() > 0 && !port.type().shape().dim(0).isFixed()) {
        batch.add(port.type().shape().dim(0).toString());
      }
    }
    batch.forEach(symbol -> sizes.put(symbol, 1L));
    for (Port port : inputs) {
      if (given.get(port.name()) instanceof GivenValue.Array array) {
        fit(port, array.tensor());
      }
    }
    Map<String, GivenValue> all = new LinkedHashMap<>();
    for (Port port : inputs) {
      GivenValue value = given.get(port.name());
      if (value != null) {
        all.put(
            port.name(),
            value instanceof GivenValue.Uniform n ? new GivenValue.Array(filled(port, n)) : value);
      }
    }
    return all;
  }

  private void fit(Port port, Tensor tensor) {
    boolean fits =
        port.type().isTensor()
            && port.type().dtype() == tensor.dtype()
            && tensor.dtype() != DType.STRING
            && port.type().shape().rank() == tensor.shape().rank();
    for (int axis = 0; fits && axis < tensor.shape().rank(); axis++) {
      fits = matches(port.type().shape().dim(axis), tensor.shape().size(axis));
    }
    if (!fits) {
      throw refused(
          port,
          "input " + port.name() + " is given as " + tensor.type(),
          "it is declared as "
              + port.type()
              + ", equal symbols mean equal sizes"
              + (batch.isEmpty() ? "" : ", and a claim speaks of one row of the batch " + batch),
          "give an array of " + port.type().dtype() + " " + one(port.type().shape()));
    }
  }

  /** Whether a size is that of an array; a symbol alone becomes it. */
  private boolean matches(Dim declared, long size) {
    if (declared.isFixed()) {
      return declared.value() == size;
    }
    Optional<Long> before = declared.asSymbol().map(name -> sizes.putIfAbsent(name, size));
    return before.isEmpty() || before.get() == size;
  }

  private Shape one(Shape shape) {
    return shape.bind(
        symbol -> sizes.containsKey(symbol) ? Dim.of(sizes.get(symbol)) : Dim.symbol(symbol));
  }

  private Tensor filled(Port port, GivenValue.Uniform number) {
    if (!port.type().isTensor() || port.type().dtype() == DType.STRING) {
      throw refused(
          port,
          "input " + port.name() + " is given as " + PropertyText.of(number),
          "it is " + port.type() + ", which no number fills",
          "ask it of a model without such an input");
    }
    Shape shape = one(port.type().shape());
    if (!shape.isFixed()) {
      throw refused(
          port,
          "input " + port.name() + " is given as a number, and its size " + shape + " is open",
          "a number fills an input whose sizes are known",
          "give an array, " + port.name() + " = @FILE.npy, or the sizes by --input-shape");
    }
    return port.type().dtype().isFloat()
        ? floats(port, shape, number.value())
        : wholes(port, shape, number.value());
  }

  private Tensor floats(Port port, Shape shape, BigDecimal value) {
    double[] all = new double[shape.count()];
    Arrays.fill(
        all, port.type().dtype() == DType.FLOAT64 ? value.doubleValue() : value.floatValue());
    Tensor tensor = Tensor.ofDoubles(shape, port.type().dtype(), all);
    if (tensor.size() > 0 && !Double.isFinite(tensor.doubleAt(0))) {
      throw unrepresented(port, value);
    }
    return tensor;
  }

  private Tensor wholes(Port port, Shape shape, BigDecimal value) {
    boolean fits =
        value.stripTrailingZeros().scale() <= 0 && value.precision() - value.scale() < 30;
    BigInteger whole = fits ? value.toBigInteger() : BigInteger.ZERO;
    long[] all = new long[shape.count()];
    Arrays.fill(all, whole.longValue());
    Tensor tensor = Tensor.ofIntegers(shape, port.type().dtype(), all);
    if (!fits || (tensor.size() > 0 && !same(tensor, whole))) {
      throw unrepresented(port, value);
    }
    return tensor;
  }

  private static boolean same(Tensor tensor, BigInteger whole) {
    long stored = tensor.longAt(0);
    return tensor.dtype() == DType.UINT64
        ? whole.equals(new BigInteger(Long.toUnsignedString(stored)))
        : whole.equals(BigInteger.valueOf(stored));
  }

  private PropertyException unrepresented(Port port, BigDecimal value) {
    return refused(
        port,
        "input " + port.name() + " is given as " + value,
        "no " + port.type().dtype() + " is that number",
        "write a number that " + port.type().dtype() + " has");
  }

  private PropertyException refused(Port port, String what, String why, String fix) {
    String place = "model " + model + " › input " + port.name();
    return new PropertyException(new Diagnosis(what, place, why, fix));
  }
}
