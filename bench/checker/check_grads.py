"""Answers what jax.test_util.check_grads says of gradients, as JSON on standard output.

    pip install jax==0.10.2
    python3 bench/checker/check_grads.py < REQUEST

The request is gradcheck.py's; its options go to check_grads, of order 1 in reverse mode. The network is
a custom_vjp whose backward is right but for the one entry. All in float64.
"""

import json
import os
import platform
import sys

os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
from jax.test_util import check_grads

jax.config.update("jax_enable_x64", True)

ACTIVATIONS = {"tanh": jnp.tanh, "relu": jax.nn.relu}


def loss_of(problem):
    """The mean cross entropy as a function of the parameters, weight, bias, weight, bias."""
    activation = ACTIVATIONS[problem["activation"]]
    assert problem["loss"] == "cross_entropy", problem["loss"]
    inputs = jnp.array(problem["inputs"]["data"]).reshape(problem["inputs"]["rows"], -1)
    targets = jnp.array(problem["targets"]).astype(int)

    def value(*params):
        a = inputs
        for i in range(0, len(params), 2):
            a = (a if i == 0 else activation(a)) @ params[i].T + params[i + 1]
        return -jnp.mean(jax.nn.log_softmax(a)[jnp.arange(len(a)), targets])

    return value


def split(flat, slots):
    """One array a slot, of its shape."""
    ends = [slot["offset"] + slot["size"] for slot in slots]
    return tuple(
        part.reshape(slot["shape"]) for part, slot in zip(jnp.split(flat, ends[:-1]), slots)
    )


def passes(value, params, grads, options):
    planted = jax.custom_vjp(value)
    planted.defvjp(
        lambda *given: (value(*given), None),
        lambda _, cotangent: tuple(cotangent * g for g in grads),
    )
    try:
        check_grads(planted, params, order=1, modes=["rev"], **options)
    except AssertionError:
        return False
    return True


def answer(problem):
    slots, value = problem["slots"], loss_of(problem)
    params = split(jnp.array(problem["values"]), slots)
    grads = jax.grad(value, argnums=tuple(range(len(params))))(*params)
    flat = jnp.concatenate([g.ravel() for g in grads])
    wrong = [flat.at[problem["entry"]].add(error) for error in problem["errors"]]
    return {
        "loss": value(*params).item(),
        "passes": [passes(value, params, split(g, slots), problem["options"]) for g in wrong],
    }


answers = [answer(problem) for problem in json.load(sys.stdin)]
about = {"version": jax.__version__, "python": platform.python_version()}
json.dump({**about, "answers": answers}, sys.stdout)
