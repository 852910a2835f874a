package dev.axiomml.dsl.zoo;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.dsl.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** What torchvision's networks have and compute, as {@code zoo_fixtures.py} wrote it. */
final class ZooFixtures {
  /**
   * What PyTorch computed of the image called {@code input}.
   *
   * @param output in float64
   * @param error how far its float32 answer is from that at most
   */
  record Answer(double[] output, double error) {}

  private ZooFixtures() {}

  /** Parameter names and shapes by network, in the order of the state dict. */
  static Map<String, Map<String, Shape>> parameters() {
    Map<String, Map<String, Shape>> networks = new LinkedHashMap<>();
    String text = new String(bytes("names.gz"), StandardCharsets.UTF_8);
    text.lines().map(line -> line.split("\\|")).forEach(c -> networks.put(c[0], parameters(c)));
    return networks;
  }

  private static Map<String, Shape> parameters(String... cells) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    String name = "";
    for (String cell : Arrays.asList(cells).subList(1, cells.length)) {
      String[] parts = cell.split(",", -1);
      name = name.substring(0, Integer.parseInt(parts[0])) + parts[1];
      shapes.put(
          name, Shape.of(Arrays.stream(parts[2].split("x")).mapToInt(Integer::parseInt).toArray()));
    }
    return shapes;
  }

  static Answer answer(String network) {
    String text = new String(bytes("outputs.json"), StandardCharsets.UTF_8);
    Map<String, Object> row = Json.object(Json.object(Json.read(text)).get(network));
    double[] output = Json.list(row.get("output")).stream().mapToDouble(v -> (Double) v).toArray();
    return new Answer(output, (Double) Objects.requireNonNull(row.get("error")));
  }

  private static byte[] bytes(String name) {
    try (InputStream file = ZooFixtures.class.getResourceAsStream(name)) {
      InputStream found = Objects.requireNonNull(file, name);
      return (name.endsWith(".gz") ? new GZIPInputStream(found) : found).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Values of 24 bits from FNV-1a of the name and SplitMix64 of the position; PyTorch's layout. */
  static Tensor filled(String name, Shape shape) {
    long start = 0xcbf29ce484222325L;
    for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
      start = (start ^ letter) * 0x100000001b3L;
    }
    float[] values = new float[shape.count()];
    double bound = Math.sqrt(6.0 * shape.size(0) / Math.max(1, values.length));
    boolean factor = name.endsWith("running_var") || name.endsWith("weight");
    for (int i = 0; i < values.length; i++) {
      double u = unit(start + (i + 1) * 0x9e3779b97f4a7c15L);
      double one = factor ? 0.75 + u / 2 : (u - 0.5) / 5;
      values[i] = (float) (shape.rank() > 1 ? (2 * u - 1) * bound : one);
    }
    return TensorMemory.adopt(shape, values);
  }

  private static double unit(long seed) {
    long z = (seed ^ (seed >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return ((z ^ (z >>> 31)) >>> 40) * 0x1p-24;
  }
}
