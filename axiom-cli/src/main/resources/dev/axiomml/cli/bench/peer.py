"""Runs a model by another runtime. Arguments: runtime, model, threads, folder with in0.npy ...

Writes out0.npy ... there, prints "ready VERSION" or "absent REASON", then for each line of standard input, seconds, the median of a
prediction in milliseconds.
"""
import glob, statistics, sys, time
import numpy


def ort(model, threads, inputs):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    feed = dict(zip([i.name for i in session.get_inputs()], inputs))
    return onnxruntime.__version__, lambda: session.run(None, feed)


def openvino(model, threads, inputs):
    import openvino
    settings = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY"}
    loaded = openvino.Core().read_model(model)
    loaded.reshape({i: list(x.shape) for i, x in enumerate(inputs)})
    compiled = openvino.Core().compile_model(loaded, "CPU", settings)
    request, count = compiled.create_infer_request(), len(compiled.outputs)

    def run():
        request.infer(inputs, share_inputs=True)
        return [request.get_output_tensor(i).data for i in range(count)]
    return openvino.__version__.split("-")[0], run


def torch(model, threads, inputs):
    import torch
    torch.set_num_threads(threads)
    if model.endswith(".onnx"):
        raise RuntimeError("PyTorch reads no ONNX; give a .pt2 or TorchScript file")
    try:
        module = torch.export.load(model).module()
    except Exception:
        module = torch.jit.load(model).eval()
    given = [torch.from_numpy(x) for x in inputs]

    def run():
        with torch.inference_mode():
            y = module(*given)
        return [t.numpy() for t in (y if isinstance(y, (tuple, list)) else [y])]
    return torch.__version__, run


def median(run, seconds):
    times, end = [], time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def main(runtime, model, threads, folder):
    try:
        inputs = [numpy.load(f"{folder}/in{i}.npy") for i in range(len(glob.glob(f"{folder}/in*.npy")))]
        version, run = {"ort": ort, "openvino": openvino, "torch": torch}[runtime](model, int(threads), inputs)
        for i, y in enumerate(run()):
            numpy.save(f"{folder}/out{i}.npy", numpy.ascontiguousarray(y))
    except Exception as e:
        print("absent", " ".join(str(e).split())[:200], flush=True)
        return
    print("ready", version, flush=True)
    for line in sys.stdin:
        print(median(run, float(line)), flush=True)


main(*sys.argv[1:])
