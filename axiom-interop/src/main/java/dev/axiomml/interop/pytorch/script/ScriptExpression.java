package dev.axiomml.interop.pytorch.script;

import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.List;

/** An expression of TorchScript's source text. */
sealed interface ScriptExpression {
  /** A variable, a module of functions or a function. */
  record Name(String text) implements ScriptExpression {}

  /** {@code object.name}. */
  record Attribute(ScriptExpression object, String name) implements ScriptExpression {}

  /** {@code function(arguments)}. */
  record Called(ScriptExpression function, List<Given> arguments) implements ScriptExpression {
    public Called {
      arguments = List.copyOf(arguments);
    }
  }

  /** An argument; the name is empty where it is given by position. */
  record Given(String name, ScriptExpression value) {}

  /** A list or a tuple. */
  record Sequence(List<ScriptExpression> elements) implements ScriptExpression {
    public Sequence {
      elements = List.copyOf(elements);
    }
  }

  /** A dictionary: keys and values in order. */
  record Pairs(List<ScriptExpression> keys, List<ScriptExpression> values)
      implements ScriptExpression {
    public Pairs {
      keys = List.copyOf(keys);
      values = List.copyOf(values);
    }
  }

  /** A number, text, boolean or None. */
  record Literal(AtenItem item) implements ScriptExpression {}

  /** {@code sequence[index]}. */
  record Element(ScriptExpression sequence, ScriptExpression index) implements ScriptExpression {}

  /** {@code torch.add} as a text; empty when it does not start with a name. */
  default String dotted() {
    if (this instanceof Attribute attribute) {
      String owner = attribute.object().dotted();
      return owner.isEmpty() ? "" : owner + "." + attribute.name();
    }
    return this instanceof Name name ? name.text() : "";
  }
}
