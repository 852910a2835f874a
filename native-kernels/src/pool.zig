//! Max and average pooling over one to three spatial axes, channels last. Operands x, y (disjoint); attributes `window`, then
//! for `average_pool` whether padding counts and the low and high end of the padded input per axis that may count
//! (count_include_pad with a ceil-rounded output stops at the padding): high padding[3].
//! `max_pool`: padding never wins; a NaN in the window makes the result NaN; a window wholly in padding gives -inf.
//! `window_max`: the same for windows given one by one; operands x, y; attributes outputs, then per output the number of its
//! elements and their positions.
//! `average_pool`: the sum over the window, in order, divided by the number of elements that count; none
//! gives 0.

const std = @import("std");
const isa = @import("isa.zig");
const call = @import("call.zig");
const window = @import("window.zig");
const Call = call.Call;
const Window = window.Window;
const V = isa.V;

const Kind = enum { max, average };

pub const max_pool = call.Kernel{ .check = &checkMax, .run = &Walk(.max).run };
pub const average_pool = call.Kernel{ .check = &checkAverage, .run = &Walk(.average).run };

pub const window_max = call.Kernel{ .check = &checkListed, .run = &runListed };

fn checkListed(c: *const Call) callconv(.c) bool {
    if (c.span_count != 2 or c.attr_count < 1 or !c.sizes(0, c.attr_count)) return false;
    if (!c.holds(1, c.int(0))) return false;
    var at: usize = 1;
    for (0..c.int(0)) |_| {
        if (at >= c.attr_count or c.int(at) > c.attr_count - at - 1) return false;
        for (at + 1..at + 1 + c.int(at)) |i| if (!c.holds(0, c.int(i) + 1)) return false;
        at += 1 + c.int(at);
    }
    return at == c.attr_count;
}

fn runListed(c: *const Call) callconv(.c) void {
    if (c.part != 0) return;
    var at: usize = 1;
    for (0..c.int(0)) |o| {
        var most = -std.math.inf(f32);
        for (c.attrs[at + 1 .. at + 1 + c.int(at)]) |i| {
            const x = c.floats(0)[@intCast(i)];
            if (most == most and !(x <= most)) most = x;
        }
        c.out(1)[o] = most;
        at += 1 + c.int(at);
    }
}

fn checkMax(c: *const Call) callconv(.c) bool {
    return c.counts(2, window.attrs) and checkBoth(c);
}

fn checkAverage(c: *const Call) callconv(.c) bool {
    return c.counts(2, window.attrs + 4) and c.sizes(window.attrs, window.attrs + 4) and checkBoth(c);
}

fn checkBoth(c: *const Call) bool {
    if (!window.check(c)) return false;
    const w = Window.of(c);
    return c.holds(0, w.inputs()) and c.holds(1, w.points() *| w.channels);
}

/// How many taps of the axis count when padding does.
fn counted(c: *const Call, w: Window, axis: usize, at: usize) usize {
    const end = w.in[axis] + w.low[axis] + c.int(window.attrs + 1 + axis);
    const s = w.start(axis, at);
    if (s >= end) return 0;
    return @min(w.kernel[axis], (end - s + w.dilation[axis] - 1) / w.dilation[axis]);
}

fn Walk(comptime kind: Kind) type {
    return struct {
        fn run(c: *const Call) callconv(.c) void {
            const w = Window.of(c);
            const range = c.share(w.points(), 1);
            if (range[0] == range[1]) return;
            var p = w.place(range[0]);
            for (range[0]..range[1]) |m| {
                const r = [3][2]usize{ w.inside(0, p.at[0]), w.inside(1, p.at[1]), w.inside(2, p.at[2]) };
                const y = c.out(1) + m * w.channels;
                var at: usize = 0;
                inline for (.{ 4, 2, 1 }) |n| while (at + n * isa.lanes <= w.channels) : (at += n * isa.lanes) {
                    point(n, c, w, p, r, at, y + at, isa.lanes);
                };
                if (at < w.channels) point(1, c, w, p, r, at, y + at, w.channels - at);
                p = w.after(p);
            }
        }

        /// n vectors of channels of a point; `part`: numbers of the last.
        inline fn point(comptime n: usize, c: *const Call, w: Window, p: window.Place, r: [3][2]usize, at: usize, y: [*]f32, part: usize) void {
            var acc: [n]V = @splat(isa.splat(if (kind == .max) -std.math.inf(f32) else 0));
            for (r[0][0]..r[0][1]) |kz| for (r[1][0]..r[1][1]) |ky| {
                const line = (p.image * w.in[0] + w.coordinate(0, p.at[0], kz)) * w.in[1] + w.coordinate(1, p.at[1], ky);
                for (r[2][0]..r[2][1]) |kx| {
                    const x = c.floats(0) + (line * w.in[2] + w.coordinate(2, p.at[2], kx)) * w.channels + at;
                    inline for (0..n) |i| acc[i] = join(acc[i], if (part == isa.lanes) isa.load(x + i * isa.lanes) else isa.loadPart(x, part));
                }
            };
            if (kind == .average) {
                const by = isa.splat(@floatFromInt(@max(1, count(c, w, p.at, r))));
                inline for (0..n) |i| acc[i] /= by;
            }
            inline for (0..n) |i| if (part == isa.lanes) isa.store(y + i * isa.lanes, acc[i]) else isa.storePart(y, acc[i], part);
        }

        inline fn join(a: V, x: V) V {
            if (kind == .average) return a + x;
            return @select(f32, a != a, a, @select(f32, x > a, x, @select(f32, x != x, x, a)));
        }

        fn count(c: *const Call, w: Window, at: [3]usize, r: [3][2]usize) usize {
            var n: usize = 1;
            for (0..3) |i| n *= if (c.int(window.attrs) != 0) counted(c, w, i, at[i]) else r[i][1] - r[i][0];
            return n;
        }
    };
}
