package dev.axiomml.verify.search;

import dev.axiomml.core.run.ProgressListener;
import java.util.function.BooleanSupplier;

/**
 * How much a search may spend.
 *
 * @param threads how many boxes are judged at once, ≥ 1
 * @param boxes the most boxes that are judged
 * @param starts how many points the first attack starts from
 * @param stop whether time is up or the caller has cancelled; asked often
 * @param progress hears how many boxes are done
 */
public record SearchLimits(
    int threads, long boxes, int starts, BooleanSupplier stop, ProgressListener progress) {}
