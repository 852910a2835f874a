package dev.axiomml.cli.argument;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The intervals in which inputs are declared to be. */
public final class DomainOption {
  private static final Pattern INTERVAL =
      Pattern.compile("\\s*\\[\\s*([^,\\s]+)\\s*,\\s*([^,\\s]+)\\s*]\\s*");
  private static final String WHY =
      "a domain is an interval [lo,hi] of two numbers, lo not above hi, or one for each input";

  @Option(
      names = "--domain",
      paramLabel = "[LO,HI]",
      description =
          "Declare that every element of every input lies in this interval, or of each input in its"
              + " own: \"x in [0,1], gain in [0.5,2]\".")
  private Optional<String> domain = Optional.empty();

  /** The model with what was declared. */
  public <O extends Output> Model<O> declared(Model<O> model) {
    if (domain.isEmpty()) {
      return model;
    }
    Matcher matcher = INTERVAL.matcher(domain.get());
    if (!matcher.matches()) {
      return named(model, domain.get());
    }
    double low = number(matcher.group(1));
    double high = number(matcher.group(2));
    if (!(low <= high)) {
      throw refused(domain.get(), WHY);
    }
    return model.within(low, high);
  }

  private static <O extends Output> Model<O> named(Model<O> model, String text) {
    if (!text.matches("[^\\[]*(\\sin\\b|∈).*")) {
      throw refused(text, WHY);
    }
    Region.Named inputs = PropertyText.inputs(text);
    if (!inputs.given().isEmpty()) {
      String name = inputs.given().keySet().iterator().next();
      throw refused(text, name + " has one value, which is given: --given \"" + name + " = …\"");
    }
    Model<O> declared = model;
    for (Map.Entry<String, Region.Range> input : inputs.ranges().entrySet()) {
      Region.Range range = input.getValue();
      declared = declared.within(input.getKey(), range.low(), range.high());
    }
    return declared;
  }

  private double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw refused(domain.orElse(text), WHY);
    }
  }

  private static PropertyException refused(String given, String why) {
    return new PropertyException(
        new Diagnosis(
            "--domain " + given,
            "the command line",
            why,
            "write e.g. --domain \"[0,1]\", or --domain \"x in [0,1], gain in [0.5,2]\""));
  }
}
