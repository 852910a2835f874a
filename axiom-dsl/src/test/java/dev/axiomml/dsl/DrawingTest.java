package dev.axiomml.dsl;

import static dev.axiomml.dsl.Dsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.dsl.zoo.Zoo;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class DrawingTest {
  private static final Model<?> SMALL =
      Axiom.model("a<b & \"c\"")
          .input(image(8, 8, 1))
          .residual(f -> f.conv(1, 3, same()).relu())
          .flatten()
          .dense(2)
          .output(scores(2))
          .build();

  @Test
  void mermaid_draws_every_step_and_every_arrow() {
    assertThat(SMALL.toMermaid())
        .isEqualTo(
            """
            flowchart TD
              b0(["input<br/>N×8×8×1"])
              b1["conv1<br/>Conv, 10 → N×8×8×1"]
              b2["relu1<br/>Relu → N×8×8×1"]
              b3["residual1<br/>Add → N×8×8×1"]
              b4["flatten1<br/>Reshape → N×64"]
              b5["dense1<br/>Dense, 130 → N×2"]
              b6(["output<br/>N×2"])
              b0 --> b1
              b1 --> b2
              b2 --> b3
              b0 --> b3
              b3 --> b4
              b4 --> b5
              b5 --> b6
            """);
  }

  @Test
  void the_picture_is_well_formed_and_always_the_same() throws Exception {
    String svg = SMALL.toSvg();
    assertThat(svg).isEqualTo(SMALL.toSvg());
    Document picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(picture.getElementsByTagName("rect").getLength()).isEqualTo(7);
    assertThat(picture.getElementsByTagName("text").getLength()).isEqualTo(14);
    assertThat(picture.getElementsByTagName("path").getLength()).isEqualTo(7 + 1);
    assertThat(picture.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("a<b & \"c\"");
  }

  @Test
  void a_summary_counts_what_is_learned_and_what_is_not() {
    String text = Zoo.resnet18().build().summary();
    assertThat(text)
        .contains("model resnet18\n", "in   input: float32 N×224×224×3")
        .containsPattern("layer4.1.bn2 +BatchNorm +N×7×7×512 +2,048")
        .contains("11,689,512 parameters, 9,600 running statistics");
  }
}
