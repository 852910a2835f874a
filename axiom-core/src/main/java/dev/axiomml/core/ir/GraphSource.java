package dev.axiomml.core.ir;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * What makes the graph of a model anew for arrays of given types: a file that was read once and
 * cannot be expressed for all sizes at the same time.
 *
 * <p>Graphs of one source share their weights: a parameter of a name is the same tensor in each.
 */
@FunctionalInterface
public interface GraphSource {
  /**
   * The training graph for inputs of these types. It has the model's inputs and outputs in their
   * order; only a size or a number of axes of an output may be another than for other types.
   *
   * @param inputs of all inputs, in order; every size of a tensor is a number
   * @throws AxiomException where the file does not run on such arrays, naming the node
   */
  Graph graph(List<Type> inputs);
}
