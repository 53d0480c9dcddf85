"""Writes agreement.csv: Kendall's tau-b and W by SciPy on 1,000 random tables with ties.

The tables come from a generator that agreement.rs repeats, so only the results are kept.
Run: python agreement.py > agreement.csv
"""

from scipy.stats import friedmanchisquare, kendalltau

print("seed,tau,w")
for seed in range(1000):
    state = seed

    def draw(below):
        global state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % below

    items, raters, levels = 3 + draw(20), 2 + draw(6), 2 + draw(8)
    table = [[draw(levels) for _ in range(items)] for _ in range(raters)]
    tau = kendalltau(table[0], table[1]).statistic
    # Friedman's statistic, which SciPy corrects for ties, is m(n - 1)W.
    w = friedmanchisquare(*zip(*table)).statistic / (raters * (items - 1))
    print(f"{seed},{'' if tau != tau else repr(float(tau))},{'' if w != w else repr(float(w))}")
