package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.op.catalog.OpCatalog;
import dev.axiomml.core.op.gradient.SumGradient;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.testing.OpSamples;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpsTest {
  /** Operators with inputs or results that are not floats, no samples; tested on their own. */
  private static final Set<String> NOT_ALL_FLOATS = Set.of("IsInf", "IsNan", "Where");

  /**
   * The compiled records, in the package of the contract and those below it, that are operators;
   * those of gradients are made of others and listed nowhere.
   */
  private static Set<String> compiled() throws IOException, URISyntaxException {
    Path classes = Path.of(Op.class.getResource("Op.class").toURI()).getParent();
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.contains("-"))
          .map(name -> name.substring(0, name.length() - 6).replace(File.separatorChar, '.'))
          .map(OpsTest::type)
          .filter(type -> Op.class.isAssignableFrom(type) && !type.isInterface())
          .filter(type -> type.getPackage() != SumGradient.class.getPackage())
          .map(Class::getSimpleName)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName("dev.axiomml.core.op." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void every_operator_of_the_packages_is_in_the_catalogue_once() throws Exception {
    List<String> listed = OpCatalog.all().stream().map(e -> e.type().getSimpleName()).toList();
    assertThat(listed).doesNotHaveDuplicates();
    assertThat(compiled()).isNotEmpty().containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  void every_operator_with_a_bound_has_a_sample() {
    Set<String> sampled =
        OpSamples.all().stream()
            .map(s -> s.op().getClass().getSimpleName())
            .collect(Collectors.toSet());
    assertThat(OpCatalog.all())
        .filteredOn(e -> !RunOp.class.isAssignableFrom(e.type()))
        .filteredOn(e -> !NOT_ALL_FLOATS.contains(e.type().getSimpleName()))
        .extracting(e -> e.type().getSimpleName())
        .allMatch(sampled::contains);
  }

  @Test
  void the_family_of_a_line_is_the_most_special_one() {
    for (OpCatalog.Entry entry : OpCatalog.all()) {
      List<OpCatalog.Family> families =
          Stream.of(OpCatalog.Family.values())
              .filter(f -> f.type().isAssignableFrom(entry.type()))
              .toList();
      assertThat(families).as(entry.type().getSimpleName()).contains(entry.family());
      assertThat(entry.family().type())
          .as(entry.type().getSimpleName())
          .matches(t -> families.stream().allMatch(f -> f.type().isAssignableFrom(t)));
    }
  }

  @Test
  void an_operator_from_elsewhere_is_not_built_in() {
    assertThat(OpCatalog.builtIn(new Relu())).isTrue();
    assertThat(OpCatalog.builtIn(new Twice())).isFalse();
  }

  /** Twice its input. */
  private record Twice() implements ScalarOp {
    @Override
    public double value(double x) {
      return 2 * x;
    }

    @Override
    public Optional<ScalarOp> derivative() {
      return Optional.empty();
    }

    @Override
    public CurveAccuracy accuracy() {
      return CurveAccuracy.EXACT;
    }

    @Override
    public Profile profile() {
      return Profile.lines(this);
    }
  }
}
