package dev.axiomml.backend.jni;

import dev.axiomml.backend.jni.lowering.KernelCall;
import dev.axiomml.backend.jni.lowering.KernelPlanner;
import dev.axiomml.backend.jni.lowering.WinogradChoice;
import dev.axiomml.core.run.RoundingDeparture;
import java.util.List;
import java.util.Locale;

/** What runs where, for a person. */
final class PlanReport {
  private PlanReport() {}

  static String nativePlan(KernelPlanner.Listed listed, int nodes, long arenaBytes, int threads) {
    List<KernelCall> instructions = listed.instructions();
    long fused = instructions.stream().filter(i -> i.nodes().size() > 1).count();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "native (%s): %d nodes in %d instructions, %d of them fused; 1 native call a run, %d"
                + " %s%n",
            Kernels.isa(),
            nodes,
            instructions.size(),
            fused,
            threads,
            threads == 1 ? "thread" : "threads"));
    text.append(
        String.format(
            Locale.ROOT,
            "memory: %s weights, shared by all sizes and callers; %s of intermediate values a"
                + " caller",
            size(listed.weightBytes()),
            size(arenaBytes)));
    for (KernelCall i : instructions) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %-14s %s",
              i.opcode().name().toLowerCase(Locale.ROOT),
              String.join(" + ", i.nodes())));
    }
    return text.append(departures(WinogradChoice.departures(listed))).toString();
  }

  private static String departures(List<RoundingDeparture> departures) {
    StringBuilder text = new StringBuilder();
    if (!departures.isEmpty()) {
      text.append(String.format(Locale.ROOT, "%nrounding that proofs do not allow for:"));
    }
    departures.forEach(d -> text.append(String.format(Locale.ROOT, "%n  %s", d)));
    return text.toString();
  }

  private static String size(long bytes) {
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1048576.0);
  }
}
