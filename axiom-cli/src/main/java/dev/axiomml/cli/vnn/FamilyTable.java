package dev.axiomml.cli.vnn;

import dev.axiomml.cli.vnn.InstanceResult.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What became of the instances of each family, beside the best tool of each instance. */
public final class FamilyTable {
  private static final String ROW = "%-20s %9s %6s %8s %6s %10s %8s %7s  %s";

  private FamilyTable() {}

  /**
   * The table, a line a family. Solved, wrong and open are of the instances whose verdict is known;
   * the mean times are of those that were solved, ours and the fastest tool's, whose machine was
   * another.
   */
  public static List<String> lines(List<InstanceResult> results) {
    Map<String, List<InstanceResult>> families = new LinkedHashMap<>();
    results.forEach(
        result ->
            families
                .computeIfAbsent(result.row().family(), family -> new ArrayList<>())
                .add(result));
    List<String> lines = new ArrayList<>();
    lines.add(
        ROW.formatted(
            "family", "solved", "wrong", "unknown", "error", "mean s", "cpu s", "best s",
            "beyond"));
    families.forEach((family, own) -> lines.add(line(family, own)));
    if (families.size() > 1) {
      lines.add(line("all", results));
    }
    return lines;
  }

  private static String line(String family, List<InstanceResult> results) {
    List<InstanceResult> scored = results.stream().filter(InstanceResult::isScored).toList();
    List<InstanceResult> solved = only(scored, r -> r.status() == Status.SOLVED);
    long beyond = results.stream().filter(FamilyTable::isBeyond).count();
    long open = scored.stream().filter(FamilyTable::isOpen).count();
    return ROW.formatted(
            family,
            solved.size() + "/" + scored.size(),
            only(scored, r -> r.status() == Status.WRONG).size(),
            open,
            only(results, r -> r.status() == Status.ERROR).size(),
            mean(solved.stream().map(InstanceResult::seconds).toList()),
            mean(solved.stream().map(InstanceResult::cpu).toList()),
            mean(solved.stream().flatMap(r -> r.row().known().fastest().stream()).toList()),
            beyond == 0 ? "" : beyond + " without a known verdict")
        .strip();
  }

  private static boolean isOpen(InstanceResult result) {
    return result.status() == Status.UNKNOWN || result.status() == Status.TIMEOUT;
  }

  private static boolean isBeyond(InstanceResult result) {
    return !result.isScored() && result.status() == Status.SOLVED;
  }

  private static List<InstanceResult> only(
      List<InstanceResult> results, Predicate<InstanceResult> wanted) {
    return results.stream().filter(wanted).toList();
  }

  private static String mean(List<Double> numbers) {
    return numbers.isEmpty()
        ? "-"
        : "%.2f"
            .formatted(numbers.stream().mapToDouble(Double::doubleValue).sum() / numbers.size());
  }
}
