//! Strided copies: transpose, concat, slice, pad, reshape, expand, all as one kernel.
//! `copy`: operands x, y (disjoint); attributes rank, x offset, y offset, sizes[rank], x strides[rank], y strides[rank], in
//! elements; strides may be negative. Several copies may fill one y, as concat does.
//! `fill`: operand y; attributes n, value (double).

const isa = @import("isa.zig");
const call = @import("call.zig");
const Call = call.Call;

pub const max_rank = 8;

pub const copy = call.Kernel{ .check = &checkCopy, .run = &runCopy };
pub const fill = call.Kernel{ .check = &checkFill, .run = &runFill };

fn checkCopy(c: *const Call) callconv(.c) bool {
    if (c.span_count != 2 or c.attr_count < 3 or c.attrs[0] < 1 or c.attrs[0] > max_rank) return false;
    const rank = c.int(0);
    if (c.attr_count != 3 + 3 * rank or !c.sizes(3, 3 + rank)) return false;
    for (0..rank) |i| if (c.attrs[3 + i] == 0) return true;
    for (0..2) |side| {
        var lo: i128 = c.attrs[1 + side];
        var hi: i128 = lo;
        for (0..rank) |i| {
            const reach = @as(i128, c.attrs[3 + i] - 1) * c.attrs[3 + rank * (1 + side) + i];
            if (reach < 0) lo += reach else hi += reach;
        }
        if (lo < 0 or hi >= c.spans[side].bytes / 4) return false;
    }
    return true;
}

fn runCopy(c: *const Call) callconv(.c) void {
    const rank = c.int(0);
    const sizes = c.attrs + 3;
    const n: usize = @intCast(sizes[rank - 1]);
    var outer: usize = 1;
    for (0..rank - 1) |i| outer *= @intCast(sizes[i]);
    const rows = c.share(outer, 1);
    const sx: isize = @intCast(c.attrs[3 + 2 * rank - 1]);
    const sy: isize = @intCast(c.attrs[3 + 3 * rank - 1]);
    for (rows[0]..rows[1]) |r| {
        var x: isize = @intCast(c.attrs[1]);
        var y: isize = @intCast(c.attrs[2]);
        var left = r;
        var i = rank - 1;
        while (i > 0) {
            i -= 1;
            const d: usize = @intCast(sizes[i]);
            const at: isize = @intCast(left % d);
            left /= d;
            x += at * @as(isize, @intCast(c.attrs[3 + rank + i]));
            y += at * @as(isize, @intCast(c.attrs[3 + 2 * rank + i]));
        }
        line(c.floats(0), x, sx, c.out(1), y, sy, n);
    }
}

fn line(x: [*]const f32, x0: isize, sx: isize, y: [*]f32, y0: isize, sy: isize, n: usize) void {
    if (n == 0) return;
    if (sx == 1 and sy == 1) {
        const from = x + @as(usize, @intCast(x0));
        const to = y + @as(usize, @intCast(y0));
        return @memcpy(to[0..n], from[0..n]);
    }
    var i = x0;
    var j = y0;
    for (0..n) |_| {
        y[@intCast(j)] = x[@intCast(i)];
        i += sx;
        j += sy;
    }
}

fn checkFill(c: *const Call) callconv(.c) bool {
    return c.counts(1, 2) and c.sizes(0, 1) and c.holds(0, c.int(0));
}

fn runFill(c: *const Call) callconv(.c) void {
    const r = c.share(c.int(0), 64);
    @memset((c.out(0))[r[0]..r[1]], @floatCast(c.real(1)));
}
