#!/usr/bin/env python3
"""Turns a PyTorch model into files that Axiom opens without Python.

    python axiom_export.py model.pt --input-shape 1,3,224,224

writes model.pt2 beside it by torch.export (torch 2.1 or newer), its batch free. Where there is no --input-shape, or torch
cannot export the model, an nn.Sequential becomes model.json (axiom.pytorch.sequential.v1) and model.safetensors. A file
of weights alone becomes model.safetensors.

One file, to carry to where PyTorch is; needs nothing but torch. Exit codes: 0 written (the paths are printed), 1 refused, with
the reason and what to do. A file is read as data first; --trust lets its pickle run code and is never assumed.
Tried with torch 2.15.0.
"""

import argparse
import ctypes
import json
import os
import sys
import zipfile
from pathlib import Path

try:
    import torch
    from torch import nn
except ImportError as missing:
    sys.exit(f"axiom_export: this Python has no PyTorch ({missing})\n  fix: run it with the Python that trained the model")


class Refused(Exception):
    """What cannot be done, and what to do about it."""

    def __init__(self, what, fix):
        super().__init__(f"{what}\n  fix: {fix}")


def main(arguments=None):
    wishes = _wishes(arguments)
    try:
        written = export(wishes.model, wishes.out or wishes.model.parent, wishes.input_shape, wishes.trust)
    except Refused as reason:
        sys.exit(f"axiom_export: {wishes.model}: {reason}")
    for path in written:
        print(path)


def _wishes(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--input-shape", action="append", default=[], type=_example, metavar="N,C,H,W[:DTYPE]",
                        help="an example input, batch first; once for each input; :int64 for indices")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where to write (default: beside the model)")
    parser.add_argument("--trust", action="store_true",
                        help="let the file's pickle run code, which it does with your rights: only for files you made")
    return parser.parse_args(arguments)


def _example(text):
    sizes, _, kind = text.partition(":")
    dtype = getattr(torch, kind or "float32", None)
    try:
        shape = [int(size) for size in sizes.split(",")]
    except ValueError:
        shape = []
    if not shape or min(shape) < 1 or not isinstance(dtype, torch.dtype):
        raise argparse.ArgumentTypeError(f"{text} is no shape: write e.g. 1,3,224,224 or 1,128:int64")
    return shape, dtype


def export(path, folder, inputs, trust=False):
    """Writes what Axiom opens into `folder`; answers the paths. `inputs`: [([1, 3, 224, 224], torch.float32), ...]"""
    content = _load(path, trust)
    if not isinstance(content, nn.Module):
        return [_weights(_tensors(content), folder / (path.stem + ".safetensors"))]
    net = content.eval()
    why = "no --input-shape was given"
    if inputs:
        try:
            return [_program(net, inputs, folder / (path.stem + ".pt2"))]
        except Exception as failure:  # torch.export raises dozens of types, most of them private
            why = f"torch.export of torch {torch.__version__}: {str(failure).strip().splitlines()[:1]}"
    print(f"axiom_export: no .pt2, {why}; trying the descriptor", file=sys.stderr)
    return _sequential(net, inputs, folder / path.stem, why)


def _load(path, trust):
    if not path.is_file():
        raise Refused("there is no such file", "check the path")
    names = zipfile.ZipFile(path).namelist() if zipfile.is_zipfile(path) else []
    if any(name.endswith("/constants.pkl") for name in names):
        raise Refused("this is TorchScript, which holds its graph already", "open the file itself with PyTorch.load")
    if any(name.endswith(("archive_format", "serialized_exported_program.json")) for name in names):
        raise Refused("this is an exported program already", "open the file itself with PyTorch.load")
    try:
        return _read_as_data(path)
    except Exception as failure:  # unpickling raises whatever the file makes it raise
        if not trust:
            raise Refused(f"it is not plain data: {_first_line(failure)}",
                          "if you made this file yourself, run axiom_export.py by hand with --trust, where its classes"
                          " can be imported; otherwise ask its author for a state_dict") from failure
    return torch.load(path, map_location="cpu", weights_only=False)


def _read_as_data(path):
    """weights_only, with the modules of torch.nn itself counted as data: they hold numbers and run nothing when made."""
    known = [kind for kind in vars(nn).values() if isinstance(kind, type) and issubclass(kind, nn.Module)]
    if not hasattr(torch.serialization, "safe_globals"):         # before torch 2.5: tensors only
        return torch.load(path, map_location="cpu", weights_only=True)
    with torch.serialization.safe_globals(known + [nn.functional.relu, nn.functional.gelu]):
        return torch.load(path, map_location="cpu", weights_only=True)


def _first_line(failure):
    return (str(failure).strip().splitlines() or [type(failure).__name__])[0][:300]


def _program(net, inputs, path):
    if not hasattr(torch, "export"):
        raise RuntimeError("torch.export begins with torch 2.1")
    example = tuple(_zeros([max(2, shape[0]), *shape[1:]], dtype) for shape, dtype in inputs)  # a batch of 1 would be frozen
    batch = torch.export.Dim("batch")
    with torch.no_grad():
        try:
            free = tuple({0: batch} for _ in inputs)
            program = torch.export.export(net, example, dynamic_shapes=free)
        except Exception as failure:  # the model itself may be made for one batch size
            print(f"axiom_export: the batch is not free: {_first_line(failure)}", file=sys.stderr)
            fixed = tuple(_zeros(shape, dtype) for shape, dtype in inputs)
            program = torch.export.export(net, fixed)
    return _aside(path, lambda part: torch.export.save(program, part))


def _zeros(shape, dtype):
    return torch.zeros(shape, dtype=dtype)


