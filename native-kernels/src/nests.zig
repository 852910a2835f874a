//! Any sum of products that an operator states as loop nests: y += x times w, for operators without a kernel of their own.
//! Operands x, w (weights or a computed value), y (read and written; filled before); attributes: nests, then for each: kind,
//! loops, first element of y, of x and of w, and for each loop either its turns n > 0 and the steps of y, x and w, or -n and
//! the offsets of y, x and w at each of n turns. Kinds: product (0) y += x * w, sum (1) y += x, move (2) y = x; w is looked at
//! by products only. The last two loops have steps: the innermost is the line that is vectorised where its steps allow.
//! Runs on one part. Rounding: one fused or two plain roundings a product and sum, in the order of the loops.

const isa = @import("isa.zig");
const call = @import("call.zig");
const Call = call.Call;

pub const nests = call.Kernel{ .check = &check, .run = &run };

const most_loops = 16;
pub const Kind = enum(i64) { product, sum, move };

pub const Loop = struct {
    n: usize,
    steps: [3]i64 = .{ 0, 0, 0 },
    list: ?[*]const i64 = null,

    pub fn at(l: Loop, role: usize, turn: usize) i64 {
        if (l.list) |list| return list[3 * turn + role];
        return l.steps[role] * @as(i64, @intCast(turn));
    }

    /// Words of the encoded loop.
    fn words(first: i64) usize {
        return if (first < 0) 1 + 3 * @as(usize, @intCast(-first)) else 4;
    }
};

pub const Nest = struct {
    kind: Kind,
    start: [3]i64,
    count: usize,
    loops: [most_loops]Loop,
};

/// Reads nests one after another; null where the words do not say one.
pub const Reader = struct {
    words: []const i64,
    at: usize = 1,

    pub fn next(r: *Reader) ?Nest {
        const w = r.words[@min(r.at, r.words.len)..];
        if (w.len < 5 or w[0] < 0 or w[0] > 2 or w[1] < 2 or w[1] > most_loops) return null;
        var nest = Nest{ .kind = @enumFromInt(w[0]), .start = w[2..5].*, .count = @intCast(w[1]), .loops = undefined };
        var i: usize = 5;
        for (nest.loops[0..nest.count]) |*loop| {
            if (i >= w.len or w[i] == 0 or i + Loop.words(w[i]) > w.len) return null;
            loop.* = if (w[i] > 0)
                .{ .n = @intCast(w[i]), .steps = w[i + 1 ..][0..3].* }
            else
                .{ .n = @intCast(-w[i]), .list = w[i + 1 ..].ptr };
            i += Loop.words(w[i]);
        }
        r.at += i;
        return nest;
    }
};

pub fn fits(nest: *const Nest, role: usize, size: usize) bool {
    var low: i128 = nest.start[role];
    var high = low;
    for (nest.loops[0..nest.count]) |loop| {
        var least: i64 = loop.at(role, 0);
        var most = least;
        if (loop.list != null) {
            for (1..loop.n) |turn| {
                least = @min(least, loop.at(role, turn));
                most = @max(most, loop.at(role, turn));
            }
        } else {
            const end = loop.at(role, loop.n - 1);
            least = @min(least, end);
            most = @max(most, end);
        }
        low += least;
        high += most;
    }
    return low >= 0 and high < size;
}

fn check(c: *const Call) callconv(.c) bool {
    if (c.span_count != 3 or c.attr_count < 1 or !c.sizes(0, 1)) return false;
    for (c.attrs[1..c.attr_count]) |a| if (a <= -(1 << 31) or a >= 1 << 31) return false;
    var reader = Reader{ .words = c.attrs[0..c.attr_count] };
    for (0..c.int(0)) |_| {
        const nest = reader.next() orelse return false;
        for (nest.loops[nest.count - 2 .. nest.count]) |loop| if (loop.list != null) return false;
        const x = fits(&nest, 1, c.spans[0].bytes / 4);
        const w = nest.kind != .product or fits(&nest, 2, c.spans[1].bytes / 4);
        if (!x or !w or !fits(&nest, 0, c.spans[2].bytes / 4)) return false;
    }
    return reader.at == c.attr_count;
}

fn run(c: *const Call) callconv(.c) void {
    if (c.part != 0) return;
    var reader = Reader{ .words = c.attrs[0..c.attr_count] };
    for (0..c.int(0)) |_| {
        const nest = reader.next() orelse return;
        walk(c, &nest, 0, nest.start);
    }
}

fn walk(c: *const Call, nest: *const Nest, depth: usize, at: [3]i64) void {
    if (depth + 2 == nest.count) {
        const repeat = nest.loops[depth];
        const line = nest.loops[depth + 1];
        const together = line.steps[0] == 1 and repeat.steps[0] == 0 and nest.kind == .product;
        if (together and line.steps[1] == 0 and line.steps[2] == 1) {
            return block(at, c.out(2), .{ .p = c.floats(0), .role = 1 }, .{ .p = c.floats(1), .role = 2 }, repeat, line);
        }
        if (together and line.steps[1] == 1 and line.steps[2] == 0) {
            return block(at, c.out(2), .{ .p = c.floats(1), .role = 2 }, .{ .p = c.floats(0), .role = 1 }, repeat, line);
        }
        return lines(c, nest, at);
    }
    const loop = nest.loops[depth];
    for (0..loop.n) |turn| {
        const next = .{ at[0] + loop.at(0, turn), at[1] + loop.at(1, turn), at[2] + loop.at(2, turn) };
        walk(c, nest, depth + 1, next);
    }
}

const Factor = struct { p: [*]const f32, role: usize };

/// One number of the still factor a turn of `repeat`, times a line of the other.
fn block(at: [3]i64, out: [*]f32, still: Factor, moving: Factor, repeat: Loop, line: Loop) void {
    const y = out + index(at[0]);
    var j: usize = 0;
    while (j < line.n) : (j += isa.lanes) {
        const left = @min(isa.lanes, line.n - j);
        var sum = if (left == isa.lanes) isa.load(y + j) else isa.loadPart(y + j, left);
        for (0..repeat.n) |i| {
            const a = still.p[index(at[still.role] + repeat.at(still.role, i))];
            const b = moving.p + index(at[moving.role] + repeat.at(moving.role, i)) + j;
            sum = isa.mad(isa.splat(a), if (left == isa.lanes) isa.load(b) else isa.loadPart(b, left), sum);
        }
        if (left == isa.lanes) isa.store(y + j, sum) else isa.storePart(y + j, sum, left);
    }
}

fn lines(c: *const Call, nest: *const Nest, at: [3]i64) void {
    const repeat = nest.loops[nest.count - 2];
    const line = nest.loops[nest.count - 1];
    const x = c.floats(0);
    const w = c.floats(1);
    const y = c.out(2);
    for (0..repeat.n) |i| {
        const from = [3]i64{ at[0] + repeat.at(0, i), at[1] + repeat.at(1, i), at[2] + repeat.at(2, i) };
        for (0..line.n) |j| {
            const to = &y[index(from[0] + line.at(0, j))];
            const a = x[index(from[1] + line.at(1, j))];
            to.* = switch (nest.kind) {
                .product => isa.mad(a, w[index(from[2] + line.at(2, j))], to.*),
                .sum => to.* + a,
                .move => a,
            };
        }
    }
}

fn index(i: i64) usize {
    return @intCast(i);
}
