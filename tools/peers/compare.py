#!/usr/bin/env python3
"""Compares the native backend with ONNX Runtime on ONNX models of one input, interleaved in one run.

usage: compare.py AXIOM_JAR MODEL[@BATCH] ... [--seconds 1] [--rounds 5] [--threads 1] [--level STANDARD] [--java-option=-D...]

Each round asks both peers in turn for the median of their predictions; a line gives the median of rounds, their ratio (above 1: ours is faster)
with its smallest and largest, and the largest difference between both outputs as a share of their largest number. Needs onnxruntime and numpy.
"""
import argparse, os, statistics, subprocess, sys, tempfile, time
import numpy, onnxruntime


def peer(model, x, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    feed = {session.get_inputs()[0].name: x}
    answer = session.run(None, feed)[0]

    def median(seconds):
        times, end = [], time.perf_counter() + seconds
        while not times or time.perf_counter() < end:
            start = time.perf_counter()
            session.run(None, feed)
            times.append((time.perf_counter() - start) * 1e3)
        return statistics.median(times)

    return answer, median


def ours(a, model, x, numbers, folder):
    images = x.transpose(0, 2, 3, 1) if x.ndim == 4 else x
    numpy.ascontiguousarray(images).tofile(f"{folder}/x")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "TimedPredictions.java")
    command = ["java", "-cp", a.jar, *a.java_option, source, model, f"{folder}/x", f"{folder}/y", str(len(x)), str(numbers), a.level, str(a.threads)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def median(seconds):
        child.stdin.write(f"{seconds}\n")
        child.stdin.flush()
        line = child.stdout.readline()
        if not line:
            sys.exit(f"{model}: the Java process ended, see above")
        return float(line)

    return child, median


def shape_of(model, batch):
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return [batch] + [d for d in session.get_inputs()[0].shape[1:]]


def case(a, model, batch):
    x = numpy.random.default_rng(7).standard_normal(shape_of(model, batch)).astype(numpy.float32)
    y, theirs = peer(model, x, a.threads)
    with tempfile.TemporaryDirectory() as folder:
        child, mine = ours(a, model, x, y.size // batch, folder)
        mine(a.seconds)
        rounds = [(mine(a.seconds), theirs(a.seconds)) for _ in range(a.rounds)]
        got = numpy.fromfile(f"{folder}/y", numpy.float32).reshape(y.shape)
        child.stdin.close()
        child.wait()
    ratios = [t / m for m, t in rounds]
    error = numpy.abs(got - y).max() / numpy.abs(y).max()
    print(f"{os.path.basename(model)[:-5]:12} b{batch:<3} ours {statistics.median(m for m, _ in rounds):9.4f} ms, onnxruntime {statistics.median(t for _, t in rounds):9.4f} ms, "
          f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}), differs by {error:.1e}", flush=True)
    return statistics.median(ratios)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("jar")
    p.add_argument("models", nargs="+")
    p.add_argument("--seconds", type=float, default=1)
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--level", default="STANDARD")
    p.add_argument("--java-option", action="append", default=[])
    a = p.parse_args()
    ratios = []
    for word in a.models:
        model, _, batch = word.partition("@")
        ratios.append(case(a, model, int(batch or 1)))
    print(f"geometric mean of {len(ratios)}: {statistics.geometric_mean(ratios):.2f}, onnxruntime {onnxruntime.__version__}")


if __name__ == "__main__":
    main()
