package dev.axiomml.dsl.setting;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;

/**
 * The settings of a recurrent layer, as PyTorch's {@code LSTM}, {@code GRU} and {@code RNN} have
 * them; batch first.
 *
 * <pre>{@code
 * SequenceFlow x = Axiom.model("reader").input(sequence(50, 64));
 * SequenceFlow y = x.recurrent(RecurrentSettings.lstm(64).layers(2).bothWays());
 * }</pre>
 *
 * @param cell what a step computes
 * @param hidden size of a state, the features that come out of each direction
 * @param layers one after the other, at least 1
 * @param direction forward, or forward and backward side by side
 * @param biased whether there are biases
 */
public record RecurrentSettings(
    Cell cell, int hidden, int layers, Direction direction, boolean biased) {
  /** What a step computes. */
  public enum Cell {
    /** Long short-term memory. */
    LSTM(4),
    /** Gated recurrent unit. */
    GRU(3),
    /** Hyperbolic tangent of a sum. */
    RNN(1),
    /** Rectifier of a sum. */
    RNN_RELU(1);

    private final int gates;

    Cell(int gates) {
      this.gates = gates;
    }

    /** How many sums of input and state a step makes. */
    public int gates() {
      return gates;
    }
  }

  /** Which way time goes. */
  public enum Direction {
    /** From the first step to the last. */
    FORWARD,
    /** Both ways, their features side by side. */
    BOTH
  }

  /** Checks the sizes. */
  public RecurrentSettings {
    if (hidden < 1 || layers < 1) {
      throw new ModelException(
          new Diagnosis(
              "a recurrent layer of " + hidden + " features and " + layers + " layers",
              "Recurrence",
              "a recurrent layer has at least 1 feature and 1 layer",
              "write e.g. lstm(64), or RecurrentSettings.lstm(64).layers(2)"));
    }
  }

  /** One layer of long short-term memory. */
  public static RecurrentSettings lstm(int hidden) {
    return new RecurrentSettings(Cell.LSTM, hidden, 1, Direction.FORWARD, true);
  }

  /** One layer of gated recurrent units. */
  public static RecurrentSettings gru(int hidden) {
    return new RecurrentSettings(Cell.GRU, hidden, 1, Direction.FORWARD, true);
  }

  /** One plain recurrent layer with tanh. */
  public static RecurrentSettings rnn(int hidden) {
    return new RecurrentSettings(Cell.RNN, hidden, 1, Direction.FORWARD, true);
  }

  /** One plain recurrent layer with a rectifier. */
  public static RecurrentSettings rnnRelu(int hidden) {
    return new RecurrentSettings(Cell.RNN_RELU, hidden, 1, Direction.FORWARD, true);
  }

  /** The same, so many layers one after the other. */
  public RecurrentSettings layers(int number) {
    return new RecurrentSettings(cell, hidden, number, direction, biased);
  }

  /** The same in both directions. */
  public RecurrentSettings bothWays() {
    return new RecurrentSettings(cell, hidden, layers, Direction.BOTH, biased);
  }

  /** The same without biases. */
  public RecurrentSettings withoutBias() {
    return new RecurrentSettings(cell, hidden, layers, direction, false);
  }
}
