package dev.axiomml.cli.demo;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.run.Backend;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.tensor.Tensor;
import java.util.Optional;

/** The stop of the tour where backends are compared. */
final class DemoSpeed {
  private static final long WARM = 300_000_000L;

  private DemoSpeed() {}

  static void compared(DemoTour tour, Model<?> model, Tensor images) {
    tour.stop(
        "Compile it",
        "The same model on every backend that is here: the same answers, one thread, this machine,"
            + " now.");
    tour.code(
        "try (CompiledModel fast = digits.compile(Backends.NATIVE)) { fast.predict(images); }");
    for (Backend backend : Backends.present()) {
      Optional<String> reason = backend.unavailable();
      if (reason.isPresent()) {
        tour.show(
            "%-10s not here: %s", backend.id(), reason.get().replaceAll(" \\(.*?\\); ", ": "));
      } else {
        measured(tour, backend, model, images);
      }
    }
  }

  private static void measured(DemoTour tour, Backend backend, Model<?> model, Tensor images) {
    try (CompiledModel compiled = model.compile(backend.id())) {
      double distance = ClassLabels.distance(compiled.predict(images), model.predict(images));
      Tensor one = images.slice(0, 1);
      double single = micros(() -> compiled.predict(one));
      double batch = micros(() -> compiled.predict(images)) / images.shape().size(0);
      tour.show(
          "%-10s %7.1f µs a digit alone, %6.1f µs in a batch of %d, differs by %.1e",
          backend.id(), single, batch, images.shape().size(0), distance);
    } catch (BackendException e) {
      tour.show("%-10s refuses: %s", backend.id(), e.diagnosis().what());
    }
  }

  /** Microseconds a run, the best of a few hundred milliseconds. */
  private static double micros(Runnable run) {
    double best = Double.POSITIVE_INFINITY;
    long end = System.nanoTime() + WARM;
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      run.run();
      best = Math.min(best, (System.nanoTime() - start) / 1e3);
    }
    return best;
  }
}
