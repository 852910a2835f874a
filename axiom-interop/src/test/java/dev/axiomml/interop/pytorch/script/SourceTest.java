package dev.axiomml.interop.pytorch.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TorchScript's source text, taken apart. */
class SourceTest {
  @Test
  void a_class_has_fields_constants_and_methods() {
    DeclaredClass type =
        source(
                """
                class Net(Module):
                  __parameters__ = ["weight", ]
                  __annotations__ = []
                  __annotations__["0"] = __torch__.A
                  weight : Tensor
                  eps : Final[float] = 1.0e-05
                  def forward(self: __torch__.Net,
                    x: Tensor,
                    mask: Optional[Tensor]=None) -> Tuple[Tensor, int]:
                    a, b, = torch.split(x, [1, -2], dim=1)
                    return (a, b)
                """)
            .type("Net")
            .orElseThrow();

    assertThat(type.base()).isEqualTo("Module");
    assertThat(type.fields()).containsExactly("weight", "eps");
    assertThat(type.constants().get("eps"))
        .isEqualTo(new ScriptExpression.Literal(new AtenItem.Real(1e-5)));
    ScriptMethod forward = type.methods().get("forward");
    assertThat(forward.parameters().stream().map(ScriptMethod.Parameter::type))
        .containsExactly("__torch__.Net", "Tensor", "Optional");
    assertThat(forward.body()).hasSize(2);
    assertThat(((ScriptStatement.Assign) forward.body().get(0)).targets()).hasSize(2);
    assertThat(forward.body().get(1).line()).isEqualTo(11);
  }

  @Test
  void a_last_line_of_spaces_is_no_line() {
    assertThat(
            source("class Net(Module):\n  weight : Tensor\n   ").type("Net").orElseThrow().fields())
        .containsExactly("weight");
  }

  @Test
  void branches_and_loops_nest_by_indentation() {
    List<ScriptStatement> body =
        source(
                """
                def f(x: Tensor) -> Tensor:
                  for i in range(3):
                    if True:
                      pass
                    elif False:
                      y : Optional[int] = 1
                    else:
                      while i:
                        pass
                  return x
                """)
            .function("f")
            .orElseThrow()
            .body();

    ScriptStatement.For loop = (ScriptStatement.For) body.get(0);
    ScriptStatement.Branch branch = (ScriptStatement.Branch) loop.body().get(0);
    ScriptStatement.Branch second = (ScriptStatement.Branch) branch.otherwise().get(0);
    assertThat(second.otherwise().get(0)).isInstanceOf(ScriptStatement.While.class);
    assertThat(body).hasSize(2);
  }

  @Test
  void texts_keep_what_their_escapes_stand_for() {
    assertThat(literal("\"don\\'t\\n{}\"")).isEqualTo(new AtenItem.Text("don't\n{}"));
    assertThat(literal("-inf")).isEqualTo(new AtenItem.Real(Double.NEGATIVE_INFINITY));
    assertThat(literal("-9223372036854775807")).isEqualTo(AtenItem.of(-9223372036854775807L));
    assertThat(literal("2.")).isEqualTo(new AtenItem.Real(2));
    assertThat(literal(".5e-3")).isEqualTo(new AtenItem.Real(.5e-3));
  }

  @Test
  void what_is_not_of_the_language_is_refused_with_its_line() {
    assertThatThrownBy(() -> source("def f(x: Tensor):\n  import os\n"))
        .hasMessageContaining("statement import: import os")
        .hasMessageContaining("net.py › line 2");
    assertThatThrownBy(() -> source("class A(Module)\n")).hasMessageContaining("':' was expected");
    assertThatThrownBy(() -> source("x = $y\n")).hasMessageContaining("character 36");
    assertThatThrownBy(() -> source("x = (y]\n")).hasMessageContaining("')' was expected");
  }

  private static AtenItem literal(String text) {
    ScriptMethod f = source("def f():\n  return " + text + "\n").function("f").orElseThrow();
    return ((ScriptExpression.Literal) ((ScriptStatement.Return) f.body().get(0)).value()).item();
  }

  private static ScriptSource source(String text) {
    return ScriptSource.of(text, new FilePlace("net.py"));
  }
}
