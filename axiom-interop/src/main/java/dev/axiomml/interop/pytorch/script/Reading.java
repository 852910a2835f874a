package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.pytorch.aten.Item;
import dev.axiomml.interop.pytorch.aten.Step;
import dev.axiomml.interop.pytorch.aten.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What expressions stand for. */
final class Reading {
  private final Frame frame;

  Reading(Frame frame) {
    this.frame = frame;
  }

  Thing evaluate(Expression expression) {
    frame.evaluation().enter(frame);
    Thing value = value(expression);
    frame.evaluation().leave();
    return value;
  }

  private Thing value(Expression expression) {
    if (expression instanceof Expression.Name name) {
      return frame.variable(name.text()).orElseThrow(() -> frame.unknown("name " + name.text()));
    }
    if (expression instanceof Expression.Literal literal) {
      return new Thing.Held(literal.item());
    }
    if (expression instanceof Expression.Sequence sequence) {
      return new Thing.Listed(sequence.elements().stream().map(this::evaluate).toList());
    }
    if (expression instanceof Expression.Pairs pairs) {
      return pairs(pairs);
    }
    if (expression instanceof Expression.Element element) {
      return element(evaluate(element.sequence()), evaluate(element.index()));
    }
    return expression instanceof Expression.Attribute attribute
        ? attribute(attribute)
        : called((Expression.Called) expression);
  }

  private Thing pairs(Expression.Pairs pairs) {
    Thing.Mapped map = new Thing.Mapped();
    for (int i = 0; i < pairs.keys().size(); i++) {
      Item key = frame.settled(evaluate(pairs.keys().get(i)));
      map.entries().put(key, evaluate(pairs.values().get(i)));
    }
    return map;
  }

  private Thing element(Thing sequence, Thing index) {
    if (sequence instanceof Thing.Mapped map) {
      Thing value = map.entries().get(frame.settled(index));
      if (value == null) {
        throw frame.unknown("key " + Frame.shown(index));
      }
      return value;
    }
    if (sequence instanceof Thing.Held held && frame.recording().isTensor(held.item())) {
      int at = Math.toIntExact(frame.whole(index));
      if (at >= 0) {
        return new Thing.Held(frame.recording().element(held.item(), at, frame.self().path()));
      }
    }
    List<Thing> things = frame.things(sequence);
    long at = frame.whole(index);
    long place = at < 0 ? at + things.size() : at;
    if (place < 0 || place >= things.size()) {
      throw frame.unknown("element " + at + " of " + things.size());
    }
    return things.get((int) place);
  }

  private Thing attribute(Expression.Attribute attribute) {
    String path = attribute.dotted();
    if (path.startsWith("CONSTANTS.")) {
      return new Thing.Held(frame.evaluation().code().constant(attribute.name()));
    }
    return path.startsWith("__torch__.")
        ? new Thing.Routine(path)
        : member(evaluate(attribute.object()), attribute.name());
  }

  private Thing member(Thing owner, String name) {
    if (owner instanceof Thing.Listed tuple && tuple.names().contains(name)) {
      return tuple.things().get(tuple.names().indexOf(name));
    }
    if (!(owner instanceof Thing.Member member)) {
      throw frame.unknown("attribute " + name + " of " + Frame.shown(owner));
    }
    Code code = frame.evaluation().code();
    return code.attribute(member, name)
        .or(() -> code.standard(member, name).map(this::evaluate))
        .orElseThrow(() -> frame.unknown("attribute " + name + " of " + Frame.shown(owner)));
  }

  private Thing called(Expression.Called call) {
    String path = call.function().dotted();
    if (path.startsWith("torch.") || path.startsWith("ops.")) {
      return operator(path, passed(call.arguments()));
    }
    if (call.function() instanceof Expression.Name && frame.variable(path).isEmpty()) {
      return builtin(path, call.arguments());
    }
    if (call.function() instanceof Expression.Attribute callee && !path.startsWith("__torch__.")) {
      Thing owner = evaluate(callee.object());
      if (owner instanceof Thing.Member member) {
        return frame.evaluation().method(member, callee.name(), passed(call.arguments()));
      }
    }
    Thing function = evaluate(call.function());
    if (function instanceof Thing.Routine routine) {
      return frame.evaluation().routine(routine.path(), passed(call.arguments()), frame);
    }
    throw frame.unknown("a call of " + Frame.shown(function));
  }

  private Evaluation.Passed passed(List<Expression.Given> arguments) {
    List<Thing> places = new ArrayList<>();
    Map<String, Thing> names = new LinkedHashMap<>();
    for (Expression.Given given : arguments) {
      Thing value = evaluate(given.value());
      if (given.name().isEmpty()) {
        places.add(value);
      } else {
        names.put(given.name(), value);
      }
    }
    return new Evaluation.Passed(places, names);
  }

  /** Functions of the language; of {@code annotate(type, value)} only the value matters. */
  private Thing builtin(String name, List<Expression.Given> arguments) {
    List<Expression> values = arguments.stream().map(Expression.Given::value).toList();
    boolean typed = name.equals("annotate") || name.equals("unchecked_cast");
    if (typed && values.size() == 2) {
      return evaluate(values.get(1));
    }
    if (name.equals("uninitialized")) {
      return Thing.nothing();
    }
    if (name.equals("getattr") && values.size() == 2) {
      String key = frame.item(evaluate(values.get(1))) instanceof Item.Text t ? t.value() : "";
      return member(evaluate(values.get(0)), key);
    }
    return operator("torch." + name, passed(arguments));
  }

  /** A function of torch: computed here, or written down as a call. */
  private Thing operator(String path, Evaluation.Passed passed) {
    try {
      Target target = Target.of(path.replaceFirst("^ops\\.(aten|prim)\\.", "torch."));
      String name = path.substring(path.lastIndexOf('.') + 1);
      return Functions.find(name)
          .filter(function -> passed.names().isEmpty())
          .flatMap(function -> function.apply(frame, passed.places()))
          .orElseGet(() -> new Thing.Held(step(target, passed)));
    } catch (ModelImportException e) {
      throw e;
    } catch (AxiomException e) {
      Diagnosis d = e.diagnosis();
      throw frame.fault(d.what(), d.why(), d.fix());
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw frame.fault(
          path + ": " + e.getMessage(),
          "the call's arguments do not fit",
          "check the file with Python, or save it again");
    }
  }

  private Item step(Target target, Evaluation.Passed passed) {
    List<Step.Argument> arguments = new ArrayList<>();
    passed.items(frame).forEach(item -> arguments.add(new Step.Argument("", item)));
    passed.names().forEach((name, v) -> arguments.add(new Step.Argument(name, frame.item(v))));
    return frame.recording().step(path(target), target, arguments);
  }

  /** The path of a leaf module, else the path and the operator. */
  private String path(Target target) {
    Thing.Member self = frame.self();
    String module = self.module();
    boolean leaf =
        module.startsWith("__torch__.torch.nn.modules.")
            && !module.endsWith(".container")
            && !module.endsWith(".transformer");
    return leaf && !self.path().isEmpty() ? self.path() : self.below(target.name());
  }
}
