package dev.axiomml.interop.pytorch.script;

import java.util.List;

/** A statement of TorchScript's source text. */
sealed interface Statement {
  /** Where it begins, from 1. */
  int line();

  /** {@code a, b = value}, one target for each equals sign's left side; none for a call alone. */
  record Assign(int line, List<Expression> targets, boolean spread, Expression value)
      implements Statement {
    public Assign {
      targets = List.copyOf(targets);
    }
  }

  /** {@code if}. */
  record Branch(int line, Expression condition, List<Statement> then, List<Statement> otherwise)
      implements Statement {
    public Branch {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /** {@code for name in sequence}. */
  record For(int line, Expression target, Expression sequence, List<Statement> body)
      implements Statement {
    public For {
      body = List.copyOf(body);
    }
  }

  /** {@code while}. */
  record While(int line, Expression condition, List<Statement> body) implements Statement {
    public While {
      body = List.copyOf(body);
    }
  }

  /** {@code return}. */
  record Return(int line, Expression value) implements Statement {}

  /** {@code pass}, and declarations without a value. */
  record Pass(int line) implements Statement {}
}
