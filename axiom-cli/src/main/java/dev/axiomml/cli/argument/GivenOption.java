package dev.axiomml.cli.argument;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.GivenValue;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The inputs that every claim is asked with. */
public final class GivenOption {
  @Option(
      names = "--given",
      paramLabel = "NAME = VALUE",
      description =
          "What an input always is, a number or an array: \"sr = 16000, state = @state.npy\"; for"
              + " every claim that does not name it.")
  private List<String> given = new ArrayList<>();

  /** The model with what was given. */
  public <O extends Output> Model<O> declared(Model<O> model) {
    Model<O> declared = model;
    for (String text : given) {
      Region.Named inputs = PropertyText.inputs(text);
      if (!inputs.ranges().isEmpty()) {
        throw refused(text);
      }
      for (Map.Entry<String, GivenValue> input : inputs.given().entrySet()) {
        declared = declared.given(input.getKey(), input.getValue());
      }
    }
    return declared;
  }

  private static PropertyException refused(String text) {
    return new PropertyException(
        new Diagnosis(
            "--given " + text,
            "the command line",
            "what is given is one value; an interval is declared",
            "write --domain \"" + text + "\""));
  }
}
