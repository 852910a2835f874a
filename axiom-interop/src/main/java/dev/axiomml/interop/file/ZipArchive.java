package dev.axiomml.interop.file;

import dev.axiomml.core.error.FilePlace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A zip archive read by its central directory; stored records are mapped where they lie.
 *
 * <p>Immutable. Refused when it is opened, by name: records that appear twice, names with {@code
 * ..}, local headers that differ from the central directory, records that overlap, encryption,
 * other methods than stored and deflated, and deflated records that claim to unpack to more than a
 * hundred times their size. Checksums are not compared (PyTorch may leave them out).
 */
public final class ZipArchive {
  private static final int LOCAL = 0x04034b50;
  private static final long SATURATED = 0xffffffffL;

  private final FileRegion file;
  private final FilePlace place;
  private final Map<String, Stored> records;

  private record Stored(ZipRecord record, long start) {}

  private ZipArchive(FileRegion file, FilePlace place, Map<String, Stored> records) {
    this.file = file;
    this.place = place;
    this.records = records;
  }

  /**
   * Opens an archive.
   *
   * @throws dev.axiomml.core.error.ModelImportException when it is cut, damaged or hostile
   */
  public static ZipArchive open(FileRegion file, FilePlace place) {
    ZipDirectory directory = new ZipDirectory(file, place);
    ZipDirectory.Extent extent = directory.extent();
    ZipArchive archive = new ZipArchive(file, place, new LinkedHashMap<>());
    for (ZipRecord record : directory.records(extent)) {
      archive.add(record, extent.start());
    }
    archive.refuseOverlaps();
    RecordInflation.check(archive.all(), file.size(), place);
    return archive;
  }

  /** The records' names in the archive's order, folders left out. */
  public List<String> names() {
    return List.copyOf(records.keySet());
  }

  /** Whether there is a record of that name. */
  public boolean has(String name) {
    return records.containsKey(name);
  }

  /** Where errors about this archive happen. */
  public FilePlace place() {
    return place;
  }

  /** How many bytes a record unpacks to; nothing when there is no such record. */
  public Optional<Long> size(String name) {
    return Optional.ofNullable(records.get(name)).map(stored -> stored.record().size());
  }

  /**
   * A record's bytes: mapped where stored, unpacked onto the heap where deflated.
   *
   * @throws dev.axiomml.core.error.ModelImportException when it is missing or does not unpack
   */
  public FileRegion record(String name) {
    Stored stored = records.get(name);
    if (stored == null) {
      throw place.fault(
          "record " + name + " is missing",
          "the archive has " + records.size() + " records, none of that name",
          "save the file again with torch.save");
    }
    FileRegion packed = file.part(stored.start(), stored.record().packed());
    return stored.record().method() == ZipRecord.STORED
        ? packed
        : RecordInflation.of(packed, stored.record(), place);
  }

  /** A small record as text. */
  public String text(String name) {
    return StandardCharsets.UTF_8.decode(record(name).bytes()).toString();
  }

  private List<ZipRecord> all() {
    return records.values().stream().map(Stored::record).toList();
  }

  private void add(ZipRecord record, long limit) {
    refuseName(record.name());
    if (record.isEncrypted() || !record.isReadable()) {
      throw place.fault(
          "record " + record.name() + " is packed with method " + record.method(),
          "records are stored or deflated, never encrypted",
          "zip the file again without a password, or save it again with torch.save");
    }
    long start = start(record, limit);
    if (!record.isFolder() && records.put(record.name(), new Stored(record, start)) != null) {
      throw place.fault(
          "record " + record.name() + " appears twice",
          "of duplicate records two readers may see different ones",
          "save the file again with torch.save");
    }
  }

  private void refuseName(String name) {
    boolean climbs = List.of(name.split("/", -1)).contains("..");
    if (name.isEmpty() || name.startsWith("/") || name.indexOf('\\') >= 0 || climbs) {
      throw place.fault(
          "record name '" + name + "'",
          "a record's name is a path inside of the archive, without ..",
          "save the file again with torch.save");
    }
  }

  /** Where the record's bytes start, after its local header was found to agree. */
  private long start(ZipRecord record, long limit) {
    if (!file.holds(record.header(), 30) || record.header() + 30 > limit) {
      throw differs(record, "the local header is missing");
    }
    ByteBuffer local = file.bytes(record.header(), 30);
    int name = local.getShort(26) & 0xffff;
    long start = record.header() + 30 + name + (local.getShort(28) & 0xffff);
    if (local.getInt(0) != LOCAL || record.packed() < 0 || record.packed() > limit - start) {
      throw differs(record, "the local header or the bytes are not where the directory says");
    }
    byte[] text = new byte[name];
    file.bytes(record.header() + 30, name).get(text);
    String found = new String(text, StandardCharsets.UTF_8);
    if (!found.equals(record.name())) {
      throw differs(record, "the local header calls it " + found);
    }
    boolean sizes =
        record.hasDescriptor()
            || (same(local.getInt(18), record.packed()) && same(local.getInt(22), record.size()));
    if (!sizes || (local.getShort(8) & 0xffff) != record.method()) {
      throw differs(record, "the local header has another size or method");
    }
    if (record.method() == ZipRecord.STORED && record.packed() != record.size()) {
      throw differs(record, "it is stored, but its two sizes differ");
    }
    return start;
  }

  private static boolean same(int local, long central) {
    return (local & SATURATED) == SATURATED || (local & SATURATED) == central;
  }

  private RuntimeException differs(ZipRecord record, String why) {
    return place.fault(
        "local header and central directory differ for record " + record.name(),
        why,
        "save the file again with torch.save");
  }

  private void refuseOverlaps() {
    List<Stored> sorted = new ArrayList<>(records.values());
    sorted.sort(Comparator.comparingLong(stored -> stored.record().header()));
    for (int i = 1; i < sorted.size(); i++) {
      Stored before = sorted.get(i - 1);
      if (before.start() + before.record().packed() > sorted.get(i).record().header()) {
        throw differs(sorted.get(i).record(), "it overlaps record " + before.record().name());
      }
    }
  }
}
