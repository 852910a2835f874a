package dev.axiomml.interop.pytorch.script;

import dev.axiomml.interop.file.Place;
import dev.axiomml.interop.pytorch.aten.Item;
import dev.axiomml.interop.pytorch.aten.Step;
import dev.axiomml.interop.pytorch.aten.Target;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The variables of one method while it is followed. */
final class Scope {
  private static final String CONSTANTS = "CONSTANTS";

  private final Tracing tracing;
  private final Thing.Member self;
  private final Map<String, Thing> variables;
  private final Place place;

  Scope(Tracing tracing, Thing.Member self, Map<String, Thing> variables, Place place) {
    this.tracing = tracing;
    this.self = self;
    this.variables = variables;
    this.place = place;
  }

  /** Gives a value to one name, or its elements to several. */
  void assign(List<String> targets, Thing value) {
    if (targets.size() == 1) {
      variables.put(targets.get(0), value);
      return;
    }
    for (int i = 0; i < targets.size(); i++) {
      if (!targets.get(i).isEmpty()) {
        variables.put(targets.get(i), new Thing.Held(element(item(value), Item.of(i))));
      }
    }
  }

  Thing evaluate(Expression expression) {
    if (expression instanceof Expression.Name name) {
      return Optional.ofNullable(variables.get(name.text()))
          .orElseThrow(() -> unknown("name " + name.text()));
    }
    if (expression instanceof Expression.Literal literal) {
      return new Thing.Held(literal.item());
    }
    if (expression instanceof Expression.Sequence sequence) {
      List<Item> items = sequence.elements().stream().map(e -> item(evaluate(e))).toList();
      return new Thing.Held(new Item.Many(items));
    }
    if (expression instanceof Expression.Element element) {
      Item index = item(evaluate(element.index()));
      return new Thing.Held(element(item(evaluate(element.sequence())), index));
    }
    return expression instanceof Expression.Attribute attribute
        ? attribute(attribute)
        : called((Expression.Called) expression);
  }

  private Thing attribute(Expression.Attribute attribute) {
    if (attribute.object() instanceof Expression.Name name && name.text().equals(CONSTANTS)) {
      return new Thing.Held(tracing.code().constant(attribute.name()));
    }
    return member(evaluate(attribute.object()), attribute.name());
  }

  private Thing member(Thing owner, String name) {
    if (!(owner instanceof Thing.Member member)) {
      throw unknown("attribute " + name + " of a value");
    }
    PyValue value =
        member.object().attributes().get(name).orElseThrow(() -> unknown("attribute " + name));
    return tracing.code().attribute(value, member, name);
  }

  private Thing called(Expression.Called call) {
    if (call.function() instanceof Expression.Name name) {
      return function(name.text(), call.arguments());
    }
    Expression.Attribute callee = (Expression.Attribute) call.function();
    String path = dotted(callee);
    if (path.startsWith("torch.") || path.startsWith("ops.")) {
      return new Thing.Held(operator(path, call.arguments()));
    }
    if (!(evaluate(callee.object()) instanceof Thing.Member member)) {
      throw unknown("call of " + callee.name());
    }
    List<Item> arguments = call.arguments().stream().map(a -> item(evaluate(a.value()))).toList();
    return new Thing.Held(tracing.call(member, callee.name(), arguments));
  }

  private Thing function(String name, List<Expression.Given> arguments) {
    if (name.equals("getattr") && arguments.size() == 2) {
      Item key = item(evaluate(arguments.get(1).value()));
      return member(evaluate(arguments.get(0).value()), ((Item.Text) key).value());
    }
    if (!Tracing.isTransparent(name) || arguments.isEmpty()) {
      throw unknown("function " + name);
    }
    return evaluate(arguments.get(arguments.size() - 1).value());
  }

  private Item operator(String path, List<Expression.Given> arguments) {
    if (path.equals("torch.device")) {
      return Item.NOTHING;
    }
    List<Step.Argument> items = new ArrayList<>();
    for (Expression.Given given : arguments) {
      items.add(new Step.Argument(given.name(), item(evaluate(given.value()))));
    }
    if (path.equals("ops.prim.NumToTensor")) {
      return items.get(0).item();
    }
    return tracing.step(self, Target.of(path), items);
  }

  /** {@code torch.add} as a text; empty when it does not start with a name. */
  private static String dotted(Expression expression) {
    if (expression instanceof Expression.Attribute attribute) {
      String owner = dotted(attribute.object());
      return owner.isEmpty() ? "" : owner + "." + attribute.name();
    }
    return expression instanceof Expression.Name name ? name.text() : "";
  }

  private Item element(Item sequence, Item index) {
    boolean here =
        sequence instanceof Item.Many
            && index instanceof Item.Size size
            && size.dim().isFixed()
            && size.dim().value() >= 0;
    if (!here) {
      List<Step.Argument> pair =
          List.of(new Step.Argument("a", sequence), new Step.Argument("b", index));
      return tracing.step(self, Target.of("_operator.getitem"), pair);
    }
    return ((Item.Many) sequence).items().get((int) ((Item.Size) index).dim().value());
  }

  Item item(Thing thing) {
    if (thing instanceof Thing.Held held) {
      return held.item();
    }
    throw unknown("a module as a value");
  }

  private RuntimeException unknown(String what) {
    return place.fault(
        what + " is not known here",
        "a trace uses its modules, its variables, torch's functions and constants",
        "trace the model again, or export it with torch.export.save");
  }
}
