#!/usr/bin/env python3
"""Follows the proofs of a certificate again, in whole numbers: a second opinion on Axiom's checker.

    axiom check-certificate certificate.json model.onnx --dump dump.json
    python3 tools/check_certificate.py dump.json

Written from docs/certificates.md and docs/soundness.md; it needs nothing but Python 3.8. Exit code 0: every claim of
the dump is confirmed; 1: not all of them are. What is trusted: this file, Python's integers, and that the dump is the
model's and the claim's (loop nests, statement, region; that samples of a batch stay apart).

Every number is a whole multiple of 2**-UNIT, and whatever is lost is rounded to the safe side.
"""
import collections
import functools
import json
import re
import sys

UNIT = 192
ONE = 1 << UNIT
SLOPE = 64                                   # slopes of lines are multiples of 2**-SLOPE
TINY = ONE >> 126                            # the smallest normal float32
LARGEST = ((1 << 24) - 1) * (ONE << 104)     # the largest finite float32
ROUNDS = 3                                   # of a clip


class Refused(Exception):
    """Why something is not confirmed."""


def up(number, bits):
    """number / 2**bits, rounded up; >> rounds down."""
    return -(-number >> bits)


def float32(digits):
    """The exact number of float32 bits; None where it is not finite."""
    bits = int(digits, 16)
    exponent, fraction = bits >> 23 & 255, bits & 0x7FFFFF
    if exponent == 255:
        return None
    size = (fraction | (1 << 23 if exponent else 0)) << (UNIT - 150 + max(exponent, 1))
    return -size if bits >> 31 else size


def left(low, high, parts):
    """The lower end of what a clip leaves of an interval: so many 256ths further in, down to a float32."""
    end = low + ((high - low) * parts >> 8)
    unit = max(abs(end).bit_length() - 24, UNIT - 149)
    end = end >> unit << unit
    return low if parts == 0 or abs(end) >= 1 << (UNIT + 128) else max(low, end)


def float32s(text):
    """Eight hexadecimal digits a number; None unless all are finite."""
    numbers = [float32(text[i:i + 8]) for i in range(0, len(text), 8)]
    return None if None in numbers else numbers


def inside(index, size):
    """An index that is one; Python counts negative ones from the end."""
    if not 0 <= index < size:
        raise Refused("an index %d of %d in the dump" % (index, size))
    return index


def products(nest):
    """All (output, element, factor) of a loop nest; the factor is -1 where it is one."""
    starts, loops = nest
    places = [tuple(starts)]
    for turns, *moves in loops:
        offsets = [[m[t] if isinstance(m, list) else m * t for m in moves] for t in range(turns)]
        places = [(o + a, i + b, -1 if f < 0 else f + c) for o, i, f in places for a, b, c in offsets]
    return places


