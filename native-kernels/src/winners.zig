//! Which member of each window is its largest: 1 at the first that is, else 0; a NaN wins.
//! Operands x, the largest of each window, winners (written); attributes: as the kernel of nests, all of products, whose
//! loops move windows, members in x and members among the winners. No member among the winners is met twice.
//! Runs on one part. Exact.

const nests = @import("nests.zig");
const call = @import("call.zig");
const Call = call.Call;

pub const winners = call.Kernel{ .check = &check, .run = &run, .scratchBytes = &windows };

/// One byte a window: whether its winner was met.
fn windows(c: *const Call) callconv(.c) usize {
    return c.spans[1].bytes / 4;
}

fn check(c: *const Call) callconv(.c) bool {
    if (c.span_count != 3 or c.attr_count < 1 or !c.sizes(0, 1)) return false;
    for (c.attrs[1..c.attr_count]) |a| if (a <= -(1 << 31) or a >= 1 << 31) return false;
    var reader = nests.Reader{ .words = c.attrs[0..c.attr_count] };
    for (0..c.int(0)) |_| {
        const nest = reader.next() orelse return false;
        const x = nests.fits(&nest, 1, c.spans[0].bytes / 4);
        const largest = nests.fits(&nest, 0, c.spans[1].bytes / 4);
        if (nest.kind != .product or !x or !largest or !nests.fits(&nest, 2, c.spans[2].bytes / 4)) return false;
    }
    return reader.at == c.attr_count;
}

fn run(c: *const Call) callconv(.c) void {
    if (c.part != 0) return;
    @memset(c.scratch[0..windows(c)], 0);
    var reader = nests.Reader{ .words = c.attrs[0..c.attr_count] };
    for (0..c.int(0)) |_| {
        const nest = reader.next() orelse return;
        walk(c, &nest, 0, nest.start);
    }
}

fn walk(c: *const Call, nest: *const nests.Nest, depth: usize, at: [3]i64) void {
    if (depth == nest.count) return meet(c, at);
    const loop = nest.loops[depth];
    for (0..loop.n) |turn| {
        walk(c, nest, depth + 1, .{ at[0] + loop.at(0, turn), at[1] + loop.at(1, turn), at[2] + loop.at(2, turn) });
    }
}

fn meet(c: *const Call, at: [3]i64) void {
    const window: usize = @intCast(at[0]);
    const x = c.floats(0)[@intCast(at[1])];
    const largest = c.floats(1)[window];
    const wins = c.scratch[window] == 0 and (x == largest or (x != x and largest != largest));
    c.out(2)[@intCast(at[2])] = if (wins) 1 else 0;
    if (wins) c.scratch[window] = 1;
}
