package dev.axiomml.interop.safetensors.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.file.FileRegion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The header of a safetensors file: what lies where. */
final class SafeTensorsHeader {
  static final Map<String, DType> TYPES =
      Map.ofEntries(
          Map.entry("F64", DType.FLOAT64),
          Map.entry("F32", DType.FLOAT32),
          Map.entry("F16", DType.FLOAT16),
          Map.entry("BF16", DType.BFLOAT16),
          Map.entry("I64", DType.INT64),
          Map.entry("I32", DType.INT32),
          Map.entry("I16", DType.INT16),
          Map.entry("I8", DType.INT8),
          Map.entry("U64", DType.UINT64),
          Map.entry("U32", DType.UINT32),
          Map.entry("U16", DType.UINT16),
          Map.entry("U8", DType.UINT8),
          Map.entry("F8_E4M3", DType.FLOAT8_E4M3FN),
          Map.entry("F8_E4M3FNUZ", DType.FLOAT8_E4M3FNUZ),
          Map.entry("F8_E5M2", DType.FLOAT8_E5M2),
          Map.entry("F8_E5M2FNUZ", DType.FLOAT8_E5M2FNUZ),
          Map.entry("F8_E8M0", DType.FLOAT8_E8M0FNU),
          Map.entry("F4", DType.FLOAT4_E2M1FN),
          Map.entry("BOOL", DType.BOOL));

  /** The key that holds text about the file instead of a tensor. */
  static final String METADATA = "__metadata__";

  private static final long LONGEST = 100_000_000;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).build())
              .build());

  /** A tensor of the file; the offsets count from the end of the header. */
  record Line(String name, DType dtype, long[] sizes, long begin, long end) {}

  private final FileRegion file;
  private final FilePlace place;

  SafeTensorsHeader(FileRegion file, FilePlace place) {
    this.file = file;
    this.place = place;
  }

  /** Bytes before the first tensor's. */
  long length() {
    long most = Math.min(LONGEST, Runtime.getRuntime().maxMemory() / 16);
    if (file.size() < 8) {
      throw bad("a file of " + file.size() + " bytes", "the header's length takes 8");
    }
    long length = file.bytes(0, 8).getLong();
    if (length < 2 || length > most) {
      throw bad(
          "a header of " + Long.toUnsignedString(length) + " bytes",
          "it is a JSON object of at most " + most + " bytes");
    }
    if (length > file.size() - 8) {
      throw bad(
          "a header of " + length + " bytes in a file of " + file.size(),
          "the file is truncated before the end of its header");
    }
    return 8 + length;
  }

  /** The tensors in the header's order, found to cover the rest of the file exactly. */
  List<Line> lines() {
    long start = length();
    byte[] text = new byte[(int) start - 8];
    file.bytes(8, text.length).get(text);
    if (text[0] != '{') {
      throw bad("a header that does not begin with {", "the header is a JSON object");
    }
    List<Line> lines = new ArrayList<>();
    parsed(text)
        .properties()
        .forEach(
            entry -> {
              if (!entry.getKey().equals(METADATA)) {
                lines.add(line(entry.getKey(), entry.getValue()));
              }
            });
    new TensorCoverage(lines, place).check(file.size() - start);
    return lines;
  }

  private JsonNode parsed(byte[] text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw place.fault(
          new Diagnosis(
              "the header is no JSON",
              "",
              FilePlace.shown(String.valueOf(e.getMessage())),
              "the file is damaged; copy or download it again"),
          e);
    }
  }

  private Line line(String name, JsonNode node) {
    String code = node.path("dtype").asText();
    DType dtype = TYPES.get(code);
    if (dtype == null) {
      throw place.fault(
          "tensor " + name + " of dtype '" + code + "'",
          "these are read: " + TYPES.keySet().stream().sorted().toList(),
          "convert it where the file is written, e.g. tensor.float()");
    }
    JsonNode offsets = node.path("data_offsets");
    long[] ends = numbers(name, offsets);
    if (ends.length != 2) {
      throw bad("tensor " + name + " with data_offsets " + offsets, "they are begin and end");
    }
    return new Line(name, dtype, numbers(name, node.path("shape")), ends[0], ends[1]);
  }

  private long[] numbers(String name, JsonNode list) {
    if (!list.isArray() || list.size() > 64) {
      throw bad("tensor " + name + " with " + list, "shape and data_offsets are short lists");
    }
    long[] numbers = new long[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode number = list.get(i);
      if (!number.isIntegralNumber() || !number.canConvertToLong() || number.asLong() < 0) {
        throw bad("tensor " + name + " with " + list, "sizes and offsets are numbers from 0");
      }
      numbers[i] = number.asLong();
    }
    return numbers;
  }

  private RuntimeException bad(String what, String why) {
    return place.fault(what, why, "the file is damaged; copy or download it again");
  }
}
