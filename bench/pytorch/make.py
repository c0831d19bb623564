"""Writes bench/pytorch/W1.safetensors to W5.safetensors: what PyTorch answers on the workloads.

    npm run build
    node dist/bench/pytorch/export.js workloads
    pip install torch==2.13.0 safetensors==0.8.0
    python3 bench/pytorch/make.py workloads
"""

import json
import math
import sys
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file

from reference import Network, answer, loss_after, save

given = Path(sys.argv[1])
here = Path(__file__).parent


def samples(answered, network):
    """W4's gradient is 1.9 MB: keep 64 dot products, exactly summed, and 2,000 entries."""
    chosen = load_file(given / "W4.samples.safetensors")
    names = [name for name, _ in network.named_parameters()]
    gradient = torch.cat([answered[f"grads.{name}"].flatten() for name in names])
    projections = [math.fsum((gradient * d).tolist()) for d in chosen["directions"]]
    return {
        "projections": torch.tensor(projections, dtype=torch.float64),
        "entries.index": chosen["entries.index"],
        "entries.value": gradient[chosen["entries.index"].long()],
        "loss": answered["loss"],
        "outputs": answered["outputs"],
    }


for name in ["W1", "W2", "W3", "W4", "W5"]:
    with safe_open(given / f"{name}.params.safetensors", "pt") as file:
        about = json.loads(file.metadata()["about"])
    network = Network(about["model"], torch.float64)
    network.load_state_dict(load_file(given / f"{name}.params.safetensors"), strict=True)
    batch = load_file(given / f"{name}.batch.safetensors")

    answered = answer(network, batch["inputs"], batch["targets"])
    kept = samples(answered, network) if name == "W4" else answered
    kept["loss_after_ten"] = loss_after(
        network, batch["inputs"], batch["targets"], about["learningRate"]
    )
    save(kept, here / f"{name}.safetensors", about)
    print(name, answered["loss"].item(), kept["loss_after_ten"].item())
