package dev.axiomml.dsl.part;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.recurrent.Gru;
import dev.axiomml.core.op.recurrent.Lstm;
import dev.axiomml.core.op.recurrent.RecurrentForm;
import dev.axiomml.core.op.recurrent.Rnn;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.dsl.recipe.LayerPosition;
import dev.axiomml.dsl.recipe.OperatorPart;
import dev.axiomml.dsl.recipe.WeightDraft;
import dev.axiomml.dsl.setting.RecurrentSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Recurrent layers put together, with PyTorch's names below the layer: {@code weight_ih_l0}. */
public final class RecurrentParts {
  private final RecurrentSettings settings;

  public RecurrentParts(RecurrentSettings settings) {
    this.settings = settings;
  }

  public String kind() {
    return settings.cell().name().toLowerCase(Locale.ROOT).replace("_relu", "");
  }

  /** All layers and directions. */
  public LayerPosition on(LayerPosition x, LayerPosition... state) {
    LayerPosition at = x;
    for (int layer = 0; layer < settings.layers(); layer++) {
      LayerPosition forward = direction(at, "_l" + layer, false, state);
      at =
          settings.direction() == RecurrentSettings.Direction.FORWARD
              ? forward
              : forward.op(
                  "concat", new Concat(-1), direction(at, "_l" + layer + "_reverse", true));
    }
    return at;
  }

  private LayerPosition direction(
      LayerPosition x, String suffix, boolean reverse, LayerPosition... state) {
    return x.add(kind(), in -> part(in, suffix, reverse), state);
  }

  private OperatorPart part(Type in, String suffix, boolean reverse) {
    int hidden = settings.hidden();
    int wide = settings.cell().gates() * hidden;
    WeightDraft.Uniform start = new WeightDraft.Uniform(1 / Math.sqrt(hidden));
    List<Integer> swapped = List.of(1, 0);
    List<WeightDraft> weights = new ArrayList<>();
    Shape input = Shape.of(in.shape().dim(-1), Dim.of(wide));
    weights.add(new WeightDraft("^weight_ih" + suffix, input, swapped, start));
    weights.add(new WeightDraft("^weight_hh" + suffix, Shape.of(hidden, wide), swapped, start));
    if (settings.biased()) {
      weights.add(WeightDraft.of("^bias_ih" + suffix, Shape.of(wide), start));
      weights.add(WeightDraft.of("^bias_hh" + suffix, Shape.of(wide), start));
    }
    return new OperatorPart(kind(), weights, types -> out(types.get(0), hidden), op(reverse));
  }

  /** The steps' answers and the last state of each kind. */
  private List<Type> out(Type in, int hidden) {
    Type last = Type.of(Shape.of(in.shape().dim(0), Dim.of(hidden)), in.dtype());
    List<Type> types =
        new ArrayList<>(List.of(Type.of(in.shape().with(-1, Dim.of(hidden)), in.dtype()), last));
    if (settings.cell() == RecurrentSettings.Cell.LSTM) {
      types.add(last);
    }
    return types;
  }

  private Op op(boolean reverse) {
    RecurrentForm form = new RecurrentForm(settings.biased(), reverse);
    return switch (settings.cell()) {
      case LSTM -> new Lstm(form);
      case GRU -> new Gru(form, true);
      case RNN -> new Rnn(form, false);
      case RNN_RELU -> new Rnn(form, true);
    };
  }
}
