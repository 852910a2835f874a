package dev.axiomml.core.model;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of the file that a model was read of.
 *
 * @param tensors by the file's names and as they lie there, those that the network does not hold as
 *     parameters among them; empty for a model of no such file
 * @param parameters what the model held when it was read
 */
public record FileWeights(Map<String, Tensor> tensors, List<Parameter> parameters) {
  /** Of no file. */
  public static final FileWeights NONE = new FileWeights(Map.of(), List.of());

  /** Copies both. */
  public FileWeights {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    parameters = List.copyOf(parameters);
  }

  /** Whether there is a file. */
  public boolean isKnown() {
    return !tensors.isEmpty();
  }
}
