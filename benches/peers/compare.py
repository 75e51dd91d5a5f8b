"""Z3, an R-tree and Linkage on the same table in one run: see README.md beside this file."""

import json
import subprocess
import sys
import time

import rtree
import z3

LIMIT = 120.0


def meets(a, b):
    return all(p[0] < q[1] and q[0] < p[1] for p, q in zip(a, b))


def grow(point, sizes, boxes):
    """The box around a free point, made as large as it goes axis by axis: plain intervals."""
    box = [[v, v + 1] for v in point]
    for axis, size in enumerate(sizes):
        low, high = 0, size
        for other in boxes:
            if all(other[a][0] < box[a][1] and box[a][0] < other[a][1] for a in range(len(sizes)) if a != axis):
                if other[axis][1] <= point[axis]:
                    low = max(low, other[axis][1])
                elif other[axis][0] > point[axis]:
                    high = min(high, other[axis][0])
        box[axis] = [low, high]
    return box


def with_z3(sizes, boxes):
    axes = [z3.Int(f"x{axis}") for axis in range(len(sizes))]
    solver = z3.Solver()
    solver.add([z3.And(0 <= x, x < size) for x, size in zip(axes, sizes)])
    outside = lambda box: z3.Or([z3.Or(x < side[0], x >= side[1]) for x, side in zip(axes, box)])
    solver.add([outside(box) for box in boxes])
    start, found = time.time(), []
    while time.time() - start < LIMIT and solver.check() == z3.sat:
        model = solver.model()
        box = grow([model.eval(x, model_completion=True).as_long() for x in axes], sizes, boxes)
        found.append(box)
        solver.add(outside(box))
    ended = "" if time.time() - start < LIMIT else " (stopped at the limit)"
    print(f"z3: gaps as boxes in {time.time() - start:.2f} s: {len(found)} boxes{ended}")


def with_rtree(sizes, boxes):
    start = time.time()
    index = rtree.index.Index(properties=rtree.index.Property(dimension=len(sizes)))
    pairs = 0
    for at, box in enumerate(boxes):
        # Closed coordinates: the end is the last value.
        low, high = [side[0] for side in box], [side[1] - 1 for side in box]
        pairs += sum(1 for _ in index.intersection(low + high))
        index.insert(at, low + high)
    print(f"r-tree: pairs that meet in {time.time() - start:.2f} s: {pairs} pairs; gaps are not its question")


def main():
    with open(sys.argv[1]) as file:
        table = json.load(file)
    sizes, boxes = table["sizes"], table["boxes"]
    print(f"{len(boxes)} boxes x {len(sizes)} axes; known: {table['gaps']} points in gaps, {table['overlaps']} pairs")
    subprocess.run(["cargo", "bench", "-q", "--bench", "tables", "--", f"read={sys.argv[1]}"], check=True)
    with_rtree(sizes, boxes)
    with_z3(sizes, boxes)


main()
