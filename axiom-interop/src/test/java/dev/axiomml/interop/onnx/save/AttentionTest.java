package dev.axiomml.interop.onnx.save;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.norm.Attention;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.interop.pytorch.PyTorch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttentionTest {
  private static final Path FIXTURE =
      Path.of("src/test/resources/dev/axiomml/interop/pytorch/encoder");

  @TempDir Path folder;

  private static List<Attention> attentions(Model<?> model) {
    return model.graph().nodes().stream()
        .map(Node::op)
        .filter(Attention.class::isInstance)
        .map(Attention.class::cast)
        .toList();
  }

  @Test
  void an_encoder_keeps_its_attention_on_the_way_out_and_in() throws Exception {
    Model<?> encoder = PyTorch.load(FIXTURE.resolve("module.pt"));
    Path file = folder.resolve("encoder.onnx");
    Onnx.save(encoder, file);
    Model<?> again = Onnx.load(file);
    assertThat(attentions(encoder)).isNotEmpty();
    assertThat(attentions(again)).hasSameSizeAs(attentions(encoder));
    assertThat(again.graph().nodes()).noneMatch(node -> node.op() instanceof Softmax);
    List<Tensor> in = List.of(Npy.read(FIXTURE.resolve("input_0.npy")));
    Close.AGAIN.check(again.predictAll(in), encoder.predictAll(in));
    Close.ELSEWHERE.check(OtherRuntime.run(file, in), encoder.predictAll(in));
  }

  @Test
  void predictions_and_proofs_take_it_in_its_parts() {
    Model<?> encoder = PyTorch.load(FIXTURE.resolve("module.pt"));
    assertThat(encoder.inference().nodes()).noneMatch(node -> node.op() instanceof Attention);
    long softmaxes =
        encoder.inference().nodes().stream().filter(n -> n.op() instanceof Softmax).count();
    assertThat(softmaxes).isEqualTo(attentions(encoder).size());
  }
}
