#!/usr/bin/env python3
"""Tries axiom_export.py on files of every kind. Needs torch; no part of the build:

    python tools/axiom_export_test.py
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from torch import nn

SCRIPT = Path(__file__).with_name("axiom_export.py")


class Own(nn.Module):
    """A class that no other process can import."""

    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(4, 2)

    def forward(self, x):
        return self.inner(x) + 1


class Evil:
    def __reduce__(self):
        return print, ("code ran",)


def run(*arguments):
    done = subprocess.run([sys.executable, str(SCRIPT), *map(str, arguments)], capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout, done.stderr


def check(fact, text):
    if not fact:
        sys.exit(f"FAILED: {text}")
    print("ok  ", text)


def main():
    torch.manual_seed(7)
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(72, 3)).eval()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        torch.save(net, folder / "net.pt")
        exported(folder, net)
        described(folder, net)
        refused(folder, net)
        only_weights(folder, net)


def exported(folder, net):
    code, _, err = run(folder / "net.pt", "--input-shape", "1,1,8,8")
    check(code == 0 and (folder / "net.pt2").exists(), f"a module with a shape becomes .pt2, without --trust {err}")
    program = torch.export.load(folder / "net.pt2").module()
    x = torch.randn(5, 1, 8, 8)
    check(torch.equal(program(x), net(x)), "it takes any batch and computes the same")
    check(not list(folder.glob(".*")), "nothing half-written is left")


def described(folder, net):
    code, out, err = run(folder / "net.pt", "--out", folder / "plain")
    check(code == 0 and len(out.split()) == 2 and "no --input-shape" in err, "without a shape it is descriptor and weights, and says why")
    layers = json.loads((folder / "plain/net.json").read_text())["layers"]
    check([layer["type"] for layer in layers] == ["Conv2d", "ReLU", "Flatten", "Linear"], "the descriptor names the layers")


def refused(folder, net):
    torch.save(Own(), folder / "own.pt")
    code, _, err = run(folder / "own.pt", "--input-shape", "1,4")
    check(code == 1 and "--trust" in err and "Traceback" not in err, "a class of somebody else is refused, naming --trust")
    torch.save(Evil(), folder / "evil.pt")
    code, out, err = run(folder / "evil.pt")
    check(code == 1 and "code ran" not in out + err.replace("'code ran'", ""), "a call in a pickle does not run")
    torch.jit.trace(net, torch.zeros(1, 1, 8, 8)).save(folder / "trace.pt")
    code, _, err = run(folder / "trace.pt")
    check(code == 1 and "TorchScript" in err, "TorchScript is named")
    code, _, err = run(folder / "net.pt2")
    check(code == 1 and "already" in err, "an exported program is named")
    code, _, err = run(folder / "none.pt")
    check(code == 1 and "no such file" in err, "a missing file is named")
    torch.save([1, 2], folder / "list.pt")
    code, _, err = run(folder / "list.pt")
    check(code == 1 and "neither" in err, "a list is named")


def only_weights(folder, net):
    state = {"a": torch.randn(2, 3), "half": torch.ones(3, dtype=torch.bfloat16), "n": torch.tensor(5), "t": torch.randn(4, 2).T}
    torch.save({"state_dict": state, "epoch": 3}, folder / "weights.ckpt")
    code, _, err = run(folder / "weights.ckpt")
    check(code == 0, f"weights alone become safetensors {err}")
    from safetensors.torch import load_file
    back = load_file(folder / "weights.safetensors")
    check(back.keys() == state.keys() and all(torch.equal(back[k], state[k]) for k in state), "and read back equal")


if __name__ == "__main__":
    main()
