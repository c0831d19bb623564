"""Reads the case set and holds all that it says against its own findings, by the formulas alone.

    python3 check.py [--every K] [FILE]

Standard library only, and nothing of backproof: a pattern for other checkers, and a proof that the
file says enough: value and derivative by the formulas, expected by gradient and derivative. Exits with
1 where anything differs.
"""

import argparse
import json
import math
import random
import struct
import sys
from decimal import Decimal as D
from decimal import getcontext, localcontext
from pathlib import Path

DIGITS = 160
STEP = D("1e-45")
# Central differences err by STEP**2, those of one side by STEP.
AGREE = D("1e-38")
# A program's value may be off by rounding, which cancellation swells.
VALUE = {"float64": D("1e-9"), "float32": D("1e-3")}
# A right gradient may be off by so many roundings of its root mean square; no wrong one is that near.
ROUNDINGS = {"float64": 1e4 * 2**-53, "float32": 1e4 * 2**-24}
# Pieces are told to 20 digits, and no more than 64 of them: of a cone's tip that is not all.
PIECE_DIGITS, PIECE_STEP, PIECE_AGREE, PIECES = 60, D("1e-25"), D("1e-15"), 64
# Of a piece that so many random rays miss, nothing is known.
RAYS = 100


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


def product(a, b):
    return sum(v * w for v, w in zip(a, b))


def outside(points, slack):
    """Whether 0 is farther than slack from every mean of the points: pairwise Frank-Wolfe."""
    share = [0.0] * len(points)
    first = min(range(len(points)), key=lambda k: math.hypot(*points[k]))
    share[first] = 1.0
    x = points[first]
    for _ in range(100_000):
        if math.hypot(*x) <= slack:
            return False
        along = [product(p, x) for p in points]
        near = min(range(len(points)), key=along.__getitem__)
        if along[near] > slack * math.hypot(*x):
            return True
        far = max((k for k, w in enumerate(share) if w > 0), key=along.__getitem__)
        way = [b - a for a, b in zip(points[far], points[near])]
        step = min(share[far], (along[far] - along[near]) / (product(way, way) or 1.0))
        share[far], share[near] = share[far] - step, share[near] + step
        x = [sum(w * p[i] for w, p in zip(share, points)) for i in range(len(x))]
    raise ArithmeticError("no end to the search for the nearest mean")


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

    def wrong_pieces(self):
        """Along every ray f must climb as one of the pieces does."""
        pieces = self.case.get("pieces", [])
        if not 0 < len(pieces) < PIECES:
            return None
        exact_pieces = [[D(v) for v in piece] for piece in pieces]
        size = max(abs(v) for piece in exact_pieces for v in piece) or 1
        scales = [abs(v) or max(map(abs, self.x)) or 1 for v in self.x]
        source = random.Random(0)
        missing = set(range(len(pieces)))
        with localcontext() as context:
            context.prec = PIECE_DIGITS
            here = self.f(self.x)
            for _ in range(RAYS):
                ray = [s * D(source.gauss(0, 1)) for s in scales]
                there = self.f([v + PIECE_STEP * r for v, r in zip(self.x, ray)])
                slope = (there - here) / PIECE_STEP
                slack = PIECE_AGREE * size * sum(map(abs, ray))
                own = {k for k, p in enumerate(exact_pieces) if abs(dot(p, ray) - slope) <= slack}
                if not own:
                    return f"pieces: none has the slope {slope:.20} along {[float(r) for r in ray]}"
                missing -= own
                if not missing:
                    break
        return None

    def wrong_verdict(self):
        verdict, expected = self.verdict(), self.case["expected"]
        if verdict == expected:
            return None
        return f"expected: the file has {expected}, gradient and derivative make it {verdict}"

    def verdict(self):
        case = self.case
        gradient = [float(v) for v in case["gradient"]]
        if not case["truth"] and "left" not in case:
            values = case["value"] if isinstance(case["value"], list) else [case["value"]]
            return "unresolved" if all(math.isfinite(float(v)) for v in values) else "not-finite"
        if not all(map(math.isfinite, gradient)):
            return "not-finite"
        left, right = (
            [float(v) for v in case.get(side, case["truth"])] for side in ("left", "right")
        )
        slack = ROUNDINGS[case["dtype"]] * math.hypot(*left, *right) / math.sqrt(2 * len(left))
        if "pieces" in case:
            pieces = [[float(v) - g for v, g in zip(piece, gradient)] for piece in case["pieces"]]
            return "disagrees" if outside(pieces, slack) else "agrees"
        inside = (
            min(a, b) - slack <= g <= max(a, b) + slack for a, b, g in zip(left, right, gradient)
        )
        return "agrees" if all(inside) else "disagrees"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, help="every K-th case only")
    parser.add_argument("file", nargs="?", default=Path(__file__).with_name("cases.json"))
    options = parser.parse_args()
    getcontext().prec = DIGITS
    cases = json.loads(Path(options.file).read_text())["cases"][:: options.every]
    compared = faults = 0
    for data in cases:
        if "truth" not in data:
            continue
        case = Case(data)
        found = [case.wrong_verdict()]
        if data["truth"] or "left" in data:  # f has slopes at x
            found += [case.wrong_value(), *case.wrong_derivatives(), case.wrong_pieces()]
            compared += len(case.x)
        for fault in filter(None, found):
            faults += 1
            print(f"{data['id']}: {fault}")
    print(f"{len(cases)} cases, {compared} derivatives compared, {faults} differ")
    return 1 if faults or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
