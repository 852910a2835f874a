package dev.axiomml.interop.pytorch.script;

import java.util.List;

/** A statement of TorchScript's source text. */
sealed interface ScriptStatement {
  /** Where it begins, from 1. */
  int line();

  /** {@code a, b = value}, one target for each equals sign's left side; none for a call alone. */
  record Assign(int line, List<ScriptExpression> targets, boolean spread, ScriptExpression value)
      implements ScriptStatement {
    public Assign {
      targets = List.copyOf(targets);
    }
  }

  /** {@code if}. */
  record Branch(
      int line,
      ScriptExpression condition,
      List<ScriptStatement> then,
      List<ScriptStatement> otherwise)
      implements ScriptStatement {
    public Branch {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /** {@code for name in sequence}. */
  record For(
      int line, ScriptExpression target, ScriptExpression sequence, List<ScriptStatement> body)
      implements ScriptStatement {
    public For {
      body = List.copyOf(body);
    }
  }

  /** {@code while}. */
  record While(int line, ScriptExpression condition, List<ScriptStatement> body)
      implements ScriptStatement {
    public While {
      body = List.copyOf(body);
    }
  }

  /** {@code return}. */
  record Return(int line, ScriptExpression value) implements ScriptStatement {}

  /** {@code pass}, and declarations without a value. */
  record Pass(int line) implements ScriptStatement {}
}
