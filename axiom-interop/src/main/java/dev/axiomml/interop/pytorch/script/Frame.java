package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.pytorch.aten.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The variables of one method while it is followed. */
final class Frame {
  private final Evaluation evaluation;
  private final Evaluation.Site site;
  private final Map<String, Thing> variables = new HashMap<>();
  private final Reading reading;
  private int line;

  Frame(Evaluation evaluation, Evaluation.Site site) {
    this.evaluation = evaluation;
    this.site = site;
    this.line = site.method().line();
    this.reading = new Reading(this);
  }

  Evaluation evaluation() {
    return evaluation;
  }

  Recording recording() {
    return evaluation.recording();
  }

  Thing.Member self() {
    return site.self();
  }

  Optional<Thing> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  void bind(Method.Parameter parameter, Optional<Thing> given) {
    Thing value =
        given
            .or(() -> parameter.standard().map(reading::evaluate))
            .orElseThrow(() -> unknown("a call without argument " + parameter.name()));
    variables.put(parameter.name(), value);
  }

  /** Follows statements; what they return, if they do. */
  Optional<Thing> run(List<Statement> block) {
    for (Statement statement : block) {
      Optional<Thing> returned = run(statement);
      if (returned.isPresent()) {
        return returned;
      }
    }
    return Optional.empty();
  }

  private Optional<Thing> run(Statement statement) {
    line = statement.line();
    evaluation.tick(this, 1);
    if (statement instanceof Statement.Return end) {
      return Optional.of(reading.evaluate(end.value()));
    }
    if (statement instanceof Statement.Branch branch) {
      return run(new Choice(this).side(branch, reading.evaluate(branch.condition())));
    }
    if (statement instanceof Statement.While loop) {
      return loop(loop);
    }
    if (statement instanceof Statement.For loop) {
      return loop(loop);
    }
    if (statement instanceof Statement.Assign assign) {
      assign(assign, reading.evaluate(assign.value()));
    }
    return Optional.empty();
  }

  private Optional<Thing> loop(Statement.While loop) {
    while (new Choice(this).truth(reading.evaluate(loop.condition()))) {
      Optional<Thing> returned = run(loop.body());
      if (returned.isPresent()) {
        return returned;
      }
      line = loop.line();
      evaluation.tick(this, 1);
    }
    return Optional.empty();
  }

  private Optional<Thing> loop(Statement.For loop) {
    boolean counted =
        loop.sequence() instanceof Expression.Called call
            && call.function().dotted().equals("range");
    List<Thing> things = counted ? List.of() : things(reading.evaluate(loop.sequence()));
    long count = counted ? count((Expression.Called) loop.sequence()) : things.size();
    for (long i = 0; i < count; i++) {
      evaluation.tick(this, 1);
      put(loop.target(), counted ? Thing.of(i) : things.get((int) i));
      Optional<Thing> returned = run(loop.body());
      if (returned.isPresent()) {
        return returned;
      }
    }
    return Optional.empty();
  }

  private long count(Expression.Called range) {
    if (range.arguments().size() != 1) {
      throw unknown("range of " + range.arguments().size() + " arguments");
    }
    return whole(reading.evaluate(range.arguments().get(0).value()));
  }

  private void assign(Statement.Assign assign, Thing value) {
    if (assign.spread()) {
      spread(assign.targets(), value);
    } else if (!assign.targets().isEmpty()) {
      put(assign.targets().get(0), value);
    }
  }

  /** Gives the elements of a value to several targets. */
  private void spread(List<Expression> targets, Thing value) {
    boolean recorded =
        value instanceof Thing.Held held
            && held.item() instanceof Item.Ref
            && recording().isTensor(held.item());
    List<Thing> things = recorded ? List.of() : things(value);
    if (!recorded && things.size() != targets.size()) {
      throw fault(
          things.size() + " values for " + targets.size() + " names",
          "as many are needed",
          "save the model again");
    }
    for (int i = 0; i < targets.size(); i++) {
      Thing part =
          recorded
              ? new Thing.Held(recording().element(item(value), i, self().below("getitem")))
              : things.get(i);
      put(targets.get(i), part);
    }
  }

  private void put(Expression target, Thing value) {
    if (target instanceof Expression.Sequence several) {
      spread(several.elements(), value);
    } else if (target instanceof Expression.Name name) {
      variables.put(name.text(), value);
    } else if (target instanceof Expression.Element element
        && reading.evaluate(element.sequence()) instanceof Thing.Mapped map) {
      map.entries().put(item(reading.evaluate(element.index())), value);
    } else {
      throw fault(
          "a module's attribute is changed",
          "a model that changes itself while it runs has no fixed graph",
          "move that state out of forward()");
    }
  }

  /** The elements of a list, tuple or of several results. */
  List<Thing> things(Thing thing) {
    if (thing instanceof Thing.Listed listed) {
      return List.copyOf(listed.things());
    }
    Item item = settled(thing);
    if (item instanceof Item.Many many) {
      return many.items().stream().map(one -> (Thing) new Thing.Held(one)).toList();
    }
    throw unknown("the elements of " + shown(thing));
  }

  /** An item that goes into the program. */
  Item item(Thing thing) {
    evaluation.enter(this);
    Item item;
    if (thing instanceof Thing.Listed listed) {
      item = new Item.Many(listed.things().stream().map(this::item).toList());
    } else if (thing instanceof Thing.Held held) {
      item = held.item();
    } else {
      throw unknown(shown(thing) + " as a value");
    }
    evaluation.leave();
    return item;
  }

  /** The item, computed where it is a number. */
  Item settled(Thing thing) {
    return recording().settled(item(thing), self().below("getitem"));
  }

  long whole(Thing thing) {
    Item item = settled(thing);
    if (item instanceof Item.Flag flag) {
      return flag.value() ? 1 : 0;
    }
    if (item instanceof Item.Size size && size.dim().isFixed()) {
      return size.dim().value();
    }
    throw item instanceof Item.Size size
        ? undecided("size " + size.dim())
        : unknown(shown(thing) + " as a whole number");
  }

  static String shown(Thing thing) {
    if (thing instanceof Thing.Held held) {
      Item item = held.item();
      return item instanceof Item.Ref || item instanceof Item.Weight ? "a tensor" : "" + item;
    }
    return thing instanceof Thing.Member member
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
        "say it: PyTorch.load(path, input(image(28, 28, 1))), or --input-shape 1,1,28,28");
  }
}
