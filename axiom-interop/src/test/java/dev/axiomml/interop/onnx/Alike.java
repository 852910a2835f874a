package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.save.Close;
import dev.axiomml.interop.onnx.save.OtherRuntime;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A node of ONNX Runtime's domain that Axiom and ONNX Runtime both run. */
final class Alike {
  /** How far apart the answers of the two runtimes may be; integers are equal. */
  static final Close CLOSE = new Close(1e-5, 1e-6);

  private final String op;
  private final String domain;
  private final AttributeProto[] settings;
  private final Nodes nodes = Nodes.of();
  private final List<String> names = new ArrayList<>();
  private final List<Tensor> given = new ArrayList<>();
  private String made = "y";

  private Alike(String domain, String op, AttributeProto... settings) {
    this.op = op;
    this.domain = domain;
    this.settings = settings;
  }

  static Alike of(String op, AttributeProto... settings) {
    return new Alike("com.microsoft", op, settings);
  }

  static Alike standard(String op, AttributeProto... settings) {
    return new Alike("", op, settings);
  }

  /** Operands that arrive when the model runs. */
  Alike in(Tensor... tensors) {
    for (Tensor tensor : tensors) {
      names.add("x" + names.size());
      given.add(tensor);
      nodes.input(names.get(names.size() - 1), tensor.type());
    }
    return this;
  }

  /** Operands that the file holds. */
  Alike weight(Tensor... tensors) {
    for (Tensor tensor : tensors) {
      names.add("w" + names.size());
      nodes.weight(names.get(names.size() - 1), tensor);
    }
    return this;
  }

  /** An operand that is left out. */
  Alike none() {
    names.add("");
    return this;
  }

  /** The names of the outputs, {@code -} for one that nobody wants. */
  Alike out(String all) {
    made = all;
    return this;
  }

  private List<String> wanted() {
    return List.of(made.split(" ")).stream().filter(name -> !name.equals("-")).toList();
  }

  private Path file(Path folder) {
    String outputs = made.replace("-", "");
    nodes.foreign(domain, op, outputs + " < " + String.join(" ", names), settings);
    return nodes.write(folder, 21, wanted().toArray(String[]::new));
  }

  /** Both runtimes answer the same; integers are equal. */
  void check(Path folder) throws Exception {
    Path file = file(folder);
    List<Tensor> mine = Onnx.load(file, Layout.AS_FILE).predictAll(given);
    CLOSE.check(mine, OtherRuntime.run(file, given));
  }

  /** What Axiom answers. */
  List<Tensor> answers(Path folder) {
    return Onnx.load(file(folder), Layout.AS_FILE).predictAll(given);
  }

  /** The file is refused with a message that names the node and what is the matter. */
  void isRefused(Path folder, String what) {
    Path file = file(folder);
    assertThatThrownBy(() -> Onnx.load(file, Layout.AS_FILE))
        .isInstanceOfSatisfying(
            ModelImportException.class,
            e -> {
              assertThat(e.diagnosis().what()).contains(what);
              assertThat(e.diagnosis().where()).contains(op + " y");
              assertThat(e.diagnosis().why()).isNotEmpty();
              assertThat(e.diagnosis().fix()).contains(op);
            });
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(op).append(' ').append(given.stream().map(Tensor::type).toList());
    for (AttributeProto setting : settings) {
      text.append(' ').append(setting.getName());
    }
    return text.append(" of seed ").append(Drawn.SEED).toString();
  }
}
