package dev.axiomml.interop.file;

import dev.axiomml.core.error.FilePlace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The members of a tar archive (ustar), mapped where they lie. */
public final class TarArchive {
  private static final int BLOCK = 512;
  private static final int MOST_MEMBERS = 100_000;

  private final FilePlace place;
  private final Map<String, FileRegion> members = new LinkedHashMap<>();

  private TarArchive(FilePlace place) {
    this.place = place;
  }

  /**
   * Opens an archive.
   *
   * @throws dev.axiomml.core.error.ModelImportException when it is cut or a member appears twice
   */
  public static TarArchive open(FileRegion file, FilePlace place) {
    TarArchive archive = new TarArchive(place);
    long at = 0;
    while (file.holds(at, BLOCK) && file.bytes(at, 1).get() != 0) {
      at = archive.add(file, at);
    }
    return archive;
  }

  /** Whether a file begins like a tar archive. */
  static boolean isOne(FileRegion file) {
    return file.size() >= BLOCK
        && StandardCharsets.US_ASCII.decode(file.bytes(257, 5)).toString().equals("ustar");
  }

  /** The bytes of a member. @throws dev.axiomml.core.error.ModelImportException when missing */
  public FileRegion member(String name) {
    FileRegion member = members.get(name);
    if (member == null) {
      throw place.fault(
          "member " + name + " is missing",
          "the archive has " + members.keySet(),
          "a PyTorch tar has sys_info, pickle, storages and tensors");
    }
    return member;
  }

  private long add(FileRegion file, long at) {
    ByteBuffer header = file.bytes(at, BLOCK);
    String name = text(header, 0, 100);
    String digits = text(header, 124, 12).strip();
    if (!digits.matches("[0-7]{1,11}")) {
      throw place.fault(
          "member " + name + " of size '" + digits + "'", "sizes are octal", "get the file again");
    }
    long size = Long.parseLong(digits, 8);
    if (!file.holds(at + BLOCK, size) || members.size() >= MOST_MEMBERS) {
      throw place.fault(
          "member " + name + " is truncated",
          "the file ends before its " + size + " bytes",
          "copy or download the file again");
    }
    boolean plain = header.get(156) == '0' || header.get(156) == 0;
    String shortName = name.startsWith("./") ? name.substring(2) : name;
    if (plain && members.put(shortName, file.part(at + BLOCK, size)) != null) {
      throw place.fault(
          "member " + name + " appears twice",
          "of duplicate members two readers may see different ones",
          "save the file again with torch.save");
    }
    return at + BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  private static String text(ByteBuffer header, int from, int length) {
    byte[] bytes = new byte[length];
    header.get(from, bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
