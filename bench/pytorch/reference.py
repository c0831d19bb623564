"""A model of this project in PyTorch, and what PyTorch answers for it.

Used by bench/pytorch/make.py (W1 to W5) and test/fixtures/pytorch/make.py (small nets).
Made with Python 3.11, torch 2.13.0 (CPU), safetensors 0.8.0, numpy 2.4.6.
"""

import json

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

torch.set_num_threads(1)  # one order of summation, on every machine

ACTIVATIONS = {
    "sigmoid": lambda z, layer: torch.sigmoid(z),
    "tanh": lambda z, layer: torch.tanh(z),
    "relu": lambda z, layer: F.relu(z),
    "leaky_relu": lambda z, layer: F.leaky_relu(z, layer["slope"]),
    "elu": lambda z, layer: F.elu(z, layer["alpha"]),
    "identity": lambda z, layer: z,
}


class Network(torch.nn.Module):
    """The layers of a model spec ({inputs, layers, loss}, as src/model writes it), in order."""

    def __init__(self, spec, dtype):
        super().__init__()
        self.spec = spec
        for layer in spec["layers"]:
            if layer["kind"] == "linear":
                linear = torch.nn.Linear(layer["in"], layer["out"], layer["bias"], dtype=dtype)
                self.add_module(layer["name"], linear)

    def forward(self, x, watch=lambda z: None):
        """`watch` sees each linear layer's outputs."""
        for layer in self.spec["layers"]:
            if layer["kind"] == "linear":
                x = self.get_submodule(layer["name"])(x)
                watch(x)
            else:
                x = ACTIVATIONS[layer["kind"]](x, layer)
        return x

    def loss(self, outputs, targets):
        kind, reduction = self.spec["loss"]["kind"], self.spec["loss"]["reduction"]
        if kind == "bce":
            return F.binary_cross_entropy(outputs, targets, reduction=reduction)
        if kind == "bce_with_logits":
            return F.binary_cross_entropy_with_logits(outputs, targets, reduction=reduction)
        if kind == "cross_entropy":
            return F.cross_entropy(outputs, targets[:, 0].long(), reduction=reduction)
        if kind == "mse":
            return F.mse_loss(outputs, targets, reduction=reduction)
        raise ValueError(f"unknown loss {kind}")


def answer(network, inputs, targets, limit=20.0):
    """Loss, outputs, and every gradient; asserts that no pre-activation exceeds `limit`.

    Deeper in saturation PyTorch's backward of binary_cross_entropy divides by max(p(1-p), 1e-12),
    which is another function than its forward's derivative.
    """

    def watch(z):
        assert z.abs().max() <= limit, f"|z| up to {z.abs().max()}, expected at most {limit}"

    network.zero_grad()
    inputs = inputs.clone().requires_grad_()
    outputs = network(inputs, watch)
    loss = network.loss(outputs, targets)
    loss.backward()
    grads = {f"grads.{name}": p.grad.clone() for name, p in network.named_parameters()}
    return {
        "loss": loss.detach().clone(),
        "outputs": outputs.detach().clone(),
        "inputs_grad": inputs.grad.clone(),
        **grads,
    }


def loss_after(network, inputs, targets, learning_rate, steps=10):
    """The loss after so many steps of torch.optim.SGD; changes the network."""
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimizer.zero_grad()
        network.loss(network(inputs), targets).backward()
        optimizer.step()
    with torch.no_grad():
        return network.loss(network(inputs), targets).clone()


def save(tensors, path, about):
    """One metadata key, since safetensors writes several in an order that changes between runs."""
    about = {**about, "torch": torch.__version__}
    save_file(tensors, path, {"about": json.dumps(about, ensure_ascii=False)})
    path.chmod(0o644)
