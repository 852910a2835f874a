package dev.axiomml.verify.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.pass.FuseOperators;
import dev.axiomml.core.pass.Pass;
import dev.axiomml.core.pass.PassPipelines;
import dev.axiomml.core.pass.UnrollComposites;
import dev.axiomml.core.property.Output;
import dev.axiomml.testing.RewriteLaw;
import dev.axiomml.testing.RewriteLaw.Promise;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The law of rewrites on random graphs of the whole catalogue. */
class RewrittenGraphsTest {
  private static final int GRAPHS = 150;

  static Stream<Pass> rewrites() {
    return Stream.of(PassPipelines::inference, UnrollComposites::apply, FuseOperators::apply);
  }

  @ParameterizedTest
  @MethodSource("rewrites")
  void a_value_and_what_it_became_are_the_same(Pass pass) {
    long kept = 0;
    for (long seed = 0; seed < GRAPHS; seed++) {
      Model<Output> model = RandomGraph.of(new Random(seed));
      if (Executed.runs(model)) {
        Graph before = model.graph().bind(Map.of("N", 2L)).graph();
        RewrittenGraph after = Pass.checked(pass, before);
        kept += RewriteLaw.check(before, after, Promise.ROUNDED, seed);
      }
    }
    assertThat(kept).isGreaterThan(GRAPHS);
  }
}
