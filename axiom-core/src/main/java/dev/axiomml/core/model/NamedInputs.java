package dev.axiomml.core.model;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.GivenValue;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Theorem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a claim says of a model's inputs by name, held against the inputs that there are.
 *
 * @param model the model's name
 * @param inputs its inputs
 */
record NamedInputs(String model, List<Port> inputs) {
  /** Those of a boundary. */
  static NamedInputs of(Signature<?> signature) {
    return new NamedInputs(signature.name(), signature.inputs());
  }

  /**
   * A claim with what its model declares to be given, every given value a tensor of the input's own
   * type, in the order of the inputs; a claim that names no input, of a model that declares none to
   * be given, stays as it is. Where neither claim nor model says of any input where it lies, the
   * free ones are all finite numbers.
   *
   * @throws PropertyException for a name, type or shape that is none of the model's, a free input
   *     of whole numbers, and an input of which nothing is said
   */
  <O extends dev.axiomml.core.property.Output> Theorem<O> resolved(
      Theorem<O> theorem, Map<String, GivenValue> declared) {
    if (!(theorem.region() instanceof Region.Named) && declared.isEmpty()) {
      if (inputs.size() > 1) {
        inputs.stream().filter(NamedInputs::isWhole).findFirst().ifPresent(this::refuseWhole);
      }
      return theorem;
    }
    Region.Named named = completed(Region.Named.of(theorem.region()), declared);
    named.ranges().keySet().forEach(this::require);
    named.given().keySet().forEach(this::require);
    Map<String, GivenValue> given = new LinkedHashMap<>();
    new GivenTensors(model, inputs).of(named.given()).forEach((k, v) -> given.put(k, v));
    boolean said =
        theorem.region() instanceof Region.Named
            || inputs.stream().anyMatch(port -> port.domain().isPresent());
    boolean everything = !said && named.others() instanceof Region.Declared;
    Region others = everything ? new Region.Everything() : named.others();
    Region.Named known = new Region.Named(others, named.ranges(), given);
    requireFree(known);
    requireSubject(known, theorem.formula());
    return new Theorem<>(known, theorem.formula());
  }

  /** A claim's own word on an input stands before the model's. */
  private static Region.Named completed(Region.Named named, Map<String, GivenValue> declared) {
    Map<String, GivenValue> given = new LinkedHashMap<>(declared);
    given.keySet().removeAll(named.ranges().keySet());
    given.putAll(named.given());
    return new Region.Named(named.others(), named.ranges(), given);
  }

  /** Refuses a name that no input has. */
  void require(String name) {
    if (inputs.stream().noneMatch(port -> port.name().equals(name))) {
      throw refused(
          "no input is called \"" + name + "\"",
          "the inputs are " + inputs.stream().map(Port::name).toList(),
          "write one of these names, e.g. with " + inputs.get(inputs.size() - 1).name() + " = 0");
    }
  }

  private void requireFree(Region.Named named) {
    List<Port> free = inputs.stream().filter(p -> !named.given().containsKey(p.name())).toList();
    if (free.isEmpty()) {
      throw refused(
          "every input is given",
          "a claim speaks of all values of at least one input",
          "leave one of "
              + names(inputs)
              + " free, e.g. with "
              + inputs.get(0).name()
              + " in [0, 1]");
    }
    free.stream().filter(NamedInputs::isWhole).findFirst().ifPresent(this::refuseWhole);
    requireOthers(named, free.stream().filter(p -> !named.ranges().containsKey(p.name())).toList());
  }

  /** The inputs that are neither given nor in an interval of their own have a region. */
  private void requireOthers(Region.Named named, List<Port> others) {
    Region region = named.others();
    boolean tensor = region instanceof Region.Ball || region instanceof Region.Box;
    if (tensor && others.size() != 1) {
      throw refused(
          "a region around a tensor for inputs " + names(others),
          "a ball or a box of tensors is of the one input that is not named",
          "name the others, e.g. with " + inputs.get(inputs.size() - 1).name() + " = 0");
    }
    Predicate<Port> unknown = port -> region instanceof Region.Declared && port.domain().isEmpty();
    others.stream().filter(unknown).findFirst().ifPresent(this::refuseUnknown);
  }

  private void refuseUnknown(Port port) {
    throw refused(
        "input " + port.name() + " is neither given nor has a domain",
        "a claim that names inputs says of each where it is",
        "add with "
            + port.name()
            + " = NUMBER, "
            + port.name()
            + " = @FILE.npy or "
            + port.name()
            + " in [0, 1]");
  }

  private static boolean isWhole(Port port) {
    return port.type().isTensor() && !port.type().dtype().isFloat();
  }

  private void refuseWhole(Port port) {
    throw refused(
        "input " + port.name() + " is " + port.type() + " and free",
        "all values of an interval are asked of float32 inputs alone; other inputs are given",
        "add with " + port.name() + " = @FILE.npy, or = NUMBER for the same number everywhere");
  }

  private void requireSubject(Region.Named named, Formula formula) {
    Port first = inputs.get(0);
    boolean asked = formula.isOfPairs() || formula.mentions(Subject.INPUT);
    if (asked && named.given().containsKey(first.name())) {
      throw refused(
          "x in " + PropertyText.of(formula) + " is input " + first.name() + ", which is given",
          "x is the model's first input, and a formula speaks of a free one",
          "write the numbers of " + first.name() + " in place of x");
    }
  }

  private static List<String> names(List<Port> ports) {
    return ports.stream().map(Port::name).toList();
  }

  private PropertyException refused(String what, String why, String fix) {
    return new PropertyException(new Diagnosis(what, "model " + model + " › inputs", why, fix));
  }
}
