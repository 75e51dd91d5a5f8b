#!/usr/bin/env python3
"""Measures the words of the code: names used twice, one-word functions, empty docs, comments.

    python3 benches/words.py          # the figures
    python3 benches/words.py --list   # and what they count
"""
import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
files = [
    path
    for folder in ("src", "crates")
    for path in sorted((ROOT / folder).rglob("*.rs"))
    if "tests" not in path.parts and path.name != "tests.rs" and "target" not in path.parts
]
types, functions, docs, phrases = collections.defaultdict(list), [], [], []
lines = comments = 0
TURNS = re.compile(r"/// (The same|One of them|Where|Which|So many)\b")
for path in files:
    text = path.read_text().split("#[cfg(test)]\nmod tests {")[0]
    for number, line in enumerate(text.splitlines(), 1):
        bare, place = line.strip(), f"{path.relative_to(ROOT)}:{number}"
        if not bare:
            continue
        lines += 1
        comments += bare.startswith("//") and not bare.startswith(("///", "//!"))
        if found := re.match(r"(?:pub(?:\([a-z]+\))? )?(?:struct|enum|trait|type) (\w+)", bare):
            types[found[1]].append(place)
        if found := re.match(r"(?:pub(?:\([a-z]+\))? )?(?:const )?fn (\w+)", bare):
            functions.append((found[1], place))
        if re.match(r"/// \S+( \S+)?$", bare):
            docs.append((bare, place))
        if TURNS.match(bare):
            phrases.append((bare, place))
twice = {name: places for name, places in types.items() if len(places) > 1}
short = [(name, place) for name, place in functions if "_" not in name]


def share(part, whole):
    return f"{100 * part / max(whole, 1):.1f} %"


print(f"{len(files)} files, {lines} lines")
print(f"type names used twice or more: {len(twice)} of {len(types)}, {share(len(twice), len(types))} (at most 5 %)")
print(f"one-word function names: {len(short)} of {len(functions)}, {share(len(short), len(functions))} (at most 45 %)")
print(f"docs of one or two words: {len(docs)} (none)")
print(f"docs that begin with a turn of phrase that the style rules out: {len(phrases)} (none)")
print(f"comments that are no docs: {share(comments, lines)} of lines")
if "--list" in sys.argv:
    for name, places in sorted(twice.items()):
        print(name, *places)
    for item, place in docs + phrases:
        print(place, item)
