package dev.axiomml.interop.pytorch.script;

import dev.axiomml.interop.file.Place;
import dev.axiomml.interop.pytorch.aten.Item;
import dev.axiomml.interop.pytorch.aten.Step;
import dev.axiomml.interop.pytorch.aten.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows straight-line methods from the root module on and writes down the calls they make. */
final class Tracing {
  private static final int DEEPEST = 200;
  private static final int MOST = 200_000;
  private static final Set<String> TRANSPARENT =
      Set.of("int", "float", "bool", "annotate", "unchecked_cast");

  private final Code code;
  private final List<Step> steps = new ArrayList<>();
  private int depth;

  Tracing(Code code) {
    this.code = code;
  }

  List<Step> steps() {
    return steps;
  }

  /** What a module's method answers. */
  Item call(Thing.Member self, String name, List<Item> arguments) {
    Method method = code.method(self, name);
    Place place = code.place(self);
    if (++depth > DEEPEST || method.parameters().size() < arguments.size()) {
      throw place.fault(
          "call of " + self.path() + "." + name,
          "modules are nested at most " + DEEPEST + " deep, and called with what they declare",
          "trace the model again");
    }
    Map<String, Thing> variables = new HashMap<>(Map.of("self", self));
    for (int i = 0; i < method.parameters().size(); i++) {
      Item item = i < arguments.size() ? arguments.get(i) : Item.NOTHING;
      variables.put(method.parameters().get(i), new Thing.Held(item));
    }
    Scope scope = new Scope(this, self, variables, place);
    for (Method.Statement statement : method.statements()) {
      Thing value = scope.evaluate(statement.value());
      if (statement.returns()) {
        depth--;
        return scope.item(value);
      }
      scope.assign(statement.targets(), value);
    }
    depth--;
    return Item.NOTHING;
  }

  /** Writes down a call and names its result. */
  Item.Ref step(Thing.Member self, Target target, List<Step.Argument> arguments) {
    String result = "value" + steps.size();
    if (steps.size() >= MOST) {
      throw code.place(self)
          .fault("more than " + MOST + " calls", "a trace is finite", "trace it again");
    }
    steps.add(new Step(path(self, target), target, arguments, List.of(result), false));
    return new Item.Ref(result);
  }

  /** The path of a leaf module, else the path and the operator. */
  private static String path(Thing.Member self, Target target) {
    String module = self.module();
    boolean leaf =
        module.startsWith("__torch__.torch.nn.modules.")
            && !module.endsWith(".container")
            && !module.endsWith(".transformer");
    return leaf && !self.path().isEmpty() ? self.path() : self.below(target.name());
  }

  Code code() {
    return code;
  }

  /** Functions that answer their last argument. */
  static boolean isTransparent(String function) {
    return TRANSPARENT.contains(function);
  }
}
