package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.file.ModuleTree;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Attention and what is built of it: torch.nn's encoder, torchvision's vision transformer. */
final class TransformerForwards {
  private static final String ATTENTION = "torch.nn.modules.activation.MultiheadAttention";

  /** Says with which activation the layer may run as one fused kernel: 1 relu, 2 gelu, 0 none. */
  private static final String FUSED = "activation_relu_or_gelu";

  /** Modules that change nothing of what is predicted. */
  private static final Set<String> DROPPING =
      Set.of("torch.nn.modules.dropout.Dropout", "torch.nn.modules.linear.Identity");

  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "torch.nn.functional.relu", "relu",
          "torch.nn.functional.gelu", "gelu",
          "torch._C._nn.gelu", "gelu");

  private TransformerForwards() {}

  static void into(Map<String, KnownForwards.Row> to) {
    to.put("torch.nn.modules.transformer.TransformerEncoder", TransformerForwards::encoder);
    to.put("torch.nn.modules.transformer.TransformerEncoderLayer", TransformerForwards::layer);
    to.put(ATTENTION, TransformerForwards::alone);
    String vision = "torchvision.models.vision_transformer.";
    to.put(vision + "VisionTransformer", TransformerForwards::vision);
    to.put(vision + "Encoder", TransformerForwards::visionEncoder);
    to.put(vision + "EncoderBlock", TransformerForwards::visionBlock);
  }

  private static void encoder(ModuleBody body) {
    ModuleBody layers = inside(body, "layers");
    layers.throughAll();
    if (body.has("norm")) {
      body.through("norm");
    }
  }

  private static ModuleBody inside(ModuleBody body, String child) {
    return new ModuleBody(body.child(child), body.below(child), body.chain(), body.children());
  }

  private static void layer(ModuleBody body) {
    AtenItem.Ref x = body.value();
    boolean before = body.flag("norm_first", false);
    requireOneMeaning(body);
    opening(attending(body, "self_attn"));
    if (before) {
      body.through("norm1");
    }
    AtenItem.Ref attended = attended(body, "self_attn");
    AtenItem.Ref first = body.plus(x, attended);
    AtenItem.Ref middle = before ? first : body.through("norm1");
    body.from(middle);
    if (before) {
      body.through("norm2");
    }
    body.through("linear1");
    activated(body);
    AtenItem.Ref second = body.plus(middle, body.through("linear2"));
    if (!before) {
      body.from(second).through("norm2");
    }
  }

  /**
   * Refuses a layer that PyTorch runs in two ways that differ: its fused kernel goes by what the
   * layer was made with, and drops nothing.
   */
  private static void requireOneMeaning(ModuleBody body) {
    for (String name : List.of("dropout", "dropout1", "dropout2")) {
      if (body.has(name) && !DROPPING.contains(name(body.child(name).type()))) {
        throw body.wrong("a " + name(body.child(name).type()) + " instead of " + name);
      }
    }
    long fused = body.tree().attribute(FUSED).isPresent() ? body.whole(FUSED) : 0;
    if (fused != 0 && !activation(body).equals(fused == 1 ? "relu" : "gelu")) {
      throw body.wrong(
          "activation %s of a layer that was made for %s"
              .formatted(activation(body), fused == 1 ? "relu" : "gelu"));
    }
  }

  /** The name of the function between the two linear layers; empty where a module is of another. */
  private static String activation(ModuleBody body) {
    if (!body.has("activation")) {
      return body.tree()
          .attribute("activation")
          .map(
              value -> value instanceof PyValue.Global g ? FUNCTIONS.getOrDefault(name(g), "") : "")
          .orElse("relu");
    }
    ModuleTree module = body.child("activation");
    String type = name(module.type());
    boolean exact =
        type.equals("torch.nn.modules.activation.GELU")
            && module.attribute("approximate").stream()
                .allMatch(value -> value.equals(new PyValue.Text("none")));
    return exact ? "gelu" : type.equals("torch.nn.modules.activation.ReLU") ? "relu" : "";
  }

  private static String name(PyValue.Global type) {
    return type.module() + "." + type.name();
  }

  /** The function or module between the two linear layers. */
  private static void activated(ModuleBody body) {
    if (body.has("activation")) {
      body.through("activation");
      return;
    }
    if (activation(body).isEmpty()) {
      throw body.wrong("activation " + body.tree().attribute("activation"));
    }
    body.call(activation(body));
  }

  /** What the input looks like where attention comes first. */
  private static void opening(ModuleBody attention) {
    Dim width = Dim.of(attention.whole("embed_dim"));
    Dim batch = Dim.symbol("N");
    Dim time = Dim.symbol("T");
    boolean first = attention.flag("batch_first", false);
    attention
        .chain()
        .opens(Type.float32(first ? Shape.of(batch, time, width) : Shape.of(time, batch, width)));
  }

  /** Attention that is never called with one value as queries, keys and values. */
  private static void alone(ModuleBody body) {
    throw body.wrong("attention takes queries, keys and values, and answers two tensors");
  }

  /** A child that must be attention, without hooks. */
  private static ModuleBody attending(ModuleBody body, String child) {
    ModuleBody attention = inside(body, child);
    if (!name(attention.tree().type()).equals(ATTENTION)) {
      throw attention.wrong("no " + ATTENTION);
    }
    ModuleReader.requireUnhooked(attention.tree(), attention.path());
    return attention;
  }

  /** What a child makes of the value so far as its queries, keys and values. */
  private static AtenItem.Ref attended(ModuleBody body, String child) {
    attention(attending(body, child));
    return body.value();
  }

  /** Self-attention: queries, keys and values are the value so far. */
  private static void attention(ModuleBody body) {
    requirePlain(body);
    opening(body);
    boolean first = body.flag("batch_first", false);
    if (!first) {
      swapped(body);
    }
    AtenItem.Ref all =
        body.call("linear", body.weight("in_proj_weight"), body.weight("in_proj_bias"));
    AtenItem.Ref parts = body.from(all).call("chunk", AtenItem.of(3), AtenItem.of(-1));
    AtenItem.Ref query = heads(body, parts, 0);
    AtenItem.Ref key = heads(body, parts, 1);
    AtenItem.Ref value = heads(body, parts, 2);
    body.call("scaled_dot_product_attention", List.of(query, key, value));
    swapped(body, -3, -2);
    body.call("flatten", AtenItem.of(-2));
    body.through("out_proj");
    if (!first) {
      swapped(body);
    }
  }

  /** Time first and batch first; of one sequence without a batch that is refused. */
  private static void swapped(ModuleBody body) {
    swapped(body, -3, -2);
  }

  private static void swapped(ModuleBody body, int first, int second) {
    body.call("transpose", AtenItem.of(first), AtenItem.of(second));
  }

  private static AtenItem.Ref heads(ModuleBody body, AtenItem.Ref parts, int which) {
    body.from(parts).call("_operator.getitem", AtenItem.of(which));
    AtenItem sizes = AtenItem.of(List.of((int) body.whole("num_heads"), -1));
    body.call("unflatten", AtenItem.of(-1), sizes);
    swapped(body, -3, -2);
    return body.value();
  }

  private static void requirePlain(ModuleBody body) {
    boolean joined = body.tree().parameters().containsKey("in_proj_weight");
    boolean added = body.tree().parameters().containsKey("bias_k");
    if (!joined || added || body.flag("add_zero_attn", false)) {
      throw body.wrong("attention with other widths of keys, or with keys of its own");
    }
  }

  /** Patches as a sequence behind the class token. */
  private static void vision(ModuleBody body) {
    AtenItem.Ref x = body.through("conv_proj");
    body.call("flatten", AtenItem.of(2));
    AtenItem.Ref patches = body.call("transpose", AtenItem.of(1), AtenItem.of(2));
    AtenItem.Ref batch = body.from(x).call("size", AtenItem.of(0));
    body.callOn(
        "expand",
        body.weight("class_token"),
        new AtenItem.Many(List.of(batch, AtenItem.of(-1), AtenItem.of(-1))));
    body.cat(body.value(), patches);
    body.through("encoder");
    body.call("select", AtenItem.of(1), AtenItem.of(0));
    body.through("heads");
  }

  private static void visionEncoder(ModuleBody body) {
    body.call("add", body.weight("pos_embedding"));
    body.through("dropout");
    inside(body, "layers").throughAll();
    body.through("ln");
  }

  private static void visionBlock(ModuleBody body) {
    AtenItem.Ref x = body.value();
    body.through("ln_1");
    attended(body, "self_attention");
    AtenItem.Ref first = body.plus(body.through("dropout"), x);
    body.plus(first, body.through("ln_2", "mlp"));
  }
}
