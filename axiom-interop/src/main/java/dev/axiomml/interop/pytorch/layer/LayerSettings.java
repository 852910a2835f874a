package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings of PyTorch's layers that say nothing where a layer's row does not read them. */
final class LayerSettings {
  /** Sizes and switches that the shapes of the weights, or their absence, say again. */
  private static final Set<String> IMPLIED =
      Set.of(
          "in_features",
          "out_features",
          "in_channels",
          "out_channels",
          "num_features",
          "num_channels",
          "num_parameters",
          "num_embeddings",
          "embedding_dim",
          "affine",
          "elementwise_affine",
          "_reversed_padding_repeated_twice");

  /** What only training, gradients, memory or texts for people go by. */
  private static final Set<String> ASIDE =
      Set.of(
          "training",
          "type",
          "name",
          "inplace",
          "momentum",
          "init",
          "num_batches_tracked",
          "padding_idx",
          "scale_grad_by_freq",
          "sparse");

  /** What says nothing at one value only, by name, or by class and name. */
  private static final Map<String, AtenItem> STANDARD =
      Map.ofEntries(
          Map.entry("max_norm", AtenItem.NOTHING),
          Map.entry("norm_type", new AtenItem.Real(2)),
          Map.entry("return_indices", new AtenItem.Flag(false)),
          Map.entry("padding_mode", new AtenItem.Text("zeros")),
          Map.entry("transposed", new AtenItem.Flag(false)),
          Map.entry("output_padding", AtenItem.of(0)),
          Map.entry("ReLU6.min_val", new AtenItem.Real(0)),
          Map.entry("ReLU6.max_val", new AtenItem.Real(6)),
          Map.entry("ConvTranspose1d.transposed", new AtenItem.Flag(true)),
          Map.entry("ConvTranspose2d.transposed", new AtenItem.Flag(true)),
          Map.entry("ConvTranspose3d.transposed", new AtenItem.Flag(true)));

  private static final Set<String> STATISTICS =
      Set.of("BatchNorm", "BatchNorm1d", "BatchNorm2d", "BatchNorm3d");

  private static final List<String> TENSORS =
      List.of("weight", "bias", "running_mean", "running_var");

  private LayerSettings() {}

  /** Whether a setting that was not read changes nothing of what a layer predicts. */
  static boolean saysNothing(String type, String name, AtenItem item) {
    boolean aside = IMPLIED.contains(name) || ASIDE.contains(name) || isMachinery(name);
    boolean absent = TENSORS.contains(name) && item instanceof AtenItem.Nothing;
    boolean kept = name.equals("track_running_stats") && STATISTICS.contains(type);
    AtenItem standard = STANDARD.getOrDefault(type + "." + name, STANDARD.get(name));
    return aside || absent || kept || (standard != null && isEvery(item, standard));
  }

  /** What every module keeps for itself; hooks are looked for where modules are read. */
  private static boolean isMachinery(String name) {
    return name.startsWith("_");
  }

  private static boolean isEvery(AtenItem item, AtenItem standard) {
    return item instanceof AtenItem.Many many
        ? many.items().stream().allMatch(standard::equals)
        : item.equals(standard);
  }
}
