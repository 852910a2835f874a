package dev.axiomml.verify.fuzz;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofLine;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.fuzz.FalseAnswers.At;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Forged proofs: random formulas with trees of random nodes and leaves that nobody searched for.
 * What the checker confirms must be true of every sample that is run.
 */
final class LeafFuzz {
  private static final int POINTS = 24;
  private static final int FORMULAS = 12;

  private LeafFuzz() {}

  /**
   * Runs cases one after another.
   *
   * @return the number of forged proofs
   * @throws AssertionError at the end, when one was confirmed of something false
   */
  static int run(long seed, RunLength length) {
    return Cases.run(new FalseAnswers("Leaves", seed), length, LeafFuzz::net);
  }

  private static void net(At at, Random random) {
    Model<Output> model = RandomNet.of(random);
    try (Executed executed = new Executed(model, random.nextBoolean())) {
      if (executed.outputs() > 16 || !Executed.runs(model)) {
        return;
      }
      Territory territory = RandomRegion.of(random, model);
      List<List<float[]>> points = territory.points(random, POINTS);
      List<Trial> trials = executed.run(points, random);
      Trial zero = executed.zero();
      RandomSentence sentences =
          new RandomSentence(random, zero.x().sizes(), zero.y().sizes(), trials);
      ClaimRound round = new ClaimRound(at, executed, territory, random);
      Graph graph = model.inference().bind(symbol -> Dim.ONE).graph();
      for (int i = 0; i < FORMULAS; i++) {
        Sentence sentence = sentences.next();
        at.tally().asked();
        ProofLine tree = RandomProof.of(random, graph, points);
        boolean confirmed = confirms(round, model, sentence, tree);
        Optional<Sentence> said = confirmed ? Optional.of(sentence) : Optional.empty();
        said.ifPresent(s -> judge(round, s, zero, trials));
        said.ifPresent(s -> kinds(tree).forEach(round::word));
      }
    } catch (RuntimeException e) {
      at.thrown(model.graph().toString(), e);
    }
  }

  /** What kinds of nodes a confirmed proof has, besides cuts and leaves. */
  private static List<String> kinds(ProofLine tree) {
    return Stream.of("C", "&", "H", "h", "M")
        .filter(kind -> (" " + tree).contains(" " + kind))
        .map(kind -> "with " + kind)
        .toList();
  }

  private static void judge(ClaimRound round, Sentence sentence, Trial zero, List<Trial> trials) {
    round.word("confirmed");
    if (zero.oracle().mentionsAbsent(sentence)) {
      round.found("confirmed of an absent index", sentence.text());
    } else {
      round.confirmed("confirmed", sentence, trials);
    }
  }

  private static boolean confirms(
      ClaimRound round, Model<Output> model, Sentence sentence, ProofLine tree) {
    try {
      return certificate(model, round.theorem(sentence), tree).check(model).isValid();
    } catch (AxiomException refused) {
      return false;
    } catch (RuntimeException e) {
      round.thrown(sentence.text() + "\n" + tree, e);
      return false;
    }
  }

  private static Certificate certificate(
      Model<Output> model, Theorem<Output> theorem, ProofLine tree) {
    Optional<Proof> proof = Optional.of(new Proof(theorem, ProofSemantics.FLOAT32, tree));
    Claim claim = new Claim(theorem, new Verdict.Proved("forged"), proof, 0, 0);
    return Certificate.of(model, List.of(claim));
  }
}
