package dev.axiomml.interop.safetensors.file;

import dev.axiomml.core.error.FilePlace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Whether tensors lie one after the other, without holes and overlaps, each of its own size. */
record TensorCoverage(List<SafeTensorsHeader.Line> lines, FilePlace place) {
  void check(long size) {
    List<SafeTensorsHeader.Line> sorted = new ArrayList<>(lines);
    sorted.sort(
        Comparator.comparingLong(SafeTensorsHeader.Line::begin)
            .thenComparingLong(SafeTensorsHeader.Line::end));
    long at = 0;
    for (SafeTensorsHeader.Line line : sorted) {
      if (line.begin() < at) {
        throw bad(line, "it overlaps the tensor before it, which ends at " + at);
      }
      if (line.begin() > at) {
        throw bad(line, "there is a hole before it: bytes from " + at + " are not covered");
      }
      sized(line);
      at = line.end();
    }
    if (at > size) {
      throw bad(sorted.get(sorted.size() - 1), "the file is truncated: it has " + size + " bytes");
    }
    if (at < size) {
      throw place.fault(
          (size - at) + " trailing bytes",
          "the tensors end at byte %d of %d; bytes that no tensor covers are refused"
              .formatted(at, size),
          "save the file again with safetensors");
    }
  }

  private void sized(SafeTensorsHeader.Line line) {
    long held = line.end() - line.begin();
    try {
      long bits = line.dtype().bits();
      long room = line.dtype().bytes();
      for (long size : line.sizes()) {
        bits = Math.multiplyExact(bits, size);
        room = Math.multiplyExact(room, Math.max(1, size));
      }
      if (room > Integer.MAX_VALUE) {
        throw bad(line, "its size is out of range: tensors hold less than 2 GiB");
      }
      if (bits % 8 != 0) {
        throw bad(line, "its elements fill " + bits + " bits, which are no whole bytes");
      }
      if (bits / 8 != held) {
        String needed = "its shape and dtype need " + bits / 8 + " bytes";
        throw bad(line, needed + ", its offsets give " + held);
      }
    } catch (ArithmeticException e) {
      throw bad(line, "its size is out of range: " + e.getMessage());
    }
  }

  private RuntimeException bad(SafeTensorsHeader.Line line, String why) {
    return place.fault(
        "tensor %s %s %s at bytes %d to %d"
            .formatted(
                line.name(), line.dtype(), Arrays.toString(line.sizes()), line.begin(), line.end()),
        why,
        "the file is damaged or hostile; save it again with safetensors");
  }
}
