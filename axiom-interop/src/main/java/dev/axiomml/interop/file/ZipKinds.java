package dev.axiomml.interop.file;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a zip archive holds, known by the names of its records. */
final class ZipKinds {
  private record Sign(String pattern, FileKind kind) {}

  /** The first that some record matches decides; {@code TOP} is the only folder or nothing. */
  private static final List<Sign> SIGNS =
      List.of(
          new Sign("TOP\\.data/extern_modules", FileKind.TORCH_PACKAGE),
          new Sign("TOPserialized_exported_program\\.json", FileKind.EXPORTED_FLAT),
          new Sign("TOPbytecode\\.pkl", FileKind.TORCH_LITE),
          new Sign("TOPmodels/.+\\.json", FileKind.EXPORTED),
          new Sign("TOPdata/aotinductor/.+", FileKind.TORCH_COMPILED),
          new Sign("TOPconstants\\.pkl", FileKind.TORCH_SCRIPT),
          new Sign("TOPdata\\.pkl", FileKind.TORCH_ZIP),
          new Sign("TOPmodel\\.json", FileKind.TORCH_SCRIPT_OLD),
          new Sign("config\\.json|model\\.weights\\.h5", FileKind.KERAS),
          new Sign("[^/]+\\.npy", FileKind.NPZ));

  private ZipKinds() {}

  static FileSignatures.Found of(ZipArchive zip) {
    List<String> names = zip.names();
    for (Sign sign : SIGNS) {
      Predicate<String> matches =
          Pattern.compile(sign.pattern.replace("TOP", "([^/]+/)?")).asMatchPredicate();
      if (names.stream().anyMatch(matches)) {
        String found = names.stream().filter(matches).findFirst().orElseThrow();
        return new FileSignatures.Found(sign.kind, "a zip archive with record " + found);
      }
    }
    return new FileSignatures.Found(
        FileKind.ZIP, "its records are " + names.subList(0, Math.min(5, names.size())));
  }
}