class Sum:
    """out = the sum of weights times elements, with how far a float32 execution may be from it."""

    def __init__(self, node, network):
        fields, ins, self.size = node["sum"], node["in"], node["sizes"][0]
        self.rows = [[] for _ in range(self.size)]   # for each output: value, element, weight
        factors, product = [], [False] * self.size
        for term in fields["terms"]:
            operand, factor = ins[term["operand"]], term["factor"]
            table = float32s(fields["table"]) if factor < 0 else network.constants.get(ins[factor])
            exchanged = table is None and factor >= 0 and network.constants.get(operand) is not None
            if exchanged:
                operand, table = ins[factor], network.constants[operand]
            for nest in term["nests"]:
                for out, element, at in products(nest):
                    element, at = (at, element) if exchanged else (element, at)
                    if at >= 0 and table is None:
                        raise Refused("a product of two open factors")
                    weight = ONE if at < 0 else table[inside(at, len(table))]
                    product[inside(out, self.size)] |= at >= 0
                    self.rows[out].append((operand, inside(element, network.sizes[operand]), weight))
            factors += table or []
            factors += [ONE] * any(nest[0][2] < 0 for nest in term["nests"])
        fill = float32s(fields["fill"]) if "fill" in fields else [0] * self.size
        if fill is None:
            raise Refused("a fill that is not finite")
        self.fill = [0 if row else fill[o] for o, row in enumerate(self.rows)]
        self.reads = {value for row in self.rows for value, _, _ in row}
        self.largest = max([abs(w) for w in factors], default=0)
        self.roundings = [0 if fields["moves"] else max(0, len(row) - 1) + times
                          for row, times in zip(self.rows, product)]
        self.shift = UNIT - min([UNIT] + [(w & -w).bit_length() - 1 for r in self.rows for _, _, w in r if w])
        self.rows = [[(v, i, w >> (UNIT - self.shift)) for v, i, w in row] for row in self.rows]

    def image(self, known, rounds):
        """Ranges of the outputs and of what is added to the sums; None where one may overflow."""
        most = max([abs(x) for v in self.reads for end in known.ranges[v] for x in end], default=0)
        lows, highs, shifts = [], [], []
        for row, fill, k in zip(self.rows, self.fill, self.roundings):
            low = high = size = 0
            for value, element, weight in row:
                a, b = known.ranges[value][0][element] * weight, known.ranges[value][1][element] * weight
                low, high, size = low + min(a, b), high + max(a, b), size + max(abs(a), abs(b))
            size, margin = up(size, self.shift) + abs(fill), 0
            if k > 1 << 20:
                return None
            if rounds and k:
                flushed = (len(row) + 2) * up(self.largest + most + 2 * ONE, 126)
                margin = -(-(size * k + (flushed << 24)) // ((1 << 24) - k))
            if rounds and size + margin > LARGEST:
                return None
            lows.append((low >> self.shift) + fill - margin)
            highs.append(up(high, self.shift) + fill + margin)
            shifts.append((fill - margin, fill + margin))
        return (lows, highs), shifts


class Curve:
    """A function of two straight pieces that meet in zero; a leaky one rounds once."""

    def __init__(self, node):
        alpha = float32(node["alpha"]) if node["curve"] == "leaky" else 0
        if alpha is None:
            raise Refused("a slope that is not finite")
        self.exact = node["curve"] != "leaky"
        self.slopes = {"relu": (0, ONE), "abs": (-ONE, ONE), "leaky": (alpha, ONE)}[node["curve"]]

    def lines(self, low, high, rounds, lean=None):
        """Slopes and offsets of a line below and one above on an interval, and the range there."""
        corners = [low, 0, high] if low < 0 < high else [low, high]
        values = [x * self.slopes[x > 0] for x in corners]
        slopes = [self.slopes[high > 0 and low >= 0]] * 2
        if low < 0 < high:
            bend = self.slopes[low + high > 0] if lean is None \
                else self.slopes[0] + (self.slopes[1] - self.slopes[0]) * lean // 128
            chord = (values[2] - values[0]) // (high - low)
            slopes = [bend, chord] if self.slopes[0] <= self.slopes[1] else [chord, bend]
        below, above = (s >> (UNIT - SLOPE) for s in slopes)
        least = min(y - (below << (UNIT - SLOPE)) * x for x, y in zip(corners, values)) >> UNIT
        most = up(max(y - (above << (UNIT - SLOPE)) * x for x, y in zip(corners, values)), UNIT)
        low, high = min(values) >> UNIT, up(max(values), UNIT)
        if rounds:
            margin = 0 if self.exact else up(max(abs(low), abs(high)), 23) + 2 * TINY
            least, most, low, high = least - margin - TINY, most + margin + TINY, low - margin, high + margin
            if max(abs(low), abs(high)) > LARGEST:
                raise Refused("an overflow")
            low, high = 0 if 0 < low < TINY else low, 0 if -TINY < high < 0 else high
        return (below, least, above, most), (low, high)


class Network:
    """Nodes with what they do; None where no rule of this file reaches."""

    def __init__(self, fields):
        self.inputs = fields["inputs"]
        self.constants = {int(v): float32s(text) for v, text in fields["constants"].items()}
        self.sizes = dict(enumerate(self.inputs))
        self.sizes.update((v, len(text) // 8) for v, text in ((int(k), t) for k, t in fields["constants"].items()))
        self.nodes, self.makers, self.beyond = [], {}, []
        for node in fields["nodes"]:
            self.sizes.update(zip(node["out"], node["sizes"]))
            self.nodes.append((self.rule(node), node["in"], node["out"]))
            self.beyond += [] if self.nodes[-1][0] else ["%s: %s" % (node["name"], node["operator"])]
            self.makers.update((out, self.nodes[-1][0]) for out in node["out"])

    def rule(self, node):
        try:
            if "sum" in node:
                return Sum(node, self)
            if "curve" in node:
                return Curve(node)
        except Refused:
            return None
        if "largest" not in node:
            return None
        windows = [[] for _ in range(node["sizes"][0])]
        for nest in node["largest"]:
            for out, element, _ in products(nest):
                windows[inside(out, len(windows))].append(inside(element, self.sizes[node["in"][0]]))
        return windows if all(windows) else None


class Knowledge:
    """Ranges of all values on a box, lines of functions, and what is added to sums."""

    def __init__(self, network, box, rounds, above=None, walks=True):
        self.network, self.rounds, self.above, self.walks = network, rounds, above, walks
        self.ranges = {i: (list(lo), list(hi)) for i, (lo, hi) in enumerate(box)}
        self.ranges.update((v, c and (c, c)) for v, c in network.constants.items())
        self.tightened, self.shifts, self.lines, self.weights = {}, {}, {}, {}
        for at, (rule, ins, outs) in enumerate(network.nodes):
            for out in outs:
                self.ranges[out] = None
            reads = rule.reads if isinstance(rule, Sum) else ins
            if rule is not None and all(self.ranges.get(v) is not None for v in reads):
                self.ranges[outs[0]] = self.node(at, rule, ins)

    def node(self, at, rule, ins):
        if isinstance(rule, Sum):
            image = rule.image(self, self.rounds)
            self.shifts[at] = image and image[1]
            return image and image[0]
        bends = (lambda low, high: low < 0 < high) if isinstance(rule, Curve) else lambda low, high: True
        lows, highs = self.tight(ins[0], bends)
        if not isinstance(rule, Curve):
            return [max(lows[i] for i in w) for w in rule], [max(highs[i] for i in w) for w in rule]
        try:
            drawn = [rule.lines(low, high, self.rounds) for low, high in zip(lows, highs)]
        except Refused:
            return None
        self.lines[at] = [lines for lines, _ in drawn]
        return [ends[0] for _, ends in drawn], [ends[1] for _, ends in drawn]

    def tight(self, value, bends):
        """The range of an argument, met with what is inherited and with walks of its own."""
        lows, highs = map(list, self.ranges[value])
        if self.above and self.above.tightened.get(value):
            lows = list(map(max, lows, self.above.tightened[value][0]))
            highs = list(map(min, highs, self.above.tightened[value][1]))
        if self.walks and isinstance(self.network.makers.get(value), Sum):
            for i in range(len(lows)):
                if bends(lows[i], highs[i]):
                    least, most = self.least({value: {i: ONE}}), self.least({value: {i: -ONE}})
                    lows[i] = lows[i] if least is None else max(lows[i], least)
                    highs[i] = highs[i] if most is None else min(highs[i], -most)
        if any(low > high for low, high in zip(lows, highs)):
            raise Refused("ranges that contradict each other: a fault of this checker or of the dump")
        self.tightened[value] = self.ranges[value] = (lows, highs)
        return lows, highs

    def split(self, hinges, sides, slopes):
        """The same with other lines at hinges, and weights of those that are split."""
        part = object.__new__(Knowledge)
        part.__dict__.update(self.__dict__, lines={at: list(own) for at, own in self.lines.items()}, weights={})
        for h, (at, element) in enumerate(hinges):
            rule, ins, _ = self.network.nodes[at]
            if at not in self.lines:
                continue
            low, high = (end[element] for end in self.ranges[ins[0]])
            side, weight = sides.get(h, (0, 0))
            low, high = max(low, 0) if side > 0 else low, min(high, 0) if side < 0 else high
            if rule.exact and low <= high:
                part.lines[at][element] = rule.lines(low, high, self.rounds, slopes[h])[0]
            if side:
                part.weights.setdefault(at, []).append((element, side, weight))
        return part

    def plane(self, seeds):
        """What a combination of elements is at least: a constant (in units of 2**-2*UNIT) and
        weights on elements of the inputs; None where nothing is known."""
        rows, least = {value: dict(row) for value, row in seeds.items()}, 0
        scale = max(abs(c) for row in seeds.values() for c in row.values())
        for at in range(len(self.network.nodes) - 1, -1, -1):
            rule, ins, outs = self.network.nodes[at]
            arrived = [out for out in outs if rows.get(out)]
            if any(self.ranges[out] is None for out in arrived):
                return None
            if arrived:
                sums, shift, lost = self.back(at, rows.pop(arrived[0]), scale)
                least += lost
                for value, row in sums.items():
                    least += self.arrive(rows.setdefault(value, {}), value, row, shift)
        slopes = []
        for value, row in rows.items():
            if row and self.ranges[value] is None:
                return None
            if value < len(self.network.inputs):
                slopes += [(value, i, c) for i, c in row.items() if c]
            else:
                least += sum(c * self.ranges[value][c < 0][i] for i, c in row.items())
        return least, slopes

    def back(self, at, row, scale):
        """Weights on a node's results as weights on its operands, and what is lost."""
        rule, ins, _ = self.network.nodes[at]
        if isinstance(rule, Sum):
            sums, lost = {value: [0] * self.network.sizes[value] for value in rule.reads}, 0
            for out, c in row.items():
                lost += c * self.shifts[at][out][c < 0]
                for value, element, weight in rule.rows[out]:
                    sums[value][element] += c * weight
            return sums, rule.shift, lost
        sums, lost = [0] * self.network.sizes[ins[0]], 0
        lows, highs = self.ranges[ins[0]]
        for out, c in row.items():
            if isinstance(rule, Curve):
                lines = self.lines[at][out]
                sums[out] += c * lines[2 * (c < 0)]
                lost += c * lines[2 * (c < 0) + 1]
                continue
            first = max(rule[out], key=lambda i: lows[i])
            alone = all(i == first or highs[i] <= lows[first] for i in rule[out])
            sums[first] += c << SLOPE if alone or c > 0 else 0
            lost += 0 if alone or c > 0 else c * max(highs[i] for i in rule[out])
        for element, side, weight in self.weights.get(at, []):
            sums[element] -= side * (weight * scale >> UNIT << SLOPE)
        return {ins[0]: sums}, SLOPE, lost

    def arrive(self, to, value, row, shift):
        """Adds weights in finer units to others, rounded down; what that may lose."""
        lost, (lows, highs) = 0, self.ranges[value] or ([0] * len(row), [1] * len(row))
        for i, c in enumerate(row):
            if c and (lows[i] or highs[i]):
                floor = c >> shift
                to[i] = to.get(i, 0) + floor
                lost += min(0, lows[i]) if floor << shift != c else 0
        return lost

    def least(self, seeds):
        """What a combination of elements never falls below; None where nothing is known."""
        plane = self.plane(seeds)
        return plane and (plane[0] + sum(c * self.ranges[v][c < 0][i] for v, i, c in plane[1])) >> UNIT

    def reaches(self, entry, strict, walks):
        """Whether a linear expression is shown to be at least zero, or above it."""
        constant, seeds = entry[0] << UNIT, combination(entry, self.network)
        if any(self.ranges[value] is None for value in seeds):
            return False
        amounts = [c * self.ranges[v][c < 0][i] >> UNIT for v, row in seeds.items() for i, c in row.items()]
        if constant + sum(amounts) >= strict:
            return True
        least = self.least(seeds) if walks and seeds else None
        return least is not None and constant + least >= strict

    def holds(self, statement, walks=True):
        kind = next(iter(statement))
        if kind in ("all", "largest"):
            return all(self.holds(part, walks) for part in statement[kind])
        if kind == "any":
            return any(self.holds(part, walks) for part in statement[kind])
        if kind == "finite":
            return self.ranges.get(statement[kind]) is not None
        return kind == "sign" and all(
            any(self.reaches(entry, bool(statement["strict"]), walks) for entry in row) for row in statement[kind])


def combination(entry, network):
    """A row of a statement as weights on elements of values."""
    seeds = {}
    for value, element, factor in entry[1]:
        row = seeds.setdefault(value, {})
        row[inside(element, network.sizes[value])] = row.get(element, 0) + (factor << UNIT)
    return seeds


class Clip:
    """Cuts a box to where an input that breaks a statement may lie."""

    def __init__(self, known):
        self.known, self.planes = known, {}

    def cut(self, statement, box):
        """What is left of a box; None for nothing."""
        kind = next(iter(statement))
        if kind == "all":
            parts = [part for part in statement[kind] if not self.known.holds(part)]
            return around([self.cut(part, box) for part in parts])
        if kind == "any":
            for part in statement[kind]:
                box = box and self.cut(part, box)
            return box
        return around([self.row(row, box) for row in statement[kind]]) if kind == "sign" else box

    def row(self, row, box):
        box = [(list(lo), list(hi)) for lo, hi in box]
        for entry in row:
            key = json.dumps(entry)
            if key not in self.planes:
                seeds = combination(entry, self.known.network)
                self.planes[key] = self.known.plane(seeds) if seeds else None
            if self.planes[key]:
                least, slopes = self.planes[key]
                lowest = [c * box[v][c < 0][i] for v, i, c in slopes]
                room = -(least + (entry[0] << 2 * UNIT) + sum(lowest))
                for (v, i, c), own in zip(slopes, lowest):
                    end = -(-(room + own) // c) if c > 0 else (room + own) // c
                    box[v][c > 0][i] = (min if c > 0 else max)(box[v][c > 0][i], end)
        return None if empty(box) else box


def empty(box):
    return any(low > high for lo, hi in box for low, high in zip(lo, hi))


def hull(first, second):
    return [(list(map(min, a, b)), list(map(max, c, d))) for (a, c), (b, d) in zip(first, second)]


def around(boxes):
    boxes = [box for box in boxes if box]
    return functools.reduce(hull, boxes) if boxes else None


# What a node of the tree is about: a box, what is known of it, of the last cut's and of the cut's above that; the parts
# of the statement that are asked for; hinges with what is known where they were named; which of them are split, how.
Place = collections.namedtuple("Place", "box here last above parts hinges sides")


def later(make):
    """What is computed when it is first asked for."""
    return functools.lru_cache(None)(make)


NODES = {
    "leaf": (0, r"([SILE])"), "weighted": (0, r"M((?:[0-9a-f]{2})*):((?:[0-9a-f]{8})*)"), "clip": (1, r"C(N\.N:[0-9a-f]{4}(?:,N\.N:[0-9a-f]{4})*)"),
    "hinges": (1, r"H(N:N(?:,N)*(?:;N:N(?:,N)*)*)"), "cut": (2, r"(N)\.(N)@([0-9a-f]{8})"),
    "part": (2, r"&(N)"), "split": (2, r"h(N)")}
NODES = {kind: (below, re.compile(words.replace("N", "(?:0|[1-9][0-9]{0,8})")))
         for kind, (below, words) in NODES.items()}


class Tree:
    """Follows a proof: what stands below a node covers what the node is about, whatever it says."""

    def __init__(self, network, claim):
        self.network, self.rounds, self.leaves = network, claim["semantics"] != "real", 0
        self.statement = claim["statement"]
        self.whole = [([shifted(*n) for n in ends["lo"]], [-shifted(-m, e) for m, e in ends["hi"]])
                      for ends in claim["region"]]
        sizes = [(len(lo), len(hi)) for lo, hi in self.whole]
        if empty(self.whole) or sizes != [(n, n) for n in network.inputs]:
            raise Refused("the region is empty or not of the inputs' sizes")
        self.root = later(lambda: self.known(self.whole))

    def known(self, box, above=None, walks=True):
        return Knowledge(self.network, box, self.rounds, above, walks)

    def follow(self, line):
        """Goes through the whole line; places of which nothing is left are passed over."""
        places = [Place(box=self.whole, here=self.root, last=self.root, above=None, parts=None, hinges=None, sides=())]
        for word in line.split(" "):
            if not places:
                raise Refused("more after the end of the tree")
            kind, groups = next(((kind, found.groups()) for kind, found in
                                 ((kind, words.fullmatch(word)) for kind, (_, words) in NODES.items()) if found),
                                (None, ()))
            if kind is None:
                raise Refused("%r is no node of a tree" % word[:40])
            place = places.pop()
            below = getattr(self, kind)(place, *groups) if place else [None] * NODES[kind][0]
            places += reversed(below)
        if places:
            raise Refused("the tree ends too early")
        return self.leaves

    def shown(self, known, place, walks=True):
        return known.holds(self.statement if place.parts is None else {"all": place.parts}, walks)

    def done(self, shown):
        self.leaves += 1
        if not shown:
            raise Refused("leaf %d is not shown" % self.leaves)
        return []

    def leaf(self, place, method):
        walks = method in "LE"
        alone = not walks or place.box is not self.whole
        return self.done((walks and self.shown(place.here(), place))
                         or (alone and self.shown(self.known(place.box, None, walks), place, walks)))

    def weighted(self, place, slopes, weights):
        hinges, known, _ = self.named(place)
        slopes = [int(slopes[i:i + 2], 16) for i in range(0, len(slopes), 2)]
        weights = [float32(weights[i:i + 8]) for i in range(0, len(weights), 8)]
        if len(slopes) != len(hinges) or len(weights) != len(place.sides):
            raise Refused("too many or too few multipliers")
        if any(w is None or w < 0 for w in weights) or any(k > 128 for k in slopes):
            raise Refused("a weight or a slope that is out of range")
        sides = {hinge: (side, weight) for (hinge, side), weight in zip(place.sides, weights)}
        if len(sides) < len(place.sides):
            raise Refused("a hinge is split twice")
        part = (known or place.here)().split(hinges, sides, slopes)
        return self.done(self.shown(part, place))

    def cut(self, place, value, element, at):
        value, element, at = int(value), int(element), float32(at)
        if at is None or value >= len(place.box) or element >= len(place.box[value][0]):
            raise Refused("a cut of what is no input, or at no number")
        return [self.half(place, value, element, at, end) for end in (1, 0)]

    def half(self, place, value, element, at, end):
        """The side below a cut, which moves the upper end (1), or the one above it."""
        box, above = [tuple(map(list, ends)) for ends in place.box], place.last()
        box[value][end][element] = (min if end else max)(box[value][end][element], at)
        here = later(lambda: self.known(box, above))
        hinges = place.hinges and (place.hinges[0], None, place.hinges[2])
        return None if empty(box) else place._replace(box=box, here=here, last=here, above=above, hinges=hinges)

    def clip(self, place, cuts):
        said = [tuple(map(list, ends)) for ends in place.box]
        for value, element, below, above in re.findall(r"(\d+)\.(\d+):(..)(..)", cuts):
            value, element = inside(int(value), len(said)), int(element)
            lows, highs = place.box[value]
            low, high = lows[inside(element, len(lows))], highs[element]
            said[value][0][element] = left(low, high, int(below, 16))
            said[value][1][element] = -left(-high, -low, int(above, 16))
        clip, box = Clip(place.here()), place.box
        statement = self.statement if place.parts is None else {"all": place.parts}
        for _ in range(ROUNDS):
            box = box and clip.cut(statement, box)
        if box is None:
            return [None]
        box = box if empty(said) else hull(said, box)
        here = later(lambda: self.known(box, place.above)) if place.above else place.here
        return [place._replace(box=box, here=here)]

    def part(self, place, first):
        parts = conjuncts(self.statement) if place.parts is None else place.parts
        if int(first) >= len(parts):
            raise Refused("there is no part %s" % first)
        true = {"all": []}
        return [place._replace(parts=[true if (k == int(first)) == rest else own for k, own in enumerate(parts)])
                for rest in (False, True)]

    def hinges(self, place, names):
        hinges = [(int(node), int(element)) for node, elements in (part.split(":") for part in names.split(";"))
                  for element in elements.split(",")]
        for at, element in hinges:
            rule, ins, _ = self.network.nodes[inside(at, len(self.network.nodes))]
            if not isinstance(rule, Curve):
                raise Refused("node %d has no hinges" % at)
            inside(element, self.network.sizes[ins[0]])
        if len(set(hinges)) < len(hinges):
            raise Refused("a hinge is named twice")
        return [place._replace(hinges=(hinges, place.here, place.here), sides=())]

    @staticmethod
    def named(place):
        if place.hinges is None:
            raise Refused("no hinges are named")
        return place.hinges

    def split(self, place, hinge):
        (hinges, _, named), hinge = self.named(place), int(hinge)
        at, element = hinges[inside(hinge, len(hinges))]
        low, high = (end[element] for end in named().ranges[self.network.nodes[at][1][0]])
        return [None if side * (high if side > 0 else low) < 0 else place._replace(sides=place.sides + ((hinge, side),))
                for side in (-1, 1)]


def shifted(mantissa, exponent):
    """mantissa * 2**exponent, rounded down."""
    by = exponent + UNIT
    return mantissa << by if by >= 0 else mantissa >> -by


def conjuncts(statement):
    kind = next(iter(statement))
    return [one for part in statement[kind] for one in conjuncts(part)] if kind in ("all", "largest") else [statement]


def check(path):
    """Checks one dump; answers whether every claim of it is confirmed."""
    with open(path, encoding="utf-8") as file:
        dump = json.load(file)
    if dump.get("format") != "axiom-check-dump" or dump.get("version") != 1:
        raise ValueError("%s is no dump of version 1" % path)
    print("%s, sha256 %s: trusted to be the network of %s" % (dump["model"], dump["sha256"], path))
    confirmed, networks = 0, {}
    for claim in dump["claims"]:
        beyond = []
        try:
            if "refused" in claim:
                raise Refused(claim["refused"])
            at = claim["network"]
            networks[at] = networks.get(at) or Network(dump["networks"][at])
            beyond = networks[at].beyond + claim["beyond"]
            beyond += re.findall(r'"(?:other|pieces)": "([^"]*)"', json.dumps(claim["statement"]))
            leaves = Tree(networks[at], claim).follow(claim["tree"])
            confirmed += 1
            print("  confirmed: %s (%s, %d leaves)" % (claim["claim"], claim["semantics"], leaves))
        except (Refused, KeyError, IndexError, TypeError, ValueError) as why:
            words = str(why) if isinstance(why, Refused) else "no dump: %r" % why
            rules = "; no rule for " + ", ".join(beyond) if beyond else ""
            print("  NOT confirmed: %s: %s%s" % (claim["claim"], words, rules))
    print("%d of %d claims confirmed" % (confirmed, len(dump["claims"])))
    return 0 < confirmed == len(dump["claims"])


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(0 if all([check(path) for path in sys.argv[1:]]) else 1)
