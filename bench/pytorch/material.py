"""What the source material's code does in PyTorch: each finding measured, as material.json.

After the findings it has the gradient norms of the material's five-layer network at the start, over
400 seeds, for the pages of vanishing gradients and dying ReLU.

    pip install torch==2.13.0
    python3 bench/pytorch/material.py [--quick] [FILE]

The material is a course chapter (after Qiu Xipeng, nndl, 2020) whose classes are rebuilt below, with
their behaviours and their mistakes. FILE is material.json beside this script unless given. With --quick, which wants a
FILE, those findings are left out that train for 1,000 epochs or more.

All is computed in float64, although the material trains in float32: no finding is about precision,
and six digits of these figures are then the same on every machine. Made with Python 3.11, torch 2.13.0
(CPU). A figure is of one data set and one start, SEED's, unless it says over how many seeds.
"""

import copy
import functools
import io
import json
import math
import os
import re
import shutil
import statistics
import sys
import tempfile
import zipfile
from contextlib import redirect_stdout
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F

SEED = 0
SEEDS = range(6)  # where one training says little, several are run
torch.set_num_threads(1)  # one order of summation, on every machine
torch.set_default_dtype(torch.float64)


# --- The material's code -------------------------------------------------------------------------


class Model_MLP_L2_V2(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.fc1 = nn.Linear(input_size, hidden_size)
        self.fc2 = nn.Linear(hidden_size, output_size)
        self.act_fn = F.sigmoid

    def forward(self, inputs):
        return self.act_fn(self.fc2(self.act_fn(self.fc1(inputs))))


TwoLayers = Model_MLP_L2_V2


class Model_MLP_L2_V2(nn.Module):
    """The addendum's network, under the first one's name, as there."""

    def __init__(self, input_size, hidden_size, hidden_size_, output_size):
        super().__init__()
        self.fc1 = nn.Linear(input_size, hidden_size)
        self.fc2 = nn.Linear(hidden_size, hidden_size_)
        self.fc3 = nn.Linear(hidden_size_, output_size)
        self.act_fn = F.sigmoid

    def forward(self, inputs):
        return self.act_fn(self.fc3(self.act_fn(self.fc2(self.act_fn(self.fc1(inputs))))))


ThreeLayers = Model_MLP_L2_V2


class Model_MLP_L2_V4(TwoLayers):
    """Section 2.1's network with parameters 0, which differs from the first in name alone."""


class Model_MLP_L5(nn.Module):
    MATCHED = 0  # times the test in init_weights held: the one thing added here

    def __init__(
        self,
        input_size,
        output_size,
        act="sigmoid",
        w_init=torch.normal(mean=torch.tensor(0.0), std=torch.tensor(0.01)),
        b_init=torch.tensor(1.0),
    ):
        super().__init__()
        self.fc1 = nn.Linear(input_size, 3)
        self.fc2 = nn.Linear(3, 3)
        self.fc3 = nn.Linear(3, 3)
        self.fc4 = nn.Linear(3, 3)
        self.fc5 = nn.Linear(3, output_size)
        self.act = {"sigmoid": F.sigmoid, "relu": F.relu, "lrelu": F.leaky_relu}[act]
        self.init_weights(w_init, b_init)

    def init_weights(self, w_init, b_init):
        for _, m in self.named_parameters():
            if isinstance(m, nn.Linear):
                Model_MLP_L5.MATCHED += 1
                w_init(m.weight)
                b_init(m.bias)

    def forward(self, inputs):
        outputs = inputs
        for layer in (self.fc1, self.fc2, self.fc3, self.fc4):
            outputs = self.act(layer(outputs))
        return F.sigmoid(self.fc5(outputs))


class RunnerV2_2:
    def __init__(self, model, optimizer, metric, loss_fn, **kwargs):
        self.model, self.optimizer, self.metric, self.loss_fn = model, optimizer, metric, loss_fn
        self.train_scores, self.dev_scores = [], []
        self.train_loss, self.dev_loss = [], []

    def train(self, train_set, dev_set, **kwargs):
        self.model.train()
        num_epochs = kwargs.get("num_epochs", 0)
        log_epochs = kwargs.get("log_epochs", 100)
        save_path = kwargs.get("save_path", "best_model.pt")
        custom_print_log = kwargs.get("custom_print_log", None)
        best_score = 0
        for epoch in range(num_epochs):
            X, y = train_set
            logits = self.model(X)
            trn_loss = self.loss_fn(logits, y)
            self.train_loss.append(trn_loss.item())
            self.train_scores.append(self.metric(logits, y).item())
            trn_loss.backward()
            if custom_print_log is not None:
                custom_print_log(self)
            self.optimizer.step()
            self.optimizer.zero_grad()
            dev_score, _ = self.evaluate(dev_set)
            if dev_score > best_score:
                self.save_model(save_path)
                print(f"[Evaluate] best {best_score:.5f} --> {dev_score:.5f}")
                best_score = dev_score
            if log_epochs and epoch % log_epochs == 0:
                print(f"[Train] epoch: {epoch}/{num_epochs}, loss: {trn_loss.item()}")

    @torch.no_grad()
    def evaluate(self, data_set):
        self.model.eval()
        X, y = data_set
        logits = self.model(X)
        loss = self.loss_fn(logits, y).item()
        self.dev_loss.append(loss)
        score = self.metric(logits, y).item()
        self.dev_scores.append(score)
        return score, loss

    def save_model(self, saved_path):
        torch.save(self.model.state_dict(), saved_path)

    def load_model(self, model_path):
        state_dict = torch.load(model_path)
        self.model.set_state_dict(state_dict)


def accuracy(preds, labels):
    if preds.shape[1] == 1:
        preds = (preds >= 0.5).to(torch.float32)
    else:
        preds = torch.argmax(preds, dim=1).int()
    return torch.mean((preds == labels).float())


def print_weights(runner):
    print("The weights of the Layers:")
    for item in runner.model.named_parameters():
        print(item)
    for _, param in enumerate(runner.model.named_parameters()):
        print(param)


def print_grads(runner):
    print("The gradient of the Layers:")
    for name, item in runner.model.named_parameters():
        if len(item.size()) == 2:
            print(name, torch.norm(input=item, p=2))


# --- Data, and ways to run and to watch ----------------------------------------------------------


def moons(seed):
    """The course's two moons: 1,000 points, noise 0.1, shuffled; 640 train, 160 dev, 200 test."""
    torch.manual_seed(seed)
    t = torch.linspace(0, math.pi, 500)
    outer = torch.stack([torch.cos(t), torch.sin(t)], 1)
    inner = torch.stack([1 - torch.cos(t), 0.5 - torch.sin(t)], 1)
    order = torch.randperm(1000)
    X = torch.cat([outer, inner])[order] + 0.1 * torch.randn(1000, 2)
    y = (order >= 500).double().reshape(-1, 1)
    return (X[:640], y[:640]), (X[640:800], y[640:800]), (X[800:], y[800:])


TRAIN, DEV, TEST = moons(SEED)


class Watched(RunnerV2_2):
    """Notes after which epochs it saved. `lines` are what train printed."""

    def __init__(self, model, lr=0.2, optimizer=None, metric=accuracy):
        optimizer = optimizer or torch.optim.SGD(model.parameters(), lr=lr)
        super().__init__(model, optimizer, metric, F.binary_cross_entropy)
        self.saved, self.lines = [], []

    def save_model(self, saved_path):
        self.saved.append(len(self.train_loss) - 1)
        super().save_model(saved_path)

    def train(self, train_set=TRAIN, dev_set=DEV, **kwargs):
        out = io.StringIO()
        with redirect_stdout(out):
            super().train(train_set, dev_set, **kwargs)
        self.lines = out.getvalue().splitlines()
        return self

    def logged(self):
        return sum(line.startswith("[Train]") for line in self.lines)


def seeded(make, seed=SEED):
    torch.manual_seed(seed)
    return make()


def two_layers(kind=TwoLayers, seed=SEED):
    return seeded(lambda: kind(2, 5, 1), seed)


def three_layers(seed=SEED):
    return seeded(lambda: ThreeLayers(2, 5, 3, 1), seed)


def five_layers(act, seed=SEED, **options):
    return seeded(lambda: Model_MLP_L5(2, 1, act, **options), seed)


@torch.no_grad()
def as_announced(model, weight, bias, seed=SEED):
    """What the text says of init_weights: weights N(0, 0.01²), 0 or as they are, biases constant."""
    torch.manual_seed(seed)
    for layer in model.children():
        weight(layer.weight)
        nn.init.constant_(layer.bias, bias)
    return model


def small_normal(weight):
    nn.init.normal_(weight, std=0.01)


FIRST_FILE = "first.pt"  # the best model of section 1.3


@functools.cache
def trained():
    """Section 1.3's training; shared, so to be copied where it is changed."""
    return Watched(two_layers()).train(num_epochs=1000, save_path=FIRST_FILE)


@functools.cache
def trained_together(make, lr, zero=False):
    """One network a seed, each on its own data, for 1,000 epochs of the runner's gradient descent.

    All at once, which is quicker than the runner. Dev accuracies after 5 epochs; dev and test
    accuracies and test losses after the last; the networks.
    """
    models = [make(seed=seed) for seed in SEEDS]
    if zero:
        for model in models:
            as_announced(model, nn.init.zeros_, 0.0)
    sets = [moons(seed) for seed in SEEDS]
    x, y = (torch.stack([train[i] for train, _, _ in sets]) for i in (0, 1))
    stacks = [torch.stack(p).detach() for p in zip(*(m.parameters() for m in models))]
    params = [p.requires_grad_() for p in stacks]

    def scores(which):
        for i, model in enumerate(models):
            values = torch.cat([p[i].detach().flatten() for p in params])
            nn.utils.vector_to_parameters(values, model.parameters())
        return zip(*(judged(model, parts[which]) for model, parts in zip(models, sets)))

    for epoch in range(1000):
        if epoch == 5:
            five, _ = scores(1)
        a = x
        for weight, bias in zip(params[::2], params[1::2]):
            a = torch.sigmoid(torch.baddbmm(bias[:, None], a, weight.transpose(1, 2)))
        # A sum over networks of means over rows: each network's gradient is its own.
        loss = F.binary_cross_entropy(a, y, reduction="sum") / y.shape[1]
        with torch.no_grad():
            for p, grad in zip(params, torch.autograd.grad(loss, params)):
                p -= lr * grad
    (dev, _), (test, losses) = scores(1), scores(2)
    return {"five": five, "dev": dev, "test": test, "losses": losses, "models": models}


def span(name, values):
    return {f"{name}Low": min(values), f"{name}High": max(values)}


@torch.no_grad()
def judged(model, data):
    """Accuracy and loss, leaving no trace."""
    preds = model(data[0])
    return accuracy(preds, data[1]).item(), F.binary_cross_entropy(preds, data[1]).item()


def flat(model):
    return torch.cat([p.detach().flatten() for p in model.parameters()])


def weight_norms(model, of=lambda p: p):
    return [torch.norm(of(p)).item() for p in model.parameters() if p.dim() == 2]


def grad_norms(model):
    """Of the five weights' gradients on the training set, first layer first."""
    model.zero_grad()
    F.binary_cross_entropy(model(TRAIN[0]), TRAIN[1]).backward()
    return weight_norms(model, lambda p: p.grad)


@torch.no_grad()
def dead_units(model):
    """Hidden units of 12 whose pre-activation is at most 0 on every point of the training set."""
    dead, x = 0, TRAIN[0]
    for layer in (model.fc1, model.fc2, model.fc3, model.fc4):
        z = layer(x)
        dead += int((z.max(0).values <= 0).sum())
        x = model.act(z)
    return dead


def bound(layer):
    """nn.Linear draws weight and bias from U(-b, b), b = 1 / sqrt(fan_in)."""
    return 1 / math.sqrt(layer.in_features)


def within_default(model):
    """The largest |weight or bias| of any layer over its default bound: at most 1 by default."""
    return max(
        (p.detach().abs().max() / bound(layer)).item()
        for layer in model.children()
        for p in layer.parameters()
    )


def raised(call):
    """The error's kind and first line."""
    try:
        call()
    except FileNotFoundError as error:  # its text names a path
        return f"FileNotFoundError: {error.strerror}"
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"
    raise AssertionError("expected an error, got none")


# --- The findings --------------------------------------------------------------------------------

FINDINGS = []


def finding(section, id, slow=False):
    """Registers a function that measures one finding and returns its evidence."""

    def register(measure):
        FINDINGS.append((section, id, measure, slow))
        return measure

    return register


@finding("1.1", "linear-shape")
def _():
    layer = seeded(lambda: nn.Linear(2, 5))
    x = TRAIN[0]
    rows, cols = layer.weight.shape
    by_hand = x @ layer.weight.T + layer.bias
    return {"rows": rows, "cols": cols, "xWT": (layer(x) - by_hand).abs().max().item() < 1e-14}


@finding("1.1", "linear-extra-dimensions")
def _():
    layer, x = seeded(lambda: nn.Linear(2, 5)), TRAIN[0][:12]
    deep = layer(x.reshape(4, 3, 2))
    return {
        "inputs": str([4, 3, 2]),
        "outputs": str(list(deep.shape)),
        "asRows": (deep.reshape(12, 5) - layer(x)).abs().max().item() < 1e-14,
    }


@finding("1.1", "linear-attr")
def _():
    return {
        "weightAttr": raised(lambda: nn.Linear(2, 5, weight_attr=None)),
        "biasAttr": raised(lambda: nn.Linear(2, 5, bias_attr=False)),
        "initializer": raised(lambda: nn.initializer.Normal),
        "biasFalse": nn.Linear(2, 5).bias is not None and nn.Linear(2, 5, bias=False).bias is None,
    }


@finding("1.1", "comment-initialisers")
def _():
    model = two_layers()
    return {
        "ofBound": within_default(model),
        "bias0": model.fc1.bias[0].item(),
        "bias1": model.fc1.bias[1].item(),
    }


@finding("1.2", "set-state-dict")
def _():
    Watched(two_layers()).save_model("state.pt")
    return {"error": raised(lambda: Watched(two_layers()).load_model("state.pt"))}


@finding("1.2", "eval-mode-never-left")
def _():
    modes = []
    model = two_layers()
    Watched(model).train(num_epochs=10, custom_print_log=lambda r: modes.append(r.model.training))
    return {"epochs": len(modes), "inTrainMode": sum(modes), "trainingAfter": model.training}


@finding("1.2", "train-before-dev-after")
def _():
    model, before = two_layers(), []
    hook = lambda r: before.append(judged(r.model, TRAIN)[1])  # noqa: E731
    runner = Watched(model).train(TRAIN, TRAIN, num_epochs=10, custom_print_log=hook)
    same = sum(a == b for a, b in zip(runner.train_loss, before))
    shifted = sum(a == b for a, b in zip(runner.dev_loss, runner.train_loss[1:]))
    together = sum(a == b for a, b in zip(runner.dev_loss, runner.train_loss))
    return {"epochs": len(before), "trainBefore": same, "shifted": shifted, "together": together}


@finding("1.2", "saved-after-update")
def _():
    runner = Watched(two_layers()).train(num_epochs=10, save_path="after.pt")
    saved = two_layers()
    saved.load_state_dict(torch.load("after.pt"))
    epoch, (dev, _), (_, loss) = runner.saved[-1], judged(saved, DEV), judged(saved, TRAIN)
    return {
        "epoch": epoch,
        "devOff": dev - runner.dev_scores[epoch],
        "trainLossRecorded": runner.train_loss[epoch],
        "trainLossOfFile": loss,
    }


@finding("1.2", "best-by-accuracy-alone", slow=True)
def _():
    runner = trained()
    best = runner.saved[-1]
    later = range(best + 1, len(runner.dev_scores))
    passed = [
        e
        for e in later
        if runner.dev_scores[e] == runner.dev_scores[best]
        and runner.dev_loss[e] < runner.dev_loss[best]
    ]
    return {
        "epochs": len(runner.dev_scores),
        "epoch": best,
        "score": runner.dev_scores[best],
        "loss": runner.dev_loss[best],
        "passedOver": len(passed),
        "lowest": min(runner.dev_loss[e] for e in passed),
    }


@finding("1.2", "best-from-zero")
def _():
    ones = DEV[1][:, 0] == 1  # the class that the first epochs never predict
    runner = Watched(two_layers())
    runner.train(TRAIN, (DEV[0][ones], DEV[1][ones]), num_epochs=10, save_path="never.pt")
    return {
        "epochs": len(runner.dev_scores),
        "bestScore": max(runner.dev_scores),
        "saved": len(runner.saved),
        "error": raised(lambda: runner.load_model("never.pt")),
    }


@finding("1.2", "best-forgotten-by-train", slow=True)
def _():
    runner, saved = copy.deepcopy(trained()), two_layers()
    best = max(runner.dev_scores)
    shutil.copy(FIRST_FILE, "again.pt")
    runner.train(num_epochs=1, save_path="again.pt")
    saved.load_state_dict(torch.load("again.pt"))
    return {"epochs": len(runner.dev_scores) - 1, "best": best, "savedAfter": judged(saved, DEV)[0]}


@finding("1.2", "file-extension")
def _():
    for path in Path().glob("best_model.*"):
        path.unlink()
    Watched(two_layers()).train(num_epochs=1)
    (default,) = Path().glob("best_model.*")
    Watched(two_layers()).save_model("best_model.pdparams")
    paths = [default, Path("best_model.pdparams")]
    return {"default": default.name, "files": 2, "zips": sum(map(zipfile.is_zipfile, paths))}


@finding("1.2", "logits-are-probabilities", slow=True)
def _():
    model = trained().model
    with torch.no_grad():
        preds, logits = model(TRAIN[0]), torch.logit(model(TRAIN[0]))
        as_named = F.binary_cross_entropy_with_logits(preds, TRAIN[1]).item()
        right = F.binary_cross_entropy_with_logits(logits, TRAIN[1]).item()
    low, high = preds.min().item(), preds.max().item()
    return {"low": low, "high": high, "asNamed": as_named, "loss": right}


@finding("1.3", "undefined-names")
def _():
    chapter = {
        **{"nn": nn, "F": F, "torch": torch, "RunnerV2_2": RunnerV2_2, "accuracy": accuracy},
        **{"runner": Watched(two_layers()), "epoch_num": 1000, "saved_path": "best_model.pt"},
    }
    names = ["X_train", "y_train", "X_dev", "y_dev", "X_test", "y_test", "plt"]
    errors = [raised(lambda name=name: eval(name, dict(chapter))) for name in names]
    return {
        "error": raised(lambda: eval("runner.train([X_train, y_train], [X_dev, y_dev])", chapter)),
        "undefined": sum(error.startswith("NameError") for error in errors),
        "plt": errors[-1],
    }


@finding("1.3", "class-names")
def _():
    chapter = {"RunnerV2_2": RunnerV2_2, "Model_MLP_L2_V4": Model_MLP_L2_V4}
    return {
        "runner": raised(lambda: eval("RunnerV2", chapter)),
        "zeros": raised(lambda: eval("TwoLayerNet_Zeros", chapter)),
    }


@finding("1.3", "threshold")
def _():
    half = torch.tensor([[0.5]])
    below = torch.nextafter(half, torch.tensor([[0.0]]))
    is_one = lambda p: accuracy(p, torch.tensor([[1.0]])).item()  # noqa: E731
    return {"atHalf": is_one(half), "below": is_one(below)}


@finding("1.3", "labels-broadcast")
def _():
    y = DEV[1]
    classes = torch.cat([1 - y, y], 1)
    return {
        "rows": len(y),
        "compared": (y == y.squeeze(1)).numel(),
        "right": accuracy(y, y).item(),
        "binary": accuracy(y, y.squeeze(1)).item(),
        "classes": accuracy(classes, y).item(),
        "loss": raised(lambda: F.binary_cross_entropy(y, y.squeeze(1))).split(":")[0],
    }


@finding("1.3", "can-cast")
def _():
    return {
        "answer": type(torch.can_cast(torch.bool, torch.float32)).__name__,
        "error": raised(lambda: torch.can_cast(torch.zeros(1), torch.float32)),
    }


@finding("1.3", "plot-shows-dev", slow=True)
def _():
    scores, counted = trained().dev_scores, {}
    for name, (_, y) in {"dev": DEV, "test": TEST}.items():
        right = [score * len(y) for score in scores]  # a whole number, if it is this set's; float32
        counted[name] = sum(abs(n - round(n)) < 1e-3 for n in right)
    return {"scores": len(scores), "ofDev": counted["dev"], "ofTest": counted["test"]}


@finding("1.4", "last-model-judged", slow=True)
def _():
    runner, best = trained(), two_layers()
    best.load_state_dict(torch.load(FIRST_FILE))
    last_score, last_loss = judged(runner.model, TEST)
    best_score, best_loss = judged(best, TEST)
    return {
        "lastScore": last_score,
        "lastLoss": last_loss,
        "bestEpoch": runner.saved[-1],
        "bestScore": best_score,
        "bestLoss": best_loss,
    }


@finding("1.4", "evaluate-appends", slow=True)
def _():
    runner = copy.deepcopy(trained())
    runner.evaluate(TEST)
    return {"train": len(runner.train_scores), "dev": len(runner.dev_scores)}


@finding("1 附", "rate-not-layer", slow=True)
def _():
    runs = {
        "narrowSlow": trained_together(two_layers, 0.2),
        "deepSlow": trained_together(three_layers, 0.2),
        "narrowFast": trained_together(two_layers, 5.0),
        "deepFast": trained_together(three_layers, 5.0),
    }
    by_runner = judged(trained().model, TEST)[1]
    together = runs["narrowSlow"]["losses"][SEEDS.index(SEED)]
    assert math.isclose(together, by_runner, rel_tol=1e-9), f"{together}, expected {by_runner}"
    evidence = {"seeds": len(SEEDS)}
    for name, run in runs.items():
        evidence[f"{name}Reached"] = sum(score >= 0.99 for score in run["test"])
        evidence[f"{name}Loss"] = statistics.median(run["losses"])
    return evidence


@finding("1 附", "class-redefined")
def _():
    return {
        "layers": len(list(Model_MLP_L2_V2(2, 5, 3, 1).children())),
        "error": raised(lambda: Model_MLP_L2_V2(input_size=2, hidden_size=5, output_size=1)),
    }


@finding("1 附", "best-file-overwritten")
def _():
    """The chapter's trainings in its order, under the paths it gives; one epoch each is enough."""
    models = [
        ("1.3", two_layers(), "best_model.pt"),
        ("1 附", three_layers(), "best_model.pt"),
        ("2.1", two_layers(Model_MLP_L2_V4), "best_model.pt"),
        ("2.2.2", five_layers("sigmoid"), "best_model.pdparams"),
        ("2.2.3", five_layers("relu"), "best_model.pdparams"),
        ("3.1", five_layers("relu", b_init=torch.tensor(-8.0)), "best_model.pt"),
        ("3.2", five_layers("lrelu", b_init=torch.tensor(-8.0)), "best_model.pdparams"),
    ]
    owner = {}
    for section, model, path in models:
        if Watched(model).train(num_epochs=1, save_path=path).saved:
            owner[path] = section
    state = torch.load("best_model.pt")
    return {
        "models": len(models),
        "files": len(owner),
        "owner": owner["best_model.pt"],
        "error": raised(lambda: two_layers().load_state_dict(state)).rstrip(":"),
    }


@finding("2.1", "zeros-not-zero")
def _():
    model = two_layers(Model_MLP_L2_V4)
    values = flat(model)
    return {
        "parameters": values.numel(),
        "zeros": int((values == 0).sum()),
        "ofBound": within_default(model),
    }


@finding("2.1", "epoch-unused")
def _():
    epoch = 2000
    runner = Watched(two_layers(Model_MLP_L2_V4)).train(num_epochs=5, log_epochs=50)
    return {"named": epoch, "run": len(runner.train_loss), "logged": runner.logged()}


@finding("2.1", "half-right-from-five-epochs", slow=True)
def _():
    code = trained_together(two_layers, 0.2)
    zeros = trained_together(two_layers, 0.2, zero=True)
    return {
        "seeds": len(SEEDS),
        **span("codeFive", code["five"]),
        **span("codeLater", code["dev"]),
        **span("zerosFive", zeros["five"]),
        **span("zerosLater", zeros["dev"]),
        "zerosLearnt": sum(score > 0.8 for score in zeros["dev"]),
    }


@finding("2.1", "updates-not-all-equal", slow=True)
def _():
    model = trained_together(two_layers, 0.2, zero=True)["models"][1]
    # Rounded: a kernel may sum one unit's numbers in another order than its neighbour's.
    rows = [tuple(round(w, 9) for w in row) for row in model.fc1.weight.tolist()]
    values = {w for row in rows for w in row}
    return {"units": len(rows), "rows": len(set(rows)), "values": len(values)}


@finding("2.1", "print-weights-twice")
def _():
    runner = Watched(two_layers(Model_MLP_L2_V4))
    runner.train(num_epochs=1, custom_print_log=print_weights)
    names = [line.split("'")[1] for line in runner.lines if line.startswith("('fc")]
    return {"tensors": len(set(names)), "printed": len(names)}


@finding("2.1", "printed-before-update")
def _():
    initial = two_layers(Model_MLP_L2_V4)
    runner, seen = Watched(two_layers(Model_MLP_L2_V4)), []
    runner.train(num_epochs=5, custom_print_log=lambda r: seen.append(flat(r.model).clone()))
    return {
        "prints": len(seen),
        "firstOff": (seen[0] - flat(initial)).abs().max().item(),
        "lastOff": (seen[-1] - flat(runner.model)).abs().max().item(),
    }


@finding("2.1", "torch-uniform")
def _():
    return {"error": raised(lambda: torch.uniform)}


@finding("2.2.1", "init-never-matches")
def _():
    before = Model_MLP_L5.MATCHED
    model = five_layers("sigmoid")
    return {
        "matched": Model_MLP_L5.MATCHED - before,
        "walked": len(list(model.named_parameters())),
        "linear": sum(isinstance(m, nn.Linear) for m in model.modules()),
    }


@finding("2.2.1", "initialisers-not-callable")
def _():
    weight, bias = Model_MLP_L5.__init__.__defaults__[1:]
    layer = seeded(lambda: nn.Linear(2, 3))
    return {
        "weight": raised(lambda: weight(layer.weight)),
        "bias": raised(lambda: bias(layer.bias)),
        "numbers": weight.numel(),
    }


@finding("2.2.1", "default-init")
def _():
    model = five_layers("sigmoid")
    biases = torch.cat([layer.bias.detach() for layer in model.children()])
    return {
        "ofBound": within_default(model),
        "largestWeight": max(p.abs().max().item() for p in model.parameters() if p.dim() == 2),
        "largestBias": biases.abs().max().item(),
        "ones": int((biases == 1).sum()),
        "biases": biases.numel(),
    }


@finding("2.2.1", "named-sublayers")
def _():
    return {"error": raised(lambda: five_layers("sigmoid").named_sublayers())}


@finding("2.2.2", "one-round-is-ten")
def _():
    rounds = []
    runner = Watched(five_layers("sigmoid"), lr=0.01)
    runner.train(num_epochs=10, log_epochs=None, custom_print_log=rounds.append)
    return {"rounds": len(rounds), "logged": runner.logged()}


@finding("2.2.2", "print-grads-prints-weights")
def _():
    model, grads = five_layers("sigmoid"), []
    runner = Watched(model, lr=0.01)

    def hook(r):
        print_grads(r)
        grads.append(weight_norms(r.model, lambda p: p.grad))

    before = weight_norms(model)
    runner.train(num_epochs=1, log_epochs=None, custom_print_log=hook)
    rows = [line for line in runner.lines if line.startswith("fc")]
    printed = [row.split("tensor(")[1].split(",")[0].rstrip(")") for row in rows]
    return {
        "areWeights": printed == [f"{norm:.4f}" for norm in before],
        "first": float(printed[0]),
        "last": float(printed[4]),
        "firstGrad": grads[0][0],
        "lastGrad": grads[0][4],
        "rows": len(rows),
        "tensors": len(list(model.parameters())),
    }


@finding("2.2.3", "figure-shows-weights")
def _():
    evidence, ratios = {}, {}
    for act in ("sigmoid", "relu"):
        printed = weight_norms(five_layers(act))
        grads = [grad_norms(five_layers(act, seed)) for seed in range(20)]
        ratios[act] = [first / last if last > 0 else 0 for first, *_, last in grads]
        evidence[f"{act}Weights"] = printed[0] / printed[4]
        evidence[f"{act}Grads"] = statistics.median(ratios[act])
    larger = sum(relu > sigmoid for sigmoid, relu in zip(ratios["sigmoid"], ratios["relu"]))
    none = sum(relu == 0 for relu in ratios["relu"])
    return {"seeds": len(ratios["relu"]), **evidence, "larger": larger, "none": none}


@finding("2.2.3", "announced-init-vanishes-too")
def _():
    norms = {
        act: grad_norms(as_announced(five_layers(act), small_normal, 1.0))
        for act in ("sigmoid", "relu")
    }
    return {f"{act}{at}": norms[act][i] for act in norms for at, i in (("First", 0), ("Last", 4))}


@finding("3.1", "bias-never-minus-eight")
def _():
    model = five_layers("relu", b_init=torch.tensor(-8.0))
    plain = five_layers("relu")
    return {
        "lowest": min(layer.bias.min().item() for layer in model.children()),
        "off": (flat(model) - flat(plain)).abs().max().item(),
        "dead": dead_units(model),
        "units": 12,
    }


@finding("3.1", "dead-prints-no-zeros")
def _():
    model = as_announced(five_layers("relu"), small_normal, -8.0)
    grads = grad_norms(model)
    return {
        "dead": dead_units(model),
        "units": 12,
        "printed": min(weight_norms(model)),
        "grads": max(grads),
    }


def section_three():
    """2.2.3's optimiser, and 3.2's model run with it."""
    old = five_layers("relu")
    optimizer = torch.optim.SGD(old.parameters(), lr=0.01)
    Watched(old, optimizer=optimizer).train(num_epochs=10, save_path="old.pt")
    model, norms = five_layers("lrelu", b_init=torch.tensor(-8.0)), []
    before, old_before = flat(model).clone(), flat(old).clone()
    hook = lambda r: norms.append(  # noqa: E731
        math.hypot(*(p.grad.norm().item() for p in r.model.parameters()))
    )
    runner = Watched(model, optimizer=optimizer)
    runner.train(num_epochs=10, log_epochps=None, save_path="new.pt", custom_print_log=hook)
    return runner, (flat(model) - before), (flat(old) - old_before), norms


@finding("3.1", "stale-optimiser")
def _():
    runner, change, old_change, _ = section_three()
    return {
        "epochs": len(runner.train_loss),
        "change": change.abs().max().item(),
        "oldChange": old_change.abs().max().item(),
        "losses": len(set(runner.dev_loss)),
    }


@finding("3.2", "gradients-pile-up")
def _():
    _, _, _, norms = section_three()
    return {"epochs": len(norms), "first": norms[0], "last": norms[-1], "ratio": norms[-1] / norms[0]}


@finding("3.2", "log-epochps")
def _():
    misspelt, _, _, _ = section_three()
    right = Watched(five_layers("lrelu")).train(num_epochs=10, log_epochs=None)
    none = Watched(five_layers("lrelu")).train(num_epoch=10)
    return {"logged": misspelt.logged(), "meant": right.logged(), "epochs": len(none.train_loss)}


@finding("3.2", "leaky-far-from-normal")
def _():
    model = as_announced(five_layers("lrelu"), small_normal, -8.0)
    grads = grad_norms(model)
    return {"first": grads[0], "last": grads[4]}


# --- Gradient norms at the start, over many seeds ------------------------------------------------

NORM_SEEDS = range(400)
DRAWS, DRAWN = 1000, 20  # medians of 20 seeds, as the project's pages give them

STARTS = {
    "small": lambda model, seed: as_announced(model, small_normal, 1.0, seed),
    "unit": lambda model, seed: as_announced(model, nn.init.normal_, 1.0, seed),
    "default": lambda _, seed: five_layers("relu", seed),
    "negative": lambda model, seed: as_announced(model, small_normal, -8.0, seed),
}
HIDDEN = {
    "sigmoid": torch.sigmoid,
    "relu": F.relu,
    "leaky_relu 0.01": lambda z: F.leaky_relu(z, 0.01),
    "leaky_relu 0.1": lambda z: F.leaky_relu(z, 0.1),
    "leaky_relu 0.3": lambda z: F.leaky_relu(z, 0.3),
    "leaky_relu 1": lambda z: F.leaky_relu(z, 1.0),
    "elu": F.elu,
}
LEAKY = [name for name in HIDDEN if name.startswith("leaky_relu")]
NORMS_OF = {
    "small": ["sigmoid", "relu"],
    "unit": ["sigmoid", "relu"],
    "default": ["sigmoid", "relu", "leaky_relu 0.01", "elu"],
    "negative": ["relu", *LEAKY, "elu"],
}


@functools.cache
def many_moons():
    """Inputs and labels of every seed's training set."""
    sets = [moons(seed)[0] for seed in NORM_SEEDS]
    return [torch.stack(parts) for parts in zip(*sets)]


@functools.cache
def many_starts(start):
    """Weights and biases of every seed's network, a seed a row."""
    blank = five_layers("relu")  # written over for each seed
    made = [
        [p.detach().clone() for p in STARTS[start](blank, seed).parameters()] for seed in NORM_SEEDS
    ]
    return [torch.stack(p) for p in zip(*made)]


def first_norms(start, hidden):
    """L2 norm of each weight's gradient in the first epoch, [seed, layer]."""
    (a, y), params = many_moons(), [p.clone().requires_grad_() for p in many_starts(start)]
    for weight, bias in zip(params[::2], params[1::2]):
        z = torch.baddbmm(bias[:, None], a, weight.transpose(1, 2))
        a = HIDDEN[hidden](z)
    # A sum over networks of means over rows: each network's gradient is its own.
    p = torch.sigmoid(z)
    loss = F.binary_cross_entropy(p, y, reduction="sum") / y.shape[1]
    grads = torch.autograd.grad(loss, params[::2])
    return torch.stack([grad.flatten(1).norm(dim=1) for grad in grads], 1)


@functools.cache
def draws():
    """Which seeds each draw has, [draw, seed]."""
    torch.manual_seed(SEED)
    return torch.stack([torch.randperm(len(NORM_SEEDS))[:DRAWN] for _ in range(DRAWS)])


def norms_of(start, hidden):
    """Medians over all seeds, and between which two 99 of 100 medians of `DRAWN` of them lie."""
    norms = first_norms(start, hidden)
    medians = norms[draws()].quantile(0.5, 1).sort(0).values
    rare = DRAWS // 200  # at either end
    return {
        "start": start,
        "hidden": hidden,
        "median": norms.quantile(0.5, 0).tolist(),
        "low": medians[rare].tolist(),
        "high": medians[-1 - rare].tolist(),
    }


def norms():
    cases = [norms_of(start, hidden) for start, of in NORMS_OF.items() for hidden in of]
    return {"seeds": len(NORM_SEEDS), "drawn": DRAWN, "cases": [rounded(case) for case in cases]}


# --- The file ------------------------------------------------------------------------------------


def rounded(evidence):
    """Six significant digits: builds of torch may differ in the last of sixteen."""
    six = lambda v: float(f"{v:.6g}") if isinstance(v, float) else v  # noqa: E731
    return {k: [six(v) for v in of] if isinstance(of, list) else six(of) for k, of in evidence.items()}


def main(file, quick):
    home = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # the material saves where it stands
        try:
            findings = [
                {"id": id, "section": section, "evidence": rounded(measure())}
                for section, id, measure, slow in FINDINGS
                if not (quick and slow)
            ]
        finally:
            os.chdir(home)
    recorded = {
        **{"torch": torch.__version__.split("+")[0], "seed": SEED},
        **{"findings": findings, "norms": norms()},
    }
    text = json.dumps(recorded, indent=2, ensure_ascii=False)
    # Short lists on one line, and 1e-5 for 1e-05, as the project's formatter has it.
    text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: f"[{' '.join(m[1].split())}]", text)
    text = re.sub(r"(\d+e-)0", r"\1", text)
    file.write_text(text + "\n", encoding="utf8")


if __name__ == "__main__":
    quick, files = "--quick" in sys.argv, [a for a in sys.argv[1:] if a != "--quick"]
    if quick and not files:
        sys.exit("material.py: --quick without FILE would leave findings out of material.json")
    main(Path(files[0]) if files else Path(__file__).with_suffix(".json"), quick)
