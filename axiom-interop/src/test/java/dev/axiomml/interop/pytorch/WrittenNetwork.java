package dev.axiomml.interop.pytorch;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.GroupNorm;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.pair.PRelu;
import dev.axiomml.core.op.recurrent.Gru;
import dev.axiomml.core.op.recurrent.Lstm;
import dev.axiomml.core.op.recurrent.RecurrentForm;
import dev.axiomml.core.op.recurrent.Rnn;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network written here from the words of {@code random_networks.py}, its weights zero and named
 * as PyTorch names them: layers are counted, and channels come last.
 */
final class WrittenNetwork {
  private static final Map<String, List<String>> AXES =
      Map.of(
          "image", List.of("batch", "height", "width", "channels"),
          "volume", List.of("batch", "depth", "height", "width", "channels"),
          "signal", List.of("batch", "time", "channels"),
          "sequence", List.of("batch", "time", "features"),
          "vector", List.of("batch", "features"));

  private final GraphBuilder to = Graph.builder();
  private final String[] opening;
  private final Value input;
  private Value at;
  private int number;

  private WrittenNetwork(String words) {
    this.opening = words.split(" ");
    this.input = to.input("input", Type.float32(shape()));
    this.at = input;
  }

  /** The network of some words, e.g. {@code image 2 6 5 ; conv 4 3 1 1 1 1 ; flatten}. */
  static Model<Output> of(String text) {
    String[] words = text.split(" ; ");
    WrittenNetwork network = new WrittenNetwork(words[0]);
    for (int i = 1; i < words.length; i++) {
      network.number = i - 1;
      network.add(words[i].split(" "));
    }
    return network.model();
  }

  /** The shape here of PyTorch's input: channels last. */
  private Shape shape() {
    List<Dim> sizes = new ArrayList<>();
    for (int i = 1; i < opening.length; i++) {
      sizes.add(Dim.of(Long.parseLong(opening[i])));
    }
    boolean channels = !opening[0].equals("sequence") && !opening[0].equals("vector");
    Collections.rotate(sizes, channels ? -1 : 0);
    sizes.add(0, Dim.symbol("N"));
    return new Shape(sizes);
  }

  private Model<Output> model() {
    List<String> axes = java.util.Objects.requireNonNull(AXES.get(opening[0]));
    Port in = new Port("input", input.type(), axes, Optional.empty());
    Port out = new Port("output", at.type(), List.of("batch", "features"), Optional.empty());
    return Model.of(
        new Signature<>("written", List.of(in), List.of(out), OutputKind.OUTPUT),
        to.build(List.of(at)));
  }

  private void add(String[] words) {
    int[] n = new int[words.length];
    for (int i = 1; i < n.length; i++) {
      n[i] = Integer.parseInt(words[i]);
    }
    switch (words[0]) {
      case "lstm", "gru", "rnn" -> recurrent(words[0], n);
      case "turn" -> {} // here the channels are last already
      case "last" -> last();
      default -> put(op(words[0], n), weights(words[0], n));
    }
  }

  private Op op(String word, int[] n) {
    return switch (word) {
      case "conv" -> new Conv(geometry(n[2], n[3], n[4]), n[5]);
      case "convback" ->
          new ConvTranspose(geometry(n[2], n[3], 0), Collections.nCopies(axes(), 0), 1);
      case "maxpool" -> new MaxPool(geometry(n[1], n[2], 0));
      case "avgpool" -> new AveragePool(geometry(n[1], n[2], 0), true);
      case "batchnorm" -> new BatchNorm(1e-5);
      case "groupnorm" -> new GroupNorm(n[1], 1e-5);
      case "layernorm" -> new LayerNorm(1, 1e-5);
      case "prelu" -> new PRelu();
      case "relu" -> new Relu();
      case "tanh" -> new Tanh();
      case "flatten" -> new Reshape(Shape.of(Dim.symbol("N"), sample().volume()));
      case "linear" -> new Dense();
      default -> throw new IllegalArgumentException("no such layer: " + word);
    };
  }

  private List<Parameter> weights(String word, int[] n) {
    return switch (word) {
      case "conv" -> zeros("weight", kernel(n[2], width() / n[5], n[1])).and(bias(n[6], n[1]));
      case "convback" -> zeros("weight", kernel(n[2], width(), n[1])).and(bias(n[4], n[1]));
      case "batchnorm" ->
          List.of(
              zeros("weight", width()),
              zeros("bias", width()),
              zeros("running_mean", width()),
              zeros("running_var", width()));
      case "groupnorm", "layernorm" -> zeros("weight", width()).and(bias(1, width()));
      case "prelu" -> List.of(zeros("weight", n[1]));
      case "linear" -> zeros("weight", width(), n[1]).and(bias(n[2], n[1]));
      default -> List.of();
    };
  }

  private long[] kernel(int size, long in, long out) {
    long[] sizes = new long[axes() + 2];
    java.util.Arrays.fill(sizes, 0, axes(), size);
    sizes[axes()] = in;
    sizes[axes() + 1] = out;
    return sizes;
  }

  private WindowGeometry geometry(int kernel, int stride, int padding) {
    List<Integer> around = Collections.nCopies(axes(), padding);
    return WindowGeometry.of(Collections.nCopies(axes(), kernel))
        .stride(Collections.nCopies(axes(), stride))
        .padding(around, around);
  }

  /** Forward, and where it is asked for backward beside it. */
  private void recurrent(String cell, int[] n) {
    Value x = at;
    Value forward = put(cell(cell, n, false), cellWeights(cell, n, ""));
    if (n[3] == 1) {
      at = x;
      Value backward = put(cell(cell, n, true), cellWeights(cell, n, "_reverse"));
      at = to.emit(new Concat(-1), List.of(forward, backward)).get(0);
    }
  }

  private static Op cell(String cell, int[] n, boolean reverse) {
    RecurrentForm form = new RecurrentForm(n[2] != 0, reverse);
    return switch (cell) {
      case "lstm" -> new Lstm(form);
      case "gru" -> new Gru(form, true);
      default -> new Rnn(form, false);
    };
  }

  private List<Parameter> cellWeights(String cell, int[] n, String direction) {
    int gates = n[1] * (cell.equals("lstm") ? 4 : cell.equals("gru") ? 3 : 1);
    String end = "_l0" + direction;
    List<Parameter> weights = new ArrayList<>();
    weights.add(zeros("weight_ih" + end, width(), gates));
    weights.add(zeros("weight_hh" + end, n[1], gates));
    if (n[2] != 0) {
      weights.add(zeros("bias_ih" + end, gates));
      weights.add(zeros("bias_hh" + end, gates));
    }
    return weights;
  }

  private void last() {
    long time = at.type().shape().size(1);
    put(Slice.of(1, time - 1, 1), List.of());
    put(new Reshape(Shape.of(Dim.symbol("N"), Dim.of(width()))), List.of());
  }

  private Value put(Op op, List<Parameter> weights) {
    at = to.weighted(op, at, weights);
    return at;
  }

  private long width() {
    return at.type().shape().dim(-1).value();
  }

  private Shape sample() {
    return at.type().shape().sub(1, at.type().shape().rank());
  }

  private int axes() {
    return at.type().shape().rank() - 2;
  }

  private Optional<Parameter> bias(int has, long size) {
    return has == 1 ? Optional.of(zeros("bias", size)) : Optional.empty();
  }

  private Parameter zeros(String name, long... sizes) {
    return new Parameter(number + "." + name, Tensor.zeros(Shape.of(sizes)));
  }
}
