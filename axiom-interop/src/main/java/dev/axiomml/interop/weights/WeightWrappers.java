package dev.axiomml.interop.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What training programs put around a model's weights. */
final class WeightWrappers {
  /** Keys of a checkpoint that hold the weights, the surest first. */
  private static final List<String> KEYS =
      List.of(
          "state_dict",
          "model_state_dict",
          "model_state",
          "model",
          "net",
          "network",
          "ema",
          "model_ema",
          "params_ema",
          "params",
          "weights");

  /** Attributes under which a model is kept by what wraps it. */
  private static final List<String> PREFIXES = List.of("module.", "_orig_mod.", "model.", "net.");

  private WeightWrappers() {}

  /** Descends into the first container of the checkpoint that is known to hold weights. */
  static StateDict unwrapped(StateDict all) {
    Set<String> containers =
        all.entries().stream()
            .filter(entry -> entry.keys().size() > 1)
            .map(entry -> entry.keys().get(0))
            .collect(Collectors.toSet());
    return KEYS.stream()
        .filter(containers::contains)
        .findFirst()
        .map(key -> unwrapped(inside(all, key)))
        .orElse(all);
  }

  private static StateDict inside(StateDict all, String key) {
    return StateDict.of(
        all.place(),
        all.entries().stream()
            .filter(entry -> entry.keys().size() > 1 && entry.keys().get(0).equals(key))
            .map(
                entry ->
                    new StateDict.Entry(
                        entry.keys().subList(1, entry.keys().size()), entry.tensor()))
            .toList());
  }

  static List<StateDict> spellings(StateDict all) {
    List<StateDict> spellings = new ArrayList<>();
    StateDict now = all.weights();
    spellings.add(now);
    for (String prefix = shared(now); !prefix.isEmpty(); prefix = shared(now)) {
      now = without(now, prefix.length());
      spellings.add(now);
    }
    spellings.add(all);
    return spellings;
  }

  private static String shared(StateDict dict) {
    return PREFIXES.stream()
        .filter(prefix -> dict.size() > 0)
        .filter(prefix -> dict.names().stream().allMatch(name -> name.startsWith(prefix)))
        .findFirst()
        .orElse("");
  }

  private static StateDict without(StateDict dict, int length) {
    return StateDict.of(
        dict.place(),
        dict.entries().stream()
            .map(e -> new StateDict.Entry(List.of(e.name().substring(length)), e.tensor()))
            .toList());
  }
}
