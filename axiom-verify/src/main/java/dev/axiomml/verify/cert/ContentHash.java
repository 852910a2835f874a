package dev.axiomml.verify.cert;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The SHA-256 of a whole model, as 64 hexadecimal digits.
 *
 * <p>It covers what predictions run, the inference graph: every operator with all its settings,
 * every weight bit for bit, the wiring, the names of its nodes, weights and ports, and the boundary
 * with its element types, shapes, axes and declared domains. An operator enters twice, by its own
 * text and by what it does for one sample: its loop nests, its coefficients and its offset. The
 * order in which independent nodes stand does not matter. What a program says of a model is no part
 * of it: what the model is called, how its outputs are read ({@code asClassifier}), its properties
 * and theorems.
 */
public final class ContentHash {
  private ContentHash() {}

  /** The hash of a model. */
  public static String of(Model<?> model) {
    Graph graph = single(model);
    List<String> in = new ArrayList<>();
    for (Value input : graph.inputs()) {
      ContentFingerprint print = new ContentFingerprint("input").number(in.size());
      in.add(print.text(input.name()).text(input.type().toString()).hex());
    }
    ContentFingerprint whole = new ContentFingerprint("axiom model 1");
    model.signature().inputs().forEach(port -> port(whole, port));
    model.signature().outputs().forEach(port -> port(whole, port));
    in.forEach(whole::text);
    graph.read(in, new Merkle()).forEach(whole::text);
    return whole.hex();
  }

  /**
   * The hash of a tensor's numbers, by which another person knows them again: of the elements'
   * little-endian bytes in row-major order, in Python {@code sha256(numpy.load(file).tobytes())}.
   */
  public static String of(Tensor tensor) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(tensor.asBytes());
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The inference graph for a batch of one sample. */
  private static Graph single(Model<?> model) {
    Map<String, Long> one = new TreeMap<>();
    for (Value input : model.inference().inputs()) {
      if (input.type().isTensor() && input.type().shape().rank() > 0) {
        symbol(input.type().shape()).forEach(name -> one.put(name, 1L));
      }
    }
    return model.inference().bind(one).graph();
  }

  private static List<String> symbol(Shape shape) {
    Dim first = shape.dim(0);
    boolean symbol = !first.isFixed() && first.equals(Dim.symbol(first.toString()));
    return symbol ? List.of(first.toString()) : List.of();
  }

  private static void port(ContentFingerprint whole, Port port) {
    whole.text(port.name()).text(port.type().toString()).text(port.axes().toString());
    whole.text(port.domain().toString());
  }

  /** A value's hash is made of its maker's and of the hashes of what that was given. */
  private static final class Merkle implements GraphReading<String> {
    @Override
    public String constant(Value at, Tensor tensor) {
      return new ContentFingerprint("constant").text(at.name()).tensor(tensor).hex();
    }

    @Override
    public List<String> node(Node at, List<String> in) {
      ContentFingerprint print = new ContentFingerprint("node").text(at.name());
      OperatorPrint.write(at, print);
      in.forEach(print::text);
      String made = print.hex();
      return at.out().stream().map(value -> result(made, at.out().indexOf(value), value)).toList();
    }

    private static String result(String made, int index, Value value) {
      ContentFingerprint print = new ContentFingerprint("result").text(made).number(index);
      return print.text(value.type().toString()).hex();
    }
  }
}
