package dev.axiomml.verify.fuzz;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.verify.cert.ClippedInterval;
import dev.axiomml.verify.cert.ProofCursor.Elements;
import dev.axiomml.verify.cert.ProofLine;
import dev.axiomml.verify.cert.ProofMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A proof that nobody searched for: every kind of node, mostly such as could stand there. */
final class RandomProof {
  private final Random random;
  private final Graph graph;
  private final List<List<float[]>> points;
  private final ProofLine.Writer to = new ProofLine.Writer();
  private int named;
  private int splits;

  private RandomProof(Random random, Graph graph, List<List<float[]>> points) {
    this.random = random;
    this.graph = graph;
    this.points = points;
  }

  /**
   * A random proof.
   *
   * @param graph of one sample
   * @param points where cuts may be
   */
  static ProofLine of(Random random, Graph graph, List<List<float[]>> points) {
    RandomProof proof = new RandomProof(random, graph, points);
    proof.node(random.nextInt(5));
    return proof.to.done();
  }

  private void node(int depth) {
    if (depth == 0 || points.isEmpty()) {
      leaf();
      return;
    }
    switch (random.nextInt(7)) {
      case 0 -> {
        to.clip(clip());
        node(depth - 1);
      }
      case 1 -> {
        to.part(random.nextInt(4));
        node(depth - 1);
        node(depth - 1);
      }
      case 2, 3 -> hinges(depth);
      case 4 -> sides(depth);
      default -> cut(depth);
    }
  }

  private List<ClippedInterval> clip() {
    List<float[]> at = points.get(random.nextInt(points.size()));
    List<ClippedInterval> cuts = new ArrayList<>();
    for (int k = random.nextInt(3); k >= 0; k--) {
      int input = random.nextInt(at.size());
      int element = random.nextInt(at.get(input).length + (random.nextInt(40) == 0 ? 1 : 0));
      boolean all = random.nextInt(4) == 0;
      int below = random.nextInt(all ? 256 : 128);
      cuts.add(new ClippedInterval(input, element, below, random.nextInt(all ? 256 : 128)));
    }
    return cuts;
  }

  private void leaf() {
    if (random.nextInt(2) == 0) {
      to.leaf(ProofMethod.values()[random.nextInt(ProofMethod.values().length)]);
      return;
    }
    byte[] slopes = new byte[named + (random.nextInt(40) == 0 ? 1 : 0)];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = (byte) random.nextInt(129);
    }
    float[] weights = new float[splits + (random.nextInt(40) == 0 ? 1 : 0)];
    for (int i = 0; i < weights.length; i++) {
      boolean huge = random.nextInt(12) == 0;
      weights[i] = random.nextInt(3) == 0 ? 0 : random.nextFloat() * (huge ? 1e30f : 2);
    }
    to.weighted(slopes, weights);
  }

  private void cut(int depth) {
    List<float[]> at = points.get(random.nextInt(points.size()));
    int input = random.nextInt(at.size());
    int element = random.nextInt(at.get(input).length);
    boolean absent = random.nextInt(30) == 0;
    to.cut(input, absent ? at.get(input).length : element, at.get(input)[element]);
    node(depth - 1);
    node(depth - 1);
  }

  /** Some elements of some functions, now and then of something else. */
  private void hinges(int depth) {
    List<Elements> all = new ArrayList<>();
    List<Node> nodes = graph.nodes();
    int before = named;
    int splitsBefore = splits;
    named = 0;
    splits = 0;
    for (int at = 0; at < nodes.size(); at++) {
      List<Integer> some = elements(nodes.get(at));
      named += some.size();
      if (!some.isEmpty()) {
        all.add(new Elements(at, some));
      }
    }
    if (all.isEmpty()) {
      to.leaf(ProofMethod.LINEAR);
    } else {
      to.hinges(all);
      node(depth - 1);
    }
    named = before;
    splits = splitsBefore;
  }

  private List<Integer> elements(Node node) {
    int size = node.out().get(0).type().shape().count();
    boolean taken = node.op() instanceof ScalarOp || random.nextInt(60) == 0;
    return IntStream.range(0, taken ? size : 0).filter(i -> random.nextInt(3) > 0).boxed().toList();
  }

  private void sides(int depth) {
    if (named == 0 && random.nextInt(20) > 0) {
      hinges(depth);
      return;
    }
    to.sides(random.nextInt(named + 1));
    splits++;
    node(depth - 1);
    node(depth - 1);
    splits--;
  }
}
