package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Follows a model's methods from its root on: numbers, texts, truths and lists are computed, calls
 * on tensors written down.
 *
 * <p>Ends after a bounded number of statements, so that no source text keeps it busy for long.
 */
final class ScriptEvaluation {
  private static final int DEEPEST = 600;
  private static final int MOST = 2_000_000;

  private final ArchiveCode code;
  private final CallRecording recording;
  private final ModuleHints hints;
  private final Map<String, Dim> learned = new HashMap<>();
  private int depth;
  private int work;

  ScriptEvaluation(ArchiveCode code, ModuleHints hints, Function<String, Type> inputs) {
    this.code = code;
    this.hints = hints;
    this.recording = new CallRecording(inputs);
  }

  ArchiveCode code() {
    return code;
  }

  CallRecording recording() {
    return recording;
  }

  /** What sizes must be, as the source itself checks. */
  Map<String, Dim> learned() {
    return learned;
  }

  /** Notes that the model refuses other sizes than this one. */
  void learn(Dim left, Dim right) {
    Dim symbol = left.isFixed() ? right : left;
    Dim value = left.isFixed() ? left : right;
    boolean plain = symbol.toString().matches("[A-Za-z_]\\w*") && !symbol.equals(ModuleHints.BATCH);
    if (plain && value.isFixed()) {
      learned.putIfAbsent(symbol.toString(), value);
    }
  }

  /** What a module's method answers. */
  ScriptValue method(ScriptValue.Member self, String name, Passed passed) {
    ScriptSource source = code.source(self);
    ScriptMethod method = code.method(self, name);
    if (!passed.places().isEmpty() && passed.places().get(0) instanceof ScriptValue.Held held) {
      hints.note(self, held.item());
    }
    List<ScriptValue> places = new ArrayList<>(List.of(self));
    places.addAll(passed.places());
    return run(new Site(source, method, self), new Passed(places, passed.names()));
  }

  /** What a function answers; of a class of named fields, one with these values. */
  ScriptValue routine(String path, Passed passed, MethodFrame at) {
    int dot = path.lastIndexOf('.');
    String name = path.substring(dot + 1);
    Optional<ScriptSource> source = code.source(path.substring(0, Math.max(dot, 0)));
    Optional<ScriptMethod> method = source.flatMap(s -> s.function(name));
    if (method.isPresent()) {
      return run(new Site(source.orElseThrow(), method.get(), at.self()), passed);
    }
    DeclaredClass type =
        source
            .flatMap(s -> s.type(name))
            .filter(t -> t.base().equals("NamedTuple"))
            .filter(t -> t.fields().size() == passed.places().size())
            .orElseThrow(() -> at.unknown("function " + path));
    return new ScriptValue.Listed(passed.places(), type.fields());
  }

  /**
   * What runs where.
   *
   * @param self the module that it runs in or for
   */
  record Site(ScriptSource source, ScriptMethod method, ScriptValue.Member self) {}

  private ScriptValue run(Site site, Passed passed) {
    MethodFrame frame = new MethodFrame(this, site);
    enter(frame);
    List<ScriptMethod.Parameter> parameters = site.method().parameters();
    if (passed.places().size() > parameters.size()) {
      throw frame.fault(
          passed.places().size() + " arguments for " + site.method().name(),
          "it takes " + parameters.size(),
          "save the model again");
    }
    List<String> known = parameters.stream().map(ScriptMethod.Parameter::name).toList();
    if (!known.containsAll(passed.names().keySet())) {
      throw frame.fault(
          "arguments " + passed.names().keySet() + " for " + site.method().name(),
          "it takes " + known,
          "save the model again");
    }
    for (int i = 0; i < parameters.size(); i++) {
      frame.bind(parameters.get(i), passed.at(i, parameters.get(i).name()));
    }
    ScriptValue result = frame.run(site.method().body()).orElseGet(ScriptValue::nothing);
    leave();
    return result;
  }

  void enter(MethodFrame at) {
    tick(at, 1);
    if (++depth > DEEPEST) {
      throw at.fault(
          "calls and expressions nested deeper than " + DEEPEST,
          "models are not, so this is recursion without an end",
          "save a trace: torch.jit.trace(model, x)");
    }
  }

  void leave() {
    depth--;
  }

  /** Counts work. */
  void tick(MethodFrame at, long amount) {
    work += (int) Math.min(amount, MOST);
    if (work > MOST) {
      throw at.fault(
          "more than " + MOST + " steps",
          "loops are unrolled, so they must end soon",
          "save a trace, torch.jit.trace(model, x), or use torch.export.save");
    }
  }

  /**
   * Arguments of a call.
   *
   * @param places by position
   * @param names by name
   */
  record Passed(List<ScriptValue> places, Map<String, ScriptValue> names) {
    static Passed of(List<ScriptValue> places) {
      return new Passed(places, Map.of());
    }

    Optional<ScriptValue> at(int position, String name) {
      return Optional.ofNullable(position < places.size() ? places.get(position) : names.get(name));
    }

    /** Everything as items that go into the program. */
    List<AtenItem> items(MethodFrame at) {
      return places.stream().map(at::item).toList();
    }
  }
}
