package dev.axiomml.interop.pytorch.aten;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.interop.pytorch.aten.calls.AtenTable;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of operators beside PyTorch's own declarations. */
class AtenTableTest {
  static Collection<String> keys() {
    return AtenTable.table().all().keySet();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void a_row_stands_for_an_overload_that_pytorch_has(String key) {
    assertThat(AtenTable.table().overloads(key)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void a_row_spells_arguments_that_pytorch_has(String key) {
    Set<String> declared =
        AtenTable.table().overloads(key).stream()
            .flatMap(schema -> schema.parameters().stream())
            .map(AtenSchema.Parameter::name)
            .collect(Collectors.toSet());
    AtenRows.Row row = AtenTable.table().all().get(key);
    List<String> spelled = Stream.concat(row.spelled().stream(), row.ignored().stream()).toList();

    assertThat(declared).containsAll(spelled);
  }
}
