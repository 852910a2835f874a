package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The variables of one method while it is followed. */
final class MethodFrame {
  private final ScriptEvaluation evaluation;
  private final ScriptEvaluation.Site site;
  private final Map<String, ScriptValue> variables = new HashMap<>();
  private final ExpressionReading reading;
  private int line;

  MethodFrame(ScriptEvaluation evaluation, ScriptEvaluation.Site site) {
    this.evaluation = evaluation;
    this.site = site;
    this.line = site.method().line();
    this.reading = new ExpressionReading(this);
  }

  ScriptEvaluation evaluation() {
    return evaluation;
  }

  CallRecording recording() {
    return evaluation.recording();
  }

  ScriptValue.Member self() {
    return site.self();
  }

  Optional<ScriptValue> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  void bind(ScriptMethod.Parameter parameter, Optional<ScriptValue> given) {
    ScriptValue value =
        given
            .or(() -> parameter.standard().map(reading::evaluate))
            .orElseThrow(() -> unknown("a call without argument " + parameter.name()));
    variables.put(parameter.name(), value);
  }

  /** Follows statements; what they return, if they do. */
  Optional<ScriptValue> run(List<ScriptStatement> block) {
    for (ScriptStatement statement : block) {
      Optional<ScriptValue> returned = run(statement);
      if (returned.isPresent()) {
        return returned;
      }
    }
    return Optional.empty();
  }

  private Optional<ScriptValue> run(ScriptStatement statement) {
    line = statement.line();
    evaluation.tick(this, 1);
    if (statement instanceof ScriptStatement.Return end) {
      return Optional.of(reading.evaluate(end.value()));
    }
    if (statement instanceof ScriptStatement.Branch branch) {
      return run(new BranchChoice(this).side(branch, reading.evaluate(branch.condition())));
    }
    if (statement instanceof ScriptStatement.While loop) {
      return loop(loop);
    }
    if (statement instanceof ScriptStatement.For loop) {
      return loop(loop);
    }
    if (statement instanceof ScriptStatement.Assign assign) {
      assign(assign, reading.evaluate(assign.value()));
    }
    return Optional.empty();
  }

  private Optional<ScriptValue> loop(ScriptStatement.While loop) {
    while (new BranchChoice(this).truth(reading.evaluate(loop.condition()))) {
      Optional<ScriptValue> returned = run(loop.body());
      if (returned.isPresent()) {
        return returned;
      }
      line = loop.line();
      evaluation.tick(this, 1);
    }
    return Optional.empty();
  }

  private Optional<ScriptValue> loop(ScriptStatement.For loop) {
    boolean counted =
        loop.sequence() instanceof ScriptExpression.Called call
            && call.function().dotted().equals("range");
    List<ScriptValue> things = counted ? List.of() : things(reading.evaluate(loop.sequence()));
    long count = counted ? count((ScriptExpression.Called) loop.sequence()) : things.size();
    for (long i = 0; i < count; i++) {
      evaluation.tick(this, 1);
      put(loop.target(), counted ? ScriptValue.of(i) : things.get((int) i));
      Optional<ScriptValue> returned = run(loop.body());
      if (returned.isPresent()) {
        return returned;
      }
    }
    return Optional.empty();
  }

  private long count(ScriptExpression.Called range) {
    if (range.arguments().size() != 1) {
      throw unknown("range of " + range.arguments().size() + " arguments");
    }
    return whole(reading.evaluate(range.arguments().get(0).value()));
  }

  private void assign(ScriptStatement.Assign assign, ScriptValue value) {
    if (assign.spread()) {
      spread(assign.targets(), value);
    } else if (!assign.targets().isEmpty()) {
      put(assign.targets().get(0), value);
    }
  }

  /** Gives the elements of a value to several targets. */
  private void spread(List<ScriptExpression> targets, ScriptValue value) {
    boolean recorded =
        value instanceof ScriptValue.Held held
            && held.item() instanceof AtenItem.Ref
            && recording().isTensor(held.item());
    List<ScriptValue> things = recorded ? List.of() : things(value);
    if (!recorded && things.size() != targets.size()) {
      throw fault(
          things.size() + " values for " + targets.size() + " names",
          "as many are needed",
          "save the model again");
    }
    for (int i = 0; i < targets.size(); i++) {
      ScriptValue part =
          recorded
              ? new ScriptValue.Held(recording().element(item(value), i, self().below("getitem")))
              : things.get(i);
      put(targets.get(i), part);
    }
  }

  private void put(ScriptExpression target, ScriptValue value) {
    if (target instanceof ScriptExpression.Sequence several) {
      spread(several.elements(), value);
    } else if (target instanceof ScriptExpression.Name name) {
      variables.put(name.text(), value);
    } else if (target instanceof ScriptExpression.Element element
        && reading.evaluate(element.sequence()) instanceof ScriptValue.Mapped map) {
      map.entries().put(item(reading.evaluate(element.index())), value);
    } else {
      throw fault(
          "a module's attribute is changed",
          "a model that changes itself while it runs has no fixed graph",
          "move that state out of forward()");
    }
  }

  /** The elements of a list, tuple or of several results. */
  List<ScriptValue> things(ScriptValue thing) {
    if (thing instanceof ScriptValue.Listed listed) {
      return List.copyOf(listed.things());
    }
    AtenItem item = settled(thing);
    if (item instanceof AtenItem.Many many) {
      return many.items().stream().map(one -> (ScriptValue) new ScriptValue.Held(one)).toList();
    }
    throw unknown("the elements of " + shown(thing));
  }

  /** An item that goes into the program. */
  AtenItem item(ScriptValue thing) {
    evaluation.enter(this);
    AtenItem item;
    if (thing instanceof ScriptValue.Listed listed) {
      item = new AtenItem.Many(listed.things().stream().map(this::item).toList());
    } else if (thing instanceof ScriptValue.Held held) {
      item = held.item();
    } else {
      throw unknown(shown(thing) + " as a value");
    }
    evaluation.leave();
    return item;
  }

  /** The item, computed where it is a number. */
  AtenItem settled(ScriptValue thing) {
    return recording().settled(item(thing), self().below("getitem"));
  }

  long whole(ScriptValue thing) {
    AtenItem item = settled(thing);
    if (item instanceof AtenItem.Flag flag) {
      return flag.value() ? 1 : 0;
    }
    if (item instanceof AtenItem.Size size && size.dim().isFixed()) {
      return size.dim().value();
    }
    throw item instanceof AtenItem.Size size
        ? undecided("size " + size.dim())
        : unknown(shown(thing) + " as a whole number");
  }

  static String shown(ScriptValue thing) {
    if (thing instanceof ScriptValue.Held held) {
      AtenItem item = held.item();
      return item instanceof AtenItem.Ref || item instanceof AtenItem.Weight
          ? "a tensor"
          : "" + item;
    }
    return thing instanceof ScriptValue.Member member
        ? "module " + member.path()
        : thing.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  /** An error at the statement that is being followed. */
  ModelImportException fault(String what, String why, String fix) {
    return site.source().lines().fault(line, what, why, fix);
  }

  ModelImportException unknown(String what) {
    return fault(
        what + " is not known here",
        "a script uses its modules, its variables, its own and torch's functions",
        "save a trace, torch.jit.trace(model, x), or use torch.export.save");
  }

  /** Something depends on a size that is a symbol. */
  ModelImportException undecided(String what) {
    return fault(
        what + " decides what the model computes",
        "the file does not say how large the inputs are",
        "say it: Axiom.load(path, input(image(28, 28, 1))), or --input-shape 1,1,28,28");
  }
}
