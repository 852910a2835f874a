package dev.axiomml.core.tensor;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's {@code .npy} files, versions 1 to 3 (NEP 1): one tensor each.
 *
 * <p>Reads both byte orders and Fortran order; writes little-endian, row-major, version 1. Text is
 * NumPy's {@code U} (and {@code S} when read). Objects and complex numbers are refused.
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\\s*'descr':\\s*'([<>|=]?)(\\w+)',\\s*'fortran_order':\\s*(True|False),\\s*'shape':\\s*\\(([0-9,"
              + " ]*)\\),?\\s*\\}\\s*");
  private static final Map<String, DType> TYPES =
      Map.ofEntries(
          Map.entry("f4", DType.FLOAT32),
          Map.entry("f8", DType.FLOAT64),
          Map.entry("f2", DType.FLOAT16),
          Map.entry("i1", DType.INT8),
          Map.entry("i2", DType.INT16),
          Map.entry("i4", DType.INT32),
          Map.entry("i8", DType.INT64),
          Map.entry("u1", DType.UINT8),
          Map.entry("u2", DType.UINT16),
          Map.entry("u4", DType.UINT32),
          Map.entry("u8", DType.UINT64),
          Map.entry("b1", DType.BOOL));

  private Npy() {}

  /**
   * Reads a file; the tensor's memory is mapped from it where the order fits. @throws
   * ModelImportException naming the fault
   */
  public static Tensor read(Path path) {
    try (FileChannel channel = FileChannel.open(path)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw bad(
            path,
            "file of " + channel.size() + " bytes",
            "tensors hold less than 2 GiB",
            "split the array");
      }
      return parse(
          path,
          channel
              .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
              .order(ByteOrder.LITTLE_ENDIAN));
    } catch (IOException e) {
      throw new ModelImportException(
          new Diagnosis(
              "cannot read " + path, path.toString(), String.valueOf(e), "check the path"),
          e);
    }
  }

  private static Tensor parse(Path path, ByteBuffer file) {
    byte[] start = new byte[Math.min(6, file.remaining())];
    file.get(start);
    if (!java.util.Arrays.equals(start, MAGIC) || file.remaining() < 4) {
      throw bad(
          path, "no .npy file", "it does not start with \\x93NUMPY", "write it with numpy.save");
    }
    int major = file.get();
    file.get();
    long length =
        major == 1
            ? file.getShort() & 0xffff
            : file.remaining() >= 4 ? file.getInt() & 0xffffffffL : Long.MAX_VALUE;
    if (major < 1 || major > 3 || length > file.remaining()) {
      throw bad(
          path,
          "header of version " + major + " and " + length + " bytes",
          "the file ends before its header, or is newer than version 3",
          "write it again");
    }
    byte[] header = new byte[(int) length];
    file.get(header);
    return body(
        path,
        new String(header, StandardCharsets.UTF_8),
        file.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  private static Tensor body(Path path, String header, ByteBuffer data) {
    Matcher matcher = HEADER.matcher(header);
    String code = matcher.matches() ? matcher.group(2) : "";
    boolean text = NpyText.isText(code);
    if (!text && !TYPES.containsKey(code)) {
      throw bad(
          path,
          "header " + header.strip(),
          "numbers of 1 to 8 bytes, booleans and text are read",
          "convert with a.astype('float32'), or a.astype(str) for text");
    }
    Shape shape = shape(path, matcher.group(4));
    requireWhole(path, code, shape, data.remaining());
    boolean fortran = matcher.group(3).equals("True");
    data.order(matcher.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    return fortran
        ? fortran(shape, reversed -> elements(path, code, reversed, data))
        : elements(path, code, shape, data);
  }

  private static int elementBytes(String code) {
    return NpyText.isText(code)
        ? NpyText.bytes(code)
        : TYPES.getOrDefault(code, DType.BOOL).bytes();
  }

  private static void requireWhole(Path path, String code, Shape shape, int remaining) {
    int bytes = elementBytes(code);
    long elements = remaining / bytes;
    if (!holds(shape, elements) || elements * bytes != remaining) {
      throw bad(
          path,
          remaining + " bytes of data for " + code + " " + shape,
          "the header's shape and the data must agree to the byte",
          "the file is truncated or damaged; write it again");
    }
  }

  /** The elements in the order in which they lie there. */
  private static Tensor elements(Path path, String code, Shape shape, ByteBuffer data) {
    if (!NpyText.isText(code)) {
      DType dtype = TYPES.getOrDefault(code, DType.BOOL);
      boolean turned = data.order() == ByteOrder.BIG_ENDIAN;
      return TensorMemory.adopt(shape, dtype, turned ? swapped(data, dtype.bytes()) : data);
    }
    try {
      return Tensor.ofTexts(shape, NpyText.read(data, code, shape.count()));
    } catch (IllegalArgumentException e) {
      throw bad(path, String.valueOf(e.getMessage()), "text is Unicode", "write the array again");
    }
  }

  private static Shape shape(Path path, String text) {
    List<Dim> dims = new ArrayList<>();
    for (String size : text.split(",", -1)) {
      if (!size.isBlank()) {
        dims.add(Dim.of(size(path, size.strip())));
      }
    }
    return new Shape(dims);
  }

  /**
   * Whether a shape has this many elements; sizes are below 2³⁰, so a product is checked before it
   * can overflow.
   */
  private static boolean holds(Shape shape, long elements) {
    long count = 1;
    for (int size : shape.sizes()) {
      count = count > elements && size != 0 ? Long.MAX_VALUE >> 31 : count * size;
    }
    return count == elements;
  }

  private static long size(Path path, String text) {
    if (text.length() > 9) {
      throw bad(path, "size " + text, "tensors hold less than 2³¹ elements", "split the array");
    }
    return Long.parseLong(text);
  }

  private static ByteBuffer swapped(ByteBuffer data, int width) {
    ByteBuffer copy = ByteBuffer.allocate(data.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < copy.capacity(); i++) {
      copy.put(i, data.get(i / width * width + width - 1 - i % width));
    }
    return copy;
  }

  private static Tensor fortran(Shape shape, Function<Shape, Tensor> elements) {
    int[] reversed = new int[shape.rank()];
    for (int axis = 0; axis < reversed.length; axis++) {
      reversed[axis] = reversed.length - 1 - axis;
    }
    return elements.apply(shape.permuted(reversed)).permute(reversed);
  }

  /**
   * Writes a tensor; bfloat16 and floats of eight bits and less as float32, integers of less than
   * eight bits with eight. The file is written aside and moved into place.
   */
  public static void write(Tensor tensor, Path path) {
    Tensor stored = tensor.to(widened(tensor.dtype()));
    byte[] header = header(stored, code(path, stored));
    Path absolute = path.toAbsolutePath();
    Path aside = absolute.resolveSibling(absolute.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              aside,
              java.util.Set.of(
                  java.nio.file.StandardOpenOption.CREATE,
                  java.nio.file.StandardOpenOption.WRITE,
                  java.nio.file.StandardOpenOption.TRUNCATE_EXISTING))) {
        drain(channel, ByteBuffer.wrap(header));
        drain(channel, stored.dtype() == DType.STRING ? NpyText.write(stored) : stored.asBytes());
      }
      Files.move(aside, absolute, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new ModelImportException(
          new Diagnosis(
              "cannot write " + path, path.toString(), String.valueOf(e), "check the folder"),
          e);
    }
  }

  /** The nearest element type that the format has. */
  private static DType widened(DType dtype) {
    if (dtype == DType.STRING || TYPES.containsValue(dtype)) {
      return dtype;
    }
    return dtype.isFloat() ? DType.FLOAT32 : dtype.isUnsigned() ? DType.UINT8 : DType.INT8;
  }

  private static void drain(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String code(Path path, Tensor tensor) {
    if (tensor.dtype() == DType.STRING) {
      try {
        return NpyText.code(tensor);
      } catch (IllegalArgumentException e) {
        throw bad(path, String.valueOf(e.getMessage()), "NumPy ends texts there", "take it off");
      }
    }
    return TYPES.entrySet().stream()
        .filter(e -> e.getValue() == tensor.dtype())
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private static byte[] header(Tensor tensor, String code) {
    StringBuilder sizes = new StringBuilder();
    for (int size : tensor.shape().sizes()) {
      sizes.append(size).append(", ");
    }
    String order = tensor.dtype().bytes() == 1 ? "|" : "<";
    String text =
        "{'descr': '"
            + order
            + code
            + "', 'fortran_order': False, 'shape': ("
            + sizes.toString().strip()
            + "), }";
    int padded = (10 + text.length() + 1 + 63) / 64 * 64 - 10;
    ByteBuffer header = ByteBuffer.allocate(10 + padded).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) padded);
    header.put(
        (text + " ".repeat(padded - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
    return header.array();
  }

  private static ModelImportException bad(Path path, String what, String why, String fix) {
    return new ModelImportException(new Diagnosis(what, path.toString(), why, fix));
  }
}
