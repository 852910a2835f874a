package dev.axiomml.interop.pytorch.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that a layer's row does not read are refused, unless they say nothing. */
class LayerSettingsTest {
  private static final AtenItem WEIGHT =
      new AtenItem.Weight(new Parameter("weight", Tensor.full(Shape.of(4, 2), 1)));

  private static void add(String type, Map<String, AtenItem> settings) {
    Map<String, AtenItem> fields = new HashMap<>(Map.of("weight", WEIGHT));
    List.of("kernel_size", "stride", "output_size", "padding")
        .forEach(
            name -> {
              if (type.contains("Pool")) {
                fields.put(name, AtenItem.of(type.startsWith("Adaptive") ? 1 : 2));
              }
            });
    fields.remove(type.startsWith("Adaptive") ? "kernel_size" : "output_size");
    if (type.startsWith("Adaptive")) {
      List.of("stride", "padding").forEach(fields::remove);
    }
    if (!type.equals("Embedding")) {
      fields.remove("weight");
    }
    fields.putAll(settings);
    new LayerChain("input").add(new TorchLayer("0", type, fields));
  }

  @ParameterizedTest
  @CsvSource({
    "Embedding,max_norm",
    "MaxPool2d,return_indices",
    "AdaptiveMaxPool2d,return_indices",
    "MaxPool2d,divisor_override",
    "AvgPool1d,divisor_override",
    "ReLU6,max_val",
    "ReLU,a_setting_of_the_future"
  })
  void a_setting_that_no_row_reads_is_refused(String type, String name) {
    var error =
        catchThrowableOfType(
            ModelImportException.class,
            () ->
                add(
                    type,
                    Map.of(
                        name,
                        name.equals("return_indices") ? new AtenItem.Flag(true) : AtenItem.of(1))));

    assertThat(error.diagnosis().what())
        .contains("setting " + name + " of " + type + " is not read");
    assertThat(error.diagnosis().where()).isEqualTo("layer 0 (" + type + ")");
    assertThat(error.diagnosis().why()).contains("lost in silence");
    assertThat(error.diagnosis().fix()).contains("torch.export.save");
  }

  @Test
  void settings_that_say_nothing_are_taken() {
    assertThatCode(
            () -> {
              add(
                  "Embedding",
                  Map.of("max_norm", AtenItem.NOTHING, "norm_type", new AtenItem.Real(2)));
              add("MaxPool2d", Map.of("return_indices", new AtenItem.Flag(false)));
              add("ReLU", Map.of("inplace", new AtenItem.Flag(true)));
            })
        .doesNotThrowAnyException();
  }
}
