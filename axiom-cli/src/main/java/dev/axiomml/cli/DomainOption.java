package dev.axiomml.cli;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The interval in which inputs are declared to be. */
final class DomainOption {
  private static final Pattern INTERVAL =
      Pattern.compile("\\s*\\[\\s*([^,\\s]+)\\s*,\\s*([^,\\s]+)\\s*]\\s*");

  @Option(
      names = "--domain",
      paramLabel = "[LO,HI]",
      description = "Declare that every element of every input lies in this interval.")
  private Optional<String> domain = Optional.empty();

  /** The model with what was declared. */
  <O extends Output> Model<O> declared(Model<O> model) {
    if (domain.isEmpty()) {
      return model;
    }
    Matcher matcher = INTERVAL.matcher(domain.get());
    if (!matcher.matches()) {
      throw refused(domain.get());
    }
    double low = number(matcher.group(1));
    double high = number(matcher.group(2));
    if (!(low <= high)) {
      throw refused(domain.get());
    }
    return model.within(low, high);
  }

  private double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw refused(domain.orElse(text));
    }
  }

  private static PropertyException refused(String given) {
    return new PropertyException(
        new Diagnosis(
            "--domain " + given,
            "the command line",
            "a domain is an interval [lo,hi] of two numbers, lo not above hi",
            "write e.g. --domain \"[0,1]\""));
  }
}
