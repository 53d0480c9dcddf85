"""Writes ranges.csv: how likely the first of two things truly outranks the second, and the middle of its score, by SciPy.

Inputs are numbers or 90 % intervals, drawn by a generator that ranges.rs repeats, so only the results are kept. Of RICE
the closed form is known (products and quotients of lognormals are lognormal); of WSJF and of weighted criteria the chance
is the mean over 2^17 points of a scrambled Sobol sequence, which is exact to about 0.001.
Run: python ranges.py > ranges.csv
"""

import math

import numpy
from scipy.stats import norm, qmc

Z90 = norm.ppf(0.95)
POINTS = 17


class Draw:
    def __init__(self, seed):
        self.state = seed

    def __call__(self, below):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % below

    def quantity(self):
        """A number or a range; small whole numbers, so that ties are among them."""
        low = 1 + self(6)
        return (low, low) if self(3) == 0 else (low, low * (1 + self(30) / 10))


def logs(quantity):
    low, high = quantity
    return (math.log(low) + math.log(high)) / 2, (math.log(high) - math.log(low)) / (2 * Z90)


def rice(a, b):
    signs = [1, 1, 1, -1]
    mean = {n: sum(s * logs(q)[0] for s, q in zip(signs, item)) for n, item in (("a", a), ("b", b))}
    spread = math.sqrt(sum(logs(q)[1] ** 2 for q in a + b))
    apart = mean["a"] - mean["b"]
    chance = 0.5 if spread == 0 and abs(apart) < 1e-12 else float(apart > 0) if spread == 0 else norm.cdf(apart / spread)
    return chance, math.exp(mean["a"])


def by_points(score, a, b, seed):
    normal = norm.ppf(qmc.Sobol(len(a) + len(b), seed=seed).random_base2(POINTS))
    columns = [numpy.exp(logs(q)[0] + logs(q)[1] * normal[:, at]) for at, q in enumerate(a + b)]
    one, other = score(columns[: len(a)]), score(columns[len(a) :])
    same = numpy.isclose(one, other, rtol=1e-9, atol=0)
    return float(numpy.mean((one > other) & ~same) + 0.5 * numpy.mean(same)), float(numpy.median(one))


print("seed,method,chance,middle")
for seed in range(300):
    draw = Draw(seed)
    a, b = [draw.quantity() for _ in range(4)], [draw.quantity() for _ in range(4)]
    for name, (chance, middle) in (
        ("rice", rice(a, b)),
        ("wsjf", by_points(lambda x: (x[0] + x[1] + x[2]) / x[3], a, b, seed)),
        ("weighted", by_points(lambda x: (3 * x[0] + 2 * x[1] + x[2] - 2 * x[3]) / 8, a, b, seed)),
    ):
        print(f"{seed},{name},{chance:.6f},{middle:.6f}")
