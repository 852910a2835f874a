package dev.axiomml.verify.fuzz;

import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.Verifier;
import dev.axiomml.verify.fuzz.ExactOracle.Truth;
import dev.axiomml.verify.fuzz.FalseAnswers.At;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Random formulas about {@code softmax(x)} of a free vector, held to softmax of many vectors. */
final class SoftmaxClaims {
  private static final int[] LENGTHS = {1, 2, 3, 4, 7, 10};
  private static final int POINTS = 12;
  private static final float[] ENDS = {-Float.MAX_VALUE, -100, -1, 0, 1, 88, 104, Float.MAX_VALUE};

  private final At at;

  SoftmaxClaims(At at) {
    this.at = at;
  }

  void round(Random random) {
    List<Trial> trials = new ArrayList<>();
    for (int length : LENGTHS) {
      trials.addAll(trials(length, random));
    }
    List<Trial> threes = trials.stream().filter(t -> t.y().values().length == 3).toList();
    RandomSentence sentences = new RandomSentence(random, new int[] {3}, new int[] {3}, threes);
    for (int i = 0; i < 20; i++) {
      Sentence sentence = sentences.next();
      String text = sentence.text();
      boolean free = text.contains("output") && !text.contains("x[") && !text.contains("(x)");
      if (free && !threes.get(0).oracle().mentionsAbsent(sentence)) {
        judge(sentence, trials);
      }
    }
  }

  private static Model<Output> model(int length) {
    return Nets.from(length).then("softmax", new Softmax(-1)).model();
  }

  private static List<Trial> trials(int length, Random random) {
    List<List<float[]>> points = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      float[] x = new float[length];
      float spread = (float) Math.pow(10, random.nextInt(5) - 2);
      for (int k = 0; k < length; k++) {
        boolean end = i % 3 == 0 && random.nextBoolean();
        x[k] = end ? ENDS[random.nextInt(ENDS.length)] : (random.nextFloat() * 2 - 1) * spread;
      }
      points.add(List.of(x));
    }
    try (Executed executed = new Executed(model(length), true)) {
      return executed.run(points, random);
    }
  }

  private void judge(Sentence sentence, List<Trial> trials) {
    String text = sentence.text().replace("output", "softmax(x)");
    at.tally().asked();
    try {
      Verdict verdict =
          Verifier.prove(new Theorem<>(new Region.Declared(), PropertyText.formula(text)));
      at.tally().of(verdict);
      if (verdict instanceof Verdict.Proved) {
        Optional<Trial> fault = trials.stream().filter(t -> fails(t, sentence)).findFirst();
        fault.ifPresent(t -> at.found("PROVED of softmax", text + "\n" + t));
      }
      if (verdict instanceof Verdict.Refuted refuted && holdsAt(refuted, sentence)) {
        at.found("REFUTED of softmax", text + "\n" + refuted);
      }
    } catch (PropertyException refused) {
      at.tally().refused();
    } catch (RuntimeException e) {
      at.thrown(text, e);
    }
  }

  private static boolean fails(Trial trial, Sentence sentence) {
    return !trial.oracle().mentionsAbsent(sentence) && trial.oracle().of(sentence) == Truth.FAILS;
  }

  private static boolean holdsAt(Verdict.Refuted refuted, Sentence sentence) {
    Tensor x = refuted.counterexample().get(0);
    Tensor row = x.reshape(Shape.of(1, x.size()));
    Trial trial = Trial.of(List.of(row), model(x.size()).predict(row), 0, "counterexample");
    return !trial.oracle().mentionsAbsent(sentence) && trial.oracle().of(sentence) == Truth.HOLDS;
  }
}
