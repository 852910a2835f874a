package dev.axiomml.interop.pytorch.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.pytorch.PyTorch;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts whose forward is written here; modules and weights are those of a real file. */
class FollowedScriptTest {
  private static final String ROOT = "___torch_mangle_27.py";
  private static final Path SCRIPT =
      Needs.repositoryRoot()
          .resolve("axiom-interop/src/test/resources/dev/axiomml/interop/pytorch/cnn/script.pt");

  private static final InputSpec THREE = InputSpec.of(Shape.of(3));

  @TempDir Path folder;

  @Test
  void numbers_lists_loops_and_branches_are_decided_at_import() throws IOException {
    Model<?> model =
        load(
            """
                sizes = annotate(List[int], [])
                for i in range(3):
                  _0 = torch.append(sizes, torch.mul(i, 2))
                n = 0
                while torch.lt(n, 2):
                  n = torch.add(n, 1)
                if torch.eq(torch.len(sizes), 3):
                  k = float(torch.add(sizes[2], n))
                else:
                  ops.prim.RaiseException("never")
                a, b, = (k, {"one": 1.})
                return torch.add(torch.mul(x, a), b["one"])
            """);

    assertThat(run(model)).containsExactly(7.0, 13.0, 19.0);
  }

  @Test
  void overwriting_a_tensor_is_seen_through_its_other_name() throws IOException {
    Model<?> model =
        load(
            """
                y = torch.mul(x, 2)
                z = y
                _0 = torch.add_(y, 1)
                return torch.mul(z, 10)
            """);

    assertThat(run(model)).containsExactly(30.0, 50.0, 70.0);
  }

  @Test
  void a_check_of_a_size_is_learned() throws IOException {
    Model<?> model =
        load(
            """
                if torch.ne(torch.size(x, 1), 3):
                  ops.prim.RaiseException("three")
                else:
                  pass
                return torch.neg(x)
            """,
            InputSpec.of(Shape.of(Dim.symbol("W"))));

    assertThat(model.signature().inputs().get(0).type().shape().dim(1).value()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "while True:;  pass;return x | more than 2000000 steps",
        "for i in range(9000000000):;  pass;return x | more than 2000000 steps",
        "return (self).forward(x, ) | nested deeper",
        "if torch.gt(torch.sum(x), 0):;  return x;else:;  return torch.neg(x) | elements of a"
            + " tensor",
        "if torch.gt(torch.size(x, 0), 7):;  return x;else:;  return torch.neg(x) | N gt 7 decides",
        "return os.system(x) | name os is not known",
        "return __torch__.os.system(x) | function __torch__.os.system is not known",
        "return torch.hub_load(x) | torch.hub_load",
        "return self.missing | attribute missing",
        "return 99999999999999999999999999 | a number of 26 characters",
        "return \"open | text without an end",
        "return (x | was expected",
        "raise x | statement raise",
        "self.weight = x;return x | attribute is changed",
        "a, b, = [x];return a | 1 values for 2 names",
        "l = [x];for i in range(40):;  l = [l, l];return torch.cat(l) | more than 2000000 steps",
        "l = [x];for i in range(40):;  l = torch.add(l, l);return torch.cat(l) | a list of more"
            + " than",
        "ops.prim.RaiseException(\"no\");return x | the model itself refuses",
      })
  @Timeout(20)
  void hostile_and_unknown_source_is_refused_with_its_line(String body, String said) {
    String text = "    " + body.replace(";", "\n    ") + "\n";

    assertThatThrownBy(() -> load(text))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining(said)
        .hasMessageContaining("script.pt");
  }

  @Test
  @Timeout(20)
  void deep_nesting_is_refused() {
    String deep = "    return " + "(".repeat(100_000) + "x" + ")".repeat(100_000) + "\n";
    String long1 = "    return x" + ".a".repeat(100_000) + "\n";
    StringBuilder branches = new StringBuilder();
    for (int i = 1; i < 3000; i++) {
      branches.append("  ".repeat(i + 1)).append("if True:\n");
    }

    assertThatThrownBy(() -> load(deep)).hasMessageContaining("nested deeper than 100");
    assertThatThrownBy(() -> load(long1)).hasMessageContaining("steps in one expression");
    assertThatThrownBy(() -> load(branches + " pass\n")).hasMessageContaining("indentation");
  }

  @Test
  void an_error_shows_file_line_and_source_line() {
    assertThatThrownBy(() -> load("    y = torch.neg(x)\n    return nobody\n"))
        .hasMessageContaining("name nobody is not known here: return nobody")
        .hasMessageContaining(ROOT + " › line 6");
  }

  private double[] run(Model<?> model) {
    return model.predict(Tensor.of(Shape.of(1, 3), 1, 2, 3)).toDoubles();
  }

  private Model<?> load(String body) throws IOException {
    return load(body, THREE);
  }

  /** The real script with another forward. */
  private Model<?> load(String body, InputSpec told) throws IOException {
    String source =
        "class Sequential(Module):\n"
            + "  training : bool\n"
            + "  def forward(self: __torch__.Sequential,\n"
            + "    x: Tensor) -> Tensor:\n"
            + (body.startsWith("    ") ? body : body.indent(4));
    Path file = folder.resolve("script.pt");
    try (ZipFile zip = new ZipFile(SCRIPT.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.setLevel(Deflater.NO_COMPRESSION);
      for (ZipEntry entry : Collections.list(zip.entries())) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        boolean root = entry.getName().endsWith(ROOT);
        out.write(
            root
                ? source.getBytes(StandardCharsets.UTF_8)
                : zip.getInputStream(entry).readAllBytes());
        out.closeEntry();
      }
    }
    return PyTorch.load(file, told);
  }
}