def _sequential(net, inputs, stem, why):
    shape = inputs[0][0][1:] if inputs else None
    try:
        if not isinstance(net, nn.Sequential):
            raise ValueError(f"the model is a {type(net).__name__}, and only nn.Sequential says by itself what runs when")
        described = describe(net, shape)
    except ValueError as unknown:
        raise Refused(f"{why}; {unknown}", "give --input-shape, one for each input, and a torch that can export the model"
                                           " (2.1 or newer)") from unknown
    text = json.dumps(described, separators=(",", ":"), allow_nan=False)
    written = _aside(stem.with_name(stem.name + ".json"), lambda part: part.write_text(text, encoding="utf-8"))
    return [written, _weights(net.state_dict(), stem.with_name(stem.name + ".safetensors"))]


def _tensors(content):
    for wrapper in ("state_dict", "model_state_dict", "model", "net"):
        if isinstance(content, dict) and isinstance(content.get(wrapper), dict):
            content = content[wrapper]
    found = {str(k): v for k, v in content.items() if torch.is_tensor(v)} if isinstance(content, dict) else {}
    if not found:
        raise Refused(f"neither a model nor named tensors: a {type(content).__name__}", "save model.state_dict() or the model")
    return found


def _weights(tensors, path):
    """safetensors: length of the header, header, then the tensors' bytes end to end."""
    unknown = [name for name, tensor in tensors.items() if tensor.dtype not in DTYPES]
    if unknown:
        raise Refused(f"safetensors has no type for {unknown[:5]}", "convert these tensors to float32")
    tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
    header, end = {}, 0
    for name, tensor in tensors.items():
        start, end = end, end + tensor.numel() * tensor.element_size()
        header[name] = {"dtype": DTYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [start, end]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)

    def write(part):
        with open(part, "wb") as out:
            out.write(len(text).to_bytes(8, "little") + text)
            for tensor in tensors.values():
                out.write(ctypes.string_at(tensor.data_ptr(), tensor.numel() * tensor.element_size()))

    return _aside(path, write)


def _aside(path, write):
    """Nothing half-written: beside the target first, then moved."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name("." + path.name + ".part" + path.suffix)
    try:
        write(part)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path


def save_descriptor(net, path, input_shape=None):
    """Writes the nn.Sequential `net` as descriptor; `input_shape` is one sample's, in PyTorch's order, without the batch."""
    with open(path, "w", encoding="utf-8") as out:
        json.dump(describe(net, input_shape), out, separators=(",", ":"), allow_nan=False)


def describe(net, input_shape=None):
    """The descriptor `axiom.pytorch.sequential.v1` as a dict; its fields are described in tools/fixtures/README.md."""
    head = {"format": "axiom.pytorch.sequential.v1"}
    if input_shape is not None:
        head["input"] = {"shape": list(input_shape), "dtype": "float32"}
    return head | {"layers": [_layer(name, layer) for name, layer in _leaves(net)]}


def _leaves(net, prefix=""):
    for name, layer in net.named_children():
        if isinstance(layer, nn.Sequential):
            yield from _leaves(layer, prefix + name + ".")
        else:
            yield prefix + name, layer


def _layer(name, layer):
    kind = type(layer).__name__
    if kind not in FIELDS:
        raise ValueError(f"layer {name} is a {kind}: the sequential descriptor knows {sorted(FIELDS)}")
    fields = {field: _plain(layer, field) for field in FIELDS[kind]}
    return {"type": "BatchNorm" if kind in NORMS else kind} | fields


def _plain(layer, field):
    value = getattr(layer, field)
    if field in SPATIAL and not isinstance(value, str):
        rank = int(type(layer).__name__.rstrip("d")[-1])
        value = list(value) if isinstance(value, tuple) else [value] * rank
    return value.tolist() if hasattr(value, "tolist") else value


SPATIAL = ("kernel_size", "stride", "padding", "dilation", "output_padding")
NORMS = ("BatchNorm1d", "BatchNorm2d", "BatchNorm3d")
_CONV = ("in_channels", "out_channels", "kernel_size", "stride", "padding", "padding_mode",
         "dilation", "groups", "weight", "bias")
_TRANSPOSED = ("in_channels", "out_channels", "kernel_size", "stride", "padding", "output_padding",
               "dilation", "groups", "weight", "bias")
_NORM = ("num_features", "eps", "momentum", "affine", "track_running_stats", "weight", "bias",
         "running_mean", "running_var")
_MAX = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
_AVERAGE = ("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad")
FIELDS = {
    "Linear": ("in_features", "out_features", "weight", "bias"),
    **{f"Conv{d}d": _CONV for d in (1, 2, 3)},
    **{f"ConvTranspose{d}d": _TRANSPOSED for d in (1, 2, 3)},
    **{norm: _NORM for norm in NORMS},
    **{f"MaxPool{d}d": _MAX for d in (1, 2, 3)},
    **{f"AvgPool{d}d": _AVERAGE for d in (1, 2, 3)},
    "Flatten": ("start_dim", "end_dim"),
    **{f"Dropout{d}": ("p",) for d in ("", "1d", "2d", "3d")},
    **{plain: () for plain in ("Identity", "ReLU", "ReLU6", "Sigmoid", "Tanh", "SiLU", "Mish",
                               "Hardswish", "Hardsigmoid", "Softsign", "LogSigmoid")},
    "LeakyReLU": ("negative_slope",),
    "ELU": ("alpha",),
    "CELU": ("alpha",),
    "SELU": (),
    "GELU": ("approximate",),
    "Softplus": ("beta", "threshold"),
    "Hardtanh": ("min_val", "max_val"),
    "Softmax": ("dim",),
    "LogSoftmax": ("dim",),
}
DTYPES = {
    torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64",
    torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL",
}

if __name__ == "__main__":
    main()
