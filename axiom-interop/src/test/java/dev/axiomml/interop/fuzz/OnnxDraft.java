package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node of a file being drawn: operands, settings, how many results. */
final class OnnxDraft {
  /**
   * An operand.
   *
   * @param tensor what it is; empty where it is left out
   * @param stored whether the file holds it
   */
  record Operand(Optional<Tensor> tensor, boolean stored) {}

  final OnnxDraw draw;
  private final String op;
  private final int opset;
  private String domain = "";
  private final List<Operand> operands = new ArrayList<>();
  private final Map<String, Object> settings = new LinkedHashMap<>();
  private int results = 1;

  OnnxDraft(String op, int opset, OnnxDraw draw) {
    this.op = op;
    this.opset = opset;
    this.draw = draw;
  }

  String op() {
    return op;
  }

  int opset() {
    return opset;
  }

  String domain() {
    return domain;
  }

  List<Operand> operands() {
    return operands;
  }

  Map<String, Object> settings() {
    return settings;
  }

  int results() {
    return results;
  }

  OnnxDraft domain(String name) {
    this.domain = name;
    return this;
  }

  /** An operand that arrives at run time, rarely one of the file. */
  OnnxDraft in(Tensor tensor) {
    operands.add(new Operand(Optional.of(tensor), draw.chance(0.1)));
    return this;
  }

  /** A weight, mostly of the file. */
  OnnxDraft weight(Tensor tensor) {
    operands.add(new Operand(Optional.of(tensor), draw.chance(0.8)));
    return this;
  }

  /** Settings in the form of an operand, of the file. */
  OnnxDraft fixed(Tensor tensor) {
    operands.add(new Operand(Optional.of(tensor), true));
    return this;
  }

  OnnxDraft none() {
    operands.add(new Operand(Optional.empty(), true));
    return this;
  }

  /** Puts another tensor in an operand's place. */
  void replace(int i, Tensor tensor) {
    operands.set(i, new Operand(Optional.of(tensor), operands.get(i).stored()));
  }

  OnnxDraft set(String name, Object value) {
    settings.put(name, value);
    return this;
  }

  /** A setting that is left out half of the time, which may only be done with a default. */
  OnnxDraft maybe(String name, Object value) {
    return draw.chance(0.5) ? set(name, value) : this;
  }

  OnnxDraft results(int count) {
    this.results = count;
    return this;
  }

  DType dtype() {
    return operands.get(0).tensor().orElseThrow().dtype();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(domain.isEmpty() ? op : domain + "." + op);
    text.append(" (opset ").append(opset).append(")");
    operands.forEach(
        operand ->
            text.append(operand.stored() ? " =" : " ")
                .append(operand.tensor().map(OnnxDraft::shown).orElse("-")));
    settings.forEach((name, value) -> text.append(' ').append(name).append('=').append(say(value)));
    return text.append(" → ").append(results).toString();
  }

  private static String shown(Tensor tensor) {
    String values =
        tensor.size() > 8
            ? ""
            : tensor.dtype().isInteger()
                ? list(tensor)
                : java.util.Arrays.toString(tensor.toDoubles());
    return tensor.type() + values;
  }

  private static String list(Tensor tensor) {
    return java.util.Arrays.toString(tensor.toLongs());
  }

  private static String say(Object value) {
    return value instanceof long[] all
        ? java.util.Arrays.toString(all)
        : value instanceof float[] all ? java.util.Arrays.toString(all) : value.toString();
  }
}
