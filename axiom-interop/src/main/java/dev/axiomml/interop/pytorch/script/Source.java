package dev.axiomml.interop.pytorch.script;

import dev.axiomml.interop.file.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One file of TorchScript's source text: its classes with their methods. */
final class Source {
  private static final Pattern CLASS = Pattern.compile("class (\\w+)\\b.*");
  private static final Pattern METHOD = Pattern.compile("def (\\w+)\\((.*)\\)\\s*->.*:");
  private static final Pattern BRANCH = Pattern.compile("(if|else|elif|for|while|raise|with)\\b.*");
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "((?:[A-Za-z_]\\w*)(?:\\s*,\\s*[A-Za-z_]\\w*)*\\s*,?)\\s*(?::[^=]*)?=(?!=)(.*)");

  private final Place place;
  private final Map<String, Method> methods = new HashMap<>();
  private final Map<String, String> broken = new HashMap<>();

  private Source(Place place) {
    this.place = place;
  }

  /** Reads a text. */
  static Source of(String text, Place place) {
    Source source = new Source(place);
    String type = "";
    List<String> body = new ArrayList<>();
    String header = "";
    for (String line : logical(text)) {
      Matcher opening = CLASS.matcher(line);
      boolean method = line.strip().startsWith("def ");
      if (opening.matches() || method) {
        source.add(type, header, body);
        type = opening.matches() ? opening.group(1) : type;
        header = method ? line.strip() : "";
        body = new ArrayList<>();
      } else if (!header.isEmpty()) {
        body.add(line.strip());
      }
    }
    source.add(type, header, body);
    return source;
  }

  /** A method of a class. @throws dev.axiomml.core.error.ModelImportException when it branches */
  Optional<Method> method(String type, String name) {
    String key = type + "." + name;
    if (broken.containsKey(key)) {
      throw place.fault(
          "method " + key + " branches: " + broken.get(key),
          "only straight-line TorchScript is read, as traces are",
          "save a trace, torch.jit.trace(model.eval(), x), or use torch.export.save");
    }
    return Optional.ofNullable(methods.get(key));
  }

  private void add(String type, String header, List<String> body) {
    if (header.isEmpty()) {
      return;
    }
    Matcher matcher = METHOD.matcher(header);
    if (!matcher.matches()) {
      throw place.fault("cannot read: " + header, "a method was expected", "save it again");
    }
    String key = type + "." + matcher.group(1);
    Optional<String> branch =
        body.stream().filter(line -> BRANCH.matcher(line).matches()).findFirst();
    if (branch.isPresent()) {
      broken.put(key, branch.get());
      return;
    }
    List<Method.Statement> statements =
        body.stream().filter(line -> !line.isEmpty()).map(this::statement).toList();
    methods.put(key, new Method(parameters(matcher.group(2)), statements));
  }

  private static List<String> parameters(String text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = Pattern.compile("(?:^|,)\\s*(\\w+)\\s*:").matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    names.remove("self");
    return names;
  }

  private Method.Statement statement(String line) {
    if (line.startsWith("return ")) {
      return new Method.Statement(
          List.of(), Expressions.of(line.substring("return ".length()), place), true);
    }
    Matcher matcher = ASSIGNMENT.matcher(line);
    if (!matcher.matches()) {
      return new Method.Statement(List.of(), Expressions.of(line, place), false);
    }
    List<String> targets =
        Arrays.stream(matcher.group(1).split(","))
            .map(String::strip)
            .filter(t -> !t.isEmpty())
            .toList();
    boolean tuple = matcher.group(1).contains(",");
    Expression value = Expressions.of(matcher.group(2), place);
    return new Method.Statement(
        tuple && targets.size() == 1 ? List.of(targets.get(0), "") : targets, value, false);
  }

  /** Lines, those that go on inside of brackets joined. */
  private static List<String> logical(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int depth = 0;
    for (String line : text.split("\n")) {
      open.append(open.isEmpty() ? line : " " + line.strip());
      depth += count(line, "([{") - count(line, ")]}");
      if (depth <= 0) {
        lines.add(open.toString());
        open.setLength(0);
        depth = 0;
      }
    }
    return lines;
  }

  private static int count(String line, String brackets) {
    String bare = line.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "");
    return (int) bare.chars().filter(c -> brackets.indexOf(c) >= 0).count();
  }
}
