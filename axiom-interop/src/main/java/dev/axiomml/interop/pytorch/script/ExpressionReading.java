package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import dev.axiomml.interop.pytorch.aten.CallTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What expressions stand for. */
final class ExpressionReading {
  private final MethodFrame frame;

  ExpressionReading(MethodFrame frame) {
    this.frame = frame;
  }

  ScriptValue evaluate(ScriptExpression expression) {
    frame.evaluation().enter(frame);
    ScriptValue value = value(expression);
    frame.evaluation().leave();
    return value;
  }

  private ScriptValue value(ScriptExpression expression) {
    if (expression instanceof ScriptExpression.Name name) {
      return frame.variable(name.text()).orElseThrow(() -> frame.unknown("name " + name.text()));
    }
    if (expression instanceof ScriptExpression.Literal literal) {
      return new ScriptValue.Held(literal.item());
    }
    if (expression instanceof ScriptExpression.Sequence sequence) {
      return new ScriptValue.Listed(sequence.elements().stream().map(this::evaluate).toList());
    }
    if (expression instanceof ScriptExpression.Pairs pairs) {
      return pairs(pairs);
    }
    if (expression instanceof ScriptExpression.Element element) {
      return element(evaluate(element.sequence()), evaluate(element.index()));
    }
    return expression instanceof ScriptExpression.Attribute attribute
        ? attribute(attribute)
        : called((ScriptExpression.Called) expression);
  }

  private ScriptValue pairs(ScriptExpression.Pairs pairs) {
    ScriptValue.Mapped map = new ScriptValue.Mapped();
    for (int i = 0; i < pairs.keys().size(); i++) {
      AtenItem key = frame.settled(evaluate(pairs.keys().get(i)));
      map.entries().put(key, evaluate(pairs.values().get(i)));
    }
    return map;
  }

  private ScriptValue element(ScriptValue sequence, ScriptValue index) {
    if (sequence instanceof ScriptValue.Mapped map) {
      ScriptValue value = map.entries().get(frame.settled(index));
      if (value == null) {
        throw frame.unknown("key " + MethodFrame.shown(index));
      }
      return value;
    }
    if (sequence instanceof ScriptValue.Held held && frame.recording().isTensor(held.item())) {
      int at = Math.toIntExact(frame.whole(index));
      if (at >= 0) {
        return new ScriptValue.Held(
            frame.recording().element(held.item(), at, frame.self().path()));
      }
    }
    List<ScriptValue> things = frame.things(sequence);
    long at = frame.whole(index);
    long place = at < 0 ? at + things.size() : at;
    if (place < 0 || place >= things.size()) {
      throw frame.unknown("element " + at + " of " + things.size());
    }
    return things.get((int) place);
  }

  private ScriptValue attribute(ScriptExpression.Attribute attribute) {
    String path = attribute.dotted();
    if (path.startsWith("CONSTANTS.")) {
      return new ScriptValue.Held(frame.evaluation().code().constant(attribute.name()));
    }
    return path.startsWith("__torch__.")
        ? new ScriptValue.Routine(path)
        : member(evaluate(attribute.object()), attribute.name());
  }

  private ScriptValue member(ScriptValue owner, String name) {
    if (owner instanceof ScriptValue.Listed tuple && tuple.names().contains(name)) {
      return tuple.things().get(tuple.names().indexOf(name));
    }
    if (!(owner instanceof ScriptValue.Member member)) {
      throw frame.unknown("attribute " + name + " of " + MethodFrame.shown(owner));
    }
    ArchiveCode code = frame.evaluation().code();
    return code.attribute(member, name)
        .or(() -> code.standard(member, name).map(this::evaluate))
        .orElseThrow(() -> frame.unknown("attribute " + name + " of " + MethodFrame.shown(owner)));
  }

  private ScriptValue called(ScriptExpression.Called call) {
    String path = call.function().dotted();
    if (path.startsWith("torch.") || path.startsWith("ops.")) {
      return operator(path, passed(call.arguments()));
    }
    if (call.function() instanceof ScriptExpression.Name && frame.variable(path).isEmpty()) {
      return builtin(path, call.arguments());
    }
    if (call.function() instanceof ScriptExpression.Attribute callee
        && !path.startsWith("__torch__.")) {
      ScriptValue owner = evaluate(callee.object());
      if (owner instanceof ScriptValue.Member member) {
        return frame.evaluation().method(member, callee.name(), passed(call.arguments()));
      }
    }
    ScriptValue function = evaluate(call.function());
    if (function instanceof ScriptValue.Routine routine) {
      return frame.evaluation().routine(routine.path(), passed(call.arguments()), frame);
    }
    throw frame.unknown("a call of " + MethodFrame.shown(function));
  }

  private ScriptEvaluation.Passed passed(List<ScriptExpression.Given> arguments) {
    List<ScriptValue> places = new ArrayList<>();
    Map<String, ScriptValue> names = new LinkedHashMap<>();
    for (ScriptExpression.Given given : arguments) {
      ScriptValue value = evaluate(given.value());
      if (given.name().isEmpty()) {
        places.add(value);
      } else {
        names.put(given.name(), value);
      }
    }
    return new ScriptEvaluation.Passed(places, names);
  }

  /** Functions of the language; of {@code annotate(type, value)} only the value matters. */
  private ScriptValue builtin(String name, List<ScriptExpression.Given> arguments) {
    List<ScriptExpression> values = arguments.stream().map(ScriptExpression.Given::value).toList();
    boolean typed = name.equals("annotate") || name.equals("unchecked_cast");
    if (typed && values.size() == 2) {
      return evaluate(values.get(1));
    }
    if (name.equals("uninitialized")) {
      return ScriptValue.nothing();
    }
    if (name.equals("getattr") && values.size() == 2) {
      String key = frame.item(evaluate(values.get(1))) instanceof AtenItem.Text t ? t.value() : "";
      return member(evaluate(values.get(0)), key);
    }
    return operator("torch." + name, passed(arguments));
  }

  /** A function of torch: computed here, or written down as a call. */
  private ScriptValue operator(String path, ScriptEvaluation.Passed passed) {
    try {
      CallTarget target = CallTarget.of(path.replaceFirst("^ops\\.(aten|prim)\\.", "torch."));
      String name = path.substring(path.lastIndexOf('.') + 1);
      return TorchFunctions.find(name)
          .filter(function -> passed.names().isEmpty())
          .flatMap(function -> function.apply(frame, passed.places()))
          .orElseGet(() -> new ScriptValue.Held(step(target, passed)));
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

  private AtenItem step(CallTarget target, ScriptEvaluation.Passed passed) {
    List<AtenStep.Argument> arguments = new ArrayList<>();
    passed.items(frame).forEach(item -> arguments.add(new AtenStep.Argument("", item)));
    passed.names().forEach((name, v) -> arguments.add(new AtenStep.Argument(name, frame.item(v))));
    return frame.recording().step(path(target), target, arguments);
  }

  /** The path of a leaf module, else the path and the operator. */
  private String path(CallTarget target) {
    ScriptValue.Member self = frame.self();
    String module = self.module();
    boolean leaf =
        module.startsWith("__torch__.torch.nn.modules.")
            && !module.endsWith(".container")
            && !module.endsWith(".transformer");
    return leaf && !self.path().isEmpty() ? self.path() : self.below(target.name());
  }
}
