package dev.axiomml.interop.pytorch.script;

import dev.axiomml.interop.pytorch.aten.Item;
import java.util.List;

/** An expression of TorchScript's source text. */
sealed interface Expression {
  /** A variable, a module of functions or a function. */
  record Name(String text) implements Expression {}

  /** {@code object.name}. */
  record Attribute(Expression object, String name) implements Expression {}

  /** {@code function(arguments)}. */
  record Called(Expression function, List<Given> arguments) implements Expression {
    public Called {
      arguments = List.copyOf(arguments);
    }
  }

  /** An argument; the name is empty where it is given by position. */
  record Given(String name, Expression value) {}

  /** A list or a tuple. */
  record Sequence(List<Expression> elements) implements Expression {
    public Sequence {
      elements = List.copyOf(elements);
    }
  }

  /** A dictionary: keys and values in order. */
  record Pairs(List<Expression> keys, List<Expression> values) implements Expression {
    public Pairs {
      keys = List.copyOf(keys);
      values = List.copyOf(values);
    }
  }

  /** A number, text, boolean or None. */
  record Literal(Item item) implements Expression {}

  /** {@code sequence[index]}. */
  record Element(Expression sequence, Expression index) implements Expression {}

  /** {@code torch.add} as a text; empty when it does not start with a name. */
  default String dotted() {
    if (this instanceof Attribute attribute) {
      String owner = attribute.object().dotted();
      return owner.isEmpty() ? "" : owner + "." + attribute.name();
    }
    return this instanceof Name name ? name.text() : "";
  }
}
