"""Reads the case set and holds its values and derivatives against its own, by the formulas alone.

    python3 check.py [--every K] [FILE]

Standard library only, and nothing of backproof: a pattern for other checkers, and a proof that the
file says enough. Exits with 1 where anything differs.
"""

import argparse
import json
import struct
import sys
from decimal import Decimal as D
from decimal import getcontext
from pathlib import Path

DIGITS = 160
STEP = D("1e-45")
# Central differences err by STEP**2, those of one side by STEP.
AGREE = D("1e-38")
# A program's value may be off by rounding, which cancellation swells.
VALUE = {"float64": D("1e-9"), "float32": D("1e-3")}


def tanh(t):
    e = (-2 * abs(t)).exp()
    return ((1 - e) / (1 + e)).copy_sign(t)


def sin(t):
    """By its series for t / 3^k, then k times sin 3a = 3 sin a - 4 sin^3 a."""
    k = 0
    while abs(t) > D("0.01"):
        t, k = t / 3, k + 1
    term, total, n = t, t, 1
    while abs(term) > D(10) ** -(DIGITS + 20):
        term *= -t * t / ((n + 1) * (n + 2))
        total, n = total + term, n + 2
    for _ in range(k):
        total = 3 * total - 4 * total**3
    return total


ACTIVATIONS = {
    "tanh": tanh,
    "sigmoid": lambda t: 1 / (1 + (-t).exp()),
    "sin": sin,
    "exp": lambda t: t.exp(),
    "square": lambda t: t * t,
    "cube": lambda t: t**3,
    "quartic": lambda t: t**4,
    "bump": lambda t: (-t * t).exp(),
    "softplus": lambda t: max(t, D(0)) + (1 + (-abs(t)).exp()).ln(),
    "relu": lambda t: max(t, D(0)),
    "abs": abs,
    "leaky_relu": lambda t: t if t > 0 else t / 8,
    "signed_square": lambda t: t * abs(t),
    "square_by_abs": lambda t: t * t,
    "reciprocal": lambda t: 1 / t,
    "log": lambda t: t.ln(),
    "sqrt": lambda t: t.sqrt(),
}


def dot(a, b):
    return sum((v * w for v, w in zip(a, b)), D(0))


def ridge(p, x):
    terms = zip(p["weights"], p["biases"], p["activations"], p["amplitudes"])
    return [p["offset"] + sum(a * ACTIVATIONS[phi](b + dot(w, x)) for w, b, phi, a in terms)]


def layer(p, x):
    phi = ACTIVATIONS[p["activation"]]
    return [phi(b + dot(w, x)) for w, b in zip(p["weights"], p["biases"])]


def softmax(_p, x):
    exps = [v.exp() for v in x]
    return [e / sum(exps) for e in exps]


def cross_entropy(p, x):
    return [sum(v.exp() for v in x).ln() - x[int(p["target"])]]


def maximum(p, x):
    return [max(x) + p["curvature"] * dot(x, x)]


def norm(_p, x):
    return [dot(x, x).sqrt()]


def rosenbrock(_p, x):
    return [sum(100 * (b - a * a) ** 2 + (1 - a) ** 2 for a, b in zip(x, x[1:]))]


def network(p, x):
    sizes = [int(n) for n in p["sizes"]]
    phi = ACTIVATIONS[p["activation"]]
    total = D(0)
    for row, target in zip(p["inputs"], p["targets"]):
        a, at = row, 0
        for n, m in zip(sizes, sizes[1:]):
            weights, biases = x[at : at + m * n], x[at + m * n : at + m * n + m]
            z = [dot(weights[j * n : j * n + n], a) + biases[j] for j in range(m)]
            a, at = [phi(t) for t in z], at + m * n + m
        total += sum((y - t) ** 2 for y, t in zip(z, target))
    return [total / (len(p["inputs"]) * sizes[-1])]


FUNCTIONS = {
    f.__name__: f
    for f in (ridge, layer, softmax, cross_entropy, maximum, norm, rosenbrock, network)
}


def exact(value, dtype):
    """Every number in plain data as the exact value of the float that a program reads."""
    if isinstance(value, dict):
        return {key: exact(v, dtype) for key, v in value.items()}
    if isinstance(value, list):
        return [exact(v, dtype) for v in value]
    if isinstance(value, str):
        return value
    return D(struct.unpack("f", struct.pack("f", value))[0] if dtype == "float32" else value)


class Case:
    def __init__(self, case):
        self.case = case
        self.parameters = exact(case["parameters"], case["dtype"])
        self.x = exact(case["at"], case["dtype"])
        self.cotangent = [D(c) for c in case.get("cotangent", [1])]

    def outputs(self, x):
        return FUNCTIONS[self.case["function"]](self.parameters, x)

    def f(self, x):
        return dot(self.cotangent, self.outputs(x))

    def differences(self, i):
        """From below, central, from above."""
        h = STEP * (abs(self.x[i]) or max(map(abs, self.x)) or 1)
        below, above = ([*self.x[:i], self.x[i] + s * h, *self.x[i + 1 :]] for s in (-1, 1))
        low, here, high = self.f(below), self.f(self.x), self.f(above)
        return (here - low) / h, (high - low) / (2 * h), (high - here) / h

    def wrong_value(self):
        stated = self.case["value"]
        stated = stated if isinstance(stated, list) else [stated]
        unit = self.case.get("valueRoundedTo", 0)
        for got, expected in zip(stated, self.outputs(self.x), strict=True):
            slack = VALUE["float32" if unit == "float32" else self.case["dtype"]] * abs(expected)
            slack += 0 if unit == "float32" else D(unit)
            if abs(D(got) - expected) > slack:
                return f"value: the file has {got}, the formula gives {float(expected)}"
        return None

    def wrong_derivatives(self):
        case = self.case
        # Of below, central and above: what the file tells.
        told = [(1, case["truth"])] if case["truth"] else [(0, case["left"]), (2, case["right"])]
        size = max(abs(D(v)) for _, column in told for v in column) or 1
        for i in range(len(self.x)):
            differences = self.differences(i)
            for k, column in told:
                if abs(differences[k] - D(column[i])) > AGREE * size:
                    yield f"entry {i}: the file has {column[i]}, differences {differences[k]:.45}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, help="every K-th case only")
    parser.add_argument("file", nargs="?", default=Path(__file__).with_name("cases.json"))
    options = parser.parse_args()
    getcontext().prec = DIGITS
    cases = json.loads(Path(options.file).read_text())["cases"][:: options.every]
    compared = faults = 0
    for data in cases:
        if "truth" not in data or (data["truth"] is None and "left" not in data):
            continue
        case = Case(data)
        found = [case.wrong_value(), *case.wrong_derivatives()]
        compared += len(case.x)
        for fault in filter(None, found):
            faults += 1
            print(f"{data['id']}: {fault}")
    print(f"{len(cases)} cases, {compared} derivatives compared, {faults} differ")
    return 1 if faults or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
