"""Answers what torch.autograd.gradcheck says of gradients, as JSON on standard output.

    pip install torch==2.13.0
    python3 bench/checker/gradcheck.py < REQUEST

The request is a JSON list of problems, written by bench/checker/detection/ask.ts: a multilayer
perceptron with its parameters and batch, one entry of its gradient, the errors to give that entry, and
the options of gradcheck, which has its own defaults for the rest. It is called once for each error; the
network is an autograd.Function whose backward is right but for that entry. All in float64, on one core.
"""

import json
import platform
import sys
import time

import torch
import torch.nn.functional as F
from torch.autograd.gradcheck import GradcheckError, gradcheck

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

ACTIVATIONS = {"tanh": torch.tanh, "relu": torch.relu}
LOSSES = {"mse": F.mse_loss, "cross_entropy": F.cross_entropy}


def loss_of(problem):
    """The loss as a function of the parameters, which come weight, bias, weight, bias."""
    activation, loss = ACTIVATIONS[problem["activation"]], LOSSES[problem["loss"]]
    inputs = torch.tensor(problem["inputs"]["data"]).reshape(problem["inputs"]["rows"], -1)
    targets = torch.tensor(problem["targets"]).reshape(len(inputs), -1)
    if problem["loss"] == "cross_entropy":
        targets = targets.flatten().long()

    def value(*params):
        a = inputs
        for i in range(0, len(params), 2):
            a = F.linear(a if i == 0 else activation(a), params[i], params[i + 1])
        return loss(a, targets)

    return value


def check(value, params, entry, error, options):
    """Whether gradcheck passes, the calls of the forward pass and the core's seconds for it."""
    calls = 0

    class Planted(torch.autograd.Function):
        @staticmethod
        def forward(ctx, *given):
            nonlocal calls
            calls += 1
            ctx.save_for_backward(*given)
            return value(*given)

        @staticmethod
        def backward(ctx, cotangent):
            with torch.enable_grad():
                own = [p.detach().requires_grad_() for p in ctx.saved_tensors]
                grads = torch.autograd.grad(value(*own), own)
            left = entry
            for g in grads:
                if 0 <= left < g.numel():
                    g.view(-1)[left] += error
                left -= g.numel()
            return tuple(cotangent * g for g in grads)

    start = time.process_time()
    try:
        passes = gradcheck(Planted.apply, params, **options)
    except GradcheckError:
        passes = False
    return passes, calls, time.process_time() - start


def answer(problem):
    values = torch.tensor(problem["values"])
    params = tuple(
        part.reshape(slot["shape"]).clone().requires_grad_()
        for part, slot in zip(
            values.split([slot["size"] for slot in problem["slots"]]), problem["slots"]
        )
    )
    value = loss_of(problem)
    runs = [
        check(value, params, problem["entry"], error, problem["options"])
        for error in problem["errors"]
    ]
    return {
        "loss": value(*params).item(),
        "passes": [passes for passes, _, _ in runs],
        "calls": [calls for _, calls, _ in runs],
        "seconds": [float(f"{seconds:.3g}") for _, _, seconds in runs],
    }


answers = [answer(problem) for problem in json.load(sys.stdin)]
about = {"version": torch.__version__.split("+")[0], "python": platform.python_version()}
json.dump({**about, "answers": answers}, sys.stdout)
