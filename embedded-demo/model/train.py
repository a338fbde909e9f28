#!/usr/bin/env python3
"""Trains the demo's logistic model from the rows of FeatureDump and writes delay.onnx and delay.properties beside itself.

    train.py FEATURES.csv        needs numpy; README.md says where the rows come from

Only flights 1 to 150,000 whose outcomes were known when flight 150,000 departed are trained on. The later flights are
only used to print how good the model is on them.
"""
import pathlib
import struct
import sys

import numpy as np

TRAINING_FLIGHTS = 150_000
WINDOWS = [
    "origin-as-origin", "origin-as-destination",
    "destination-as-origin", "destination-as-destination", "network",
]
FEATURES = ["hour", "weekday", "distance"] + [
    f"{window}-{what}" for window in WINDOWS for what in ("mean", "late-share", "log-count")]
RIDGE = 1.0


# --- training -------------------------------------------------------------------------------------------------------

def train(x, y):
    """Weights and bias for unscaled features, by Newton's method on standardized ones (double precision)."""
    mean, deviation = x.mean(axis=0), x.std(axis=0)
    z = np.c_[np.ones(len(x)), (x - mean) / deviation]
    ridge = RIDGE * np.r_[0, np.ones(x.shape[1])]
    w = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ w))
        gradient = z.T @ (p - y) + ridge * w
        step = np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + np.diag(ridge), gradient)
        w -= step
        if np.abs(step).max() < 1e-10:
            break
    weights = w[1:] / deviation
    return weights, w[0] - weights @ mean


def auc(y, p):
    """Probability that a late flight scores higher than another one, equal scores counting half."""
    _, place, count = np.unique(p, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    late = y.sum()
    return (rank[y == 1].sum() - late * (late + 1) / 2) / (late * (len(y) - late))


def best_threshold(y, p):
    """The score from which on an alarm gives the largest F1."""
    order = np.argsort(-p, kind="stable")
    caught = np.cumsum(y[order])
    f1 = 2 * caught / (np.arange(1, len(y) + 1) + y.sum())
    return p[order][np.argmax(f1)]


# --- ONNX, written by hand: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto -------------------------------------

def varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out) + bytes([value])


def number(field, value):
    return varint(field << 3) + varint(value)


def chunk(field, value):
    data = value.encode() if isinstance(value, str) else value
    return varint(field << 3 | 2) + varint(len(data)) + data


def tensor(name, values):
    dims = b"".join(number(1, size) for size in values.shape)
    return dims + number(2, 1) + chunk(8, name) + chunk(9, values.astype("<f4").tobytes())


def value_info(name, columns):
    shape = chunk(1, chunk(2, "rows")) + chunk(1, number(1, columns))
    return chunk(1, name) + chunk(2, chunk(1, number(1, 1) + chunk(2, shape)))


def node(kind, inputs, output):
    return b"".join(chunk(1, name) for name in inputs) + chunk(2, output) + chunk(3, kind.lower()) + chunk(4, kind)


def onnx(weights, bias, metadata):
    graph = (
        chunk(1, node("Gemm", ["features", "weights", "bias"], "logit"))
        + chunk(1, node("Sigmoid", ["logit"], "probability"))
        + chunk(2, "delay")
        + chunk(5, tensor("weights", weights.reshape(-1, 1)))
        + chunk(5, tensor("bias", np.array([bias])))
        + chunk(11, value_info("features", len(weights)))
        + chunk(12, value_info("probability", 1)))
    opset_17 = chunk(1, "") + number(2, 17)
    properties = b"".join(chunk(14, chunk(1, key) + chunk(2, value)) for key, value in metadata.items())
    return number(1, 8) + chunk(2, "penstock-demo") + chunk(7, graph) + chunk(8, opset_17) + properties


# --- the command ----------------------------------------------------------------------------------------------------

def main(path):
    rows = np.loadtxt(path, delimiter=",")
    rows = rows[np.argsort(rows[:, 0])]
    ids, departure, known, y, x = rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3], rows[:, 4:]
    if x.shape[1] != len(FEATURES):
        sys.exit(f"{path}: {x.shape[1]} features, but {len(FEATURES)} were expected")
    cutoff = departure[ids == TRAINING_FLIGHTS][0]
    training = (ids <= TRAINING_FLIGHTS) & (known <= cutoff)

    weights, bias = train(x[training], y[training])
    p = 1 / (1 + np.exp(-(x @ weights + bias)))
    threshold = best_threshold(y[training], p[training])

    metadata = {"threshold": f"{threshold:.4f}", "features": ",".join(FEATURES)}
    here = pathlib.Path(__file__).parent
    (here / "delay.onnx").write_bytes(onnx(weights, bias, metadata))
    (here / "delay.properties").write_text(
        "# Made by train.py together with delay.onnx.\n"
        + "".join(f"{key}={value}\n" for key, value in metadata.items()))

    print(f"training rows {training.sum()}, late {y[training].mean():.4f}, AUC {auc(y[training], p[training]):.4f}, "
          f"threshold {threshold:.4f}")
    test = ids > TRAINING_FLIGHTS
    if test.any():
        alarm, late = p[test] >= threshold, y[test] == 1
        print(f"later rows {test.sum()}, late {late.mean():.4f}, AUC {auc(y[test], p[test]):.4f}, "
              f"precision {late[alarm].mean():.4f}, recall {alarm[late].mean():.4f}")
    for name, weight in sorted(zip(FEATURES, weights * x[training].std(axis=0)), key=lambda item: -abs(item[1])):
        print(f"  {weight:8.4f}  {name}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
