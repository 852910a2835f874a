//! Any sum of products that an operator states as taps: y += W x, for operators without a kernel of their own.
//! Operands x, w (weights or a computed value), y (read and written; filled before); attributes: entries, then eight numbers
//! an entry: kind, out, in, w, n, and
//!   block (0): ins, row, 0          y[out + j] += sum over i of x[in + i] * w[w + i * row + j], j < n
//!   line (1), plain (2), move (3): step of y, of x, of w (read by lines only); steps may be negative
//!                                   y[out + j * s] += w[..] * x[..], += x[..], = x[..]
//! Runs on one part. Rounding: one fused or two plain roundings a product and sum, in the order of the entries.

const isa = @import("isa.zig");
const call = @import("call.zig");
const Call = call.Call;

pub const taps = call.Kernel{ .check = &check, .run = &run };

const width = 8;

const Entry = struct {
    kind: i64,
    out: i64,
    in: i64,
    w: i64,
    n: i64,
    steps: [3]i64,

    fn at(c: *const Call, i: usize) Entry {
        const a = c.attrs + 1 + i * width;
        return .{ .kind = a[0], .out = a[1], .in = a[2], .w = a[3], .n = a[4], .steps = a[5..8].* };
    }

    fn fits(e: Entry, x: usize, w: usize, y: usize) bool {
        if (e.kind < 0 or e.kind > 3 or e.n < 0 or e.out < 0 or e.in < 0 or e.w < 0) return false;
        if (e.n == 0) return true;
        if (e.kind == 0) {
            const ins = e.steps[0];
            if (ins <= 0 or e.steps[1] < 0) return ins == 0;
            return reach(e.out, e.n, 1, y) and reach(e.in, ins, 1, x) and
                reach(e.w, ins, e.steps[1], w) and reach(e.w + (ins - 1) * e.steps[1], e.n, 1, w);
        }
        return reach(e.out, e.n, e.steps[0], y) and reach(e.in, e.n, e.steps[1], x) and
            (e.kind >= 2 or reach(e.w, e.n, e.steps[2], w));
    }

    fn reach(first: i64, n: i64, step: i64, size: usize) bool {
        const last = first + @as(i128, n - 1) * step;
        return first >= 0 and first < size and last >= 0 and last < size;
    }
};

fn check(c: *const Call) callconv(.c) bool {
    if (c.span_count != 3 or c.attr_count < 1 or !c.sizes(0, 1)) return false;
    const n = c.int(0);
    if (c.attr_count != 1 + n *| width) return false;
    for (c.attrs[1..c.attr_count]) |a| if (a <= -(1 << 31) or a >= 1 << 31) return false;
    for (0..n) |i| {
        if (!Entry.at(c, i).fits(c.spans[0].bytes / 4, c.spans[1].bytes / 4, c.spans[2].bytes / 4)) return false;
    }
    return true;
}

fn run(c: *const Call) callconv(.c) void {
    if (c.part != 0) return;
    for (0..c.int(0)) |i| {
        const e = Entry.at(c, i);
        if (e.kind == 0) block(c, e) else line(c, e);
    }
}

fn block(c: *const Call, e: Entry) void {
    const x = c.floats(0) + at(e.in);
    const w = c.floats(1) + at(e.w);
    const y = c.out(2) + at(e.out);
    const n = at(e.n);
    const ins = at(e.steps[0]);
    const row = at(e.steps[1]);
    var j: usize = 0;
    while (j + isa.lanes <= n) : (j += isa.lanes) {
        var sum = isa.load(y + j);
        for (0..ins) |i| sum = isa.mad(isa.splat(x[i]), isa.load(w + i * row + j), sum);
        isa.store(y + j, sum);
    }
    const left = n - j;
    if (left == 0) return;
    var sum = isa.loadPart(y + j, left);
    for (0..ins) |i| sum = isa.mad(isa.splat(x[i]), isa.loadPart(w + i * row + j, left), sum);
    isa.storePart(y + j, sum, left);
}

fn line(c: *const Call, e: Entry) void {
    const x = c.floats(0);
    const w = c.floats(1);
    const y = c.out(2);
    var j: i64 = 0;
    while (j < e.n) : (j += 1) {
        const to = &y[at(e.out + j * e.steps[0])];
        const from = x[at(e.in + j * e.steps[1])];
        to.* = switch (e.kind) {
            1 => to.* + w[at(e.w + j * e.steps[2])] * from,
            2 => to.* + from,
            else => from,
        };
    }
}

fn at(i: i64) usize {
    return @intCast(i);
}
