package dev.axiomml.cli.command;

import dev.axiomml.cli.command.PredictCommand.Order;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --layout}. */
final class OrderConverter implements ITypeConverter<Order> {
  private static final Map<String, Order> WORDS =
      Map.of("nchw", Order.NCHW, "nhwc", Order.NHWC, "as-file", Order.AS_FILE);

  @Override
  public Order convert(String word) {
    return Optional.ofNullable(WORDS.get(word))
        .orElseThrow(
            () -> new TypeConversionException("expected nchw, nhwc or as-file, got " + word));
  }
}
