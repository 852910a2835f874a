//! y[point, o] = act(sum over taps and i of x[.., i] * w[tap, i, o] + bias[o] + residual[point, o]): convolution over one to
//! three spatial axes, channels last, weights [taps, in/groups, out]. Operands x, w (a packed weight),
//! [bias], [residual], y; attributes `window`, output channels, groups, then `fused`. x and y are disjoint.
//! A product of rows whose pieces are the taps of a window, where they lie; those in the padding are a line of zeros. Where channels are
//! few, a piece is a line of taps, copied where a part of it is padding. Rounding: tile.zig.

const isa = @import("isa.zig");
const call = @import("call.zig");
const fused = @import("fused.zig");
const memory = @import("memory.zig");
const product = @import("product.zig");
const tile = @import("tile.zig");
const window = @import("window.zig");
const Call = call.Call;
const Window = window.Window;

const base = window.attrs;
/// Channels from which on a tap is a piece of its own.
const wide_channels = 16;

pub const conv = call.Kernel{
    .check = &check,
    .run = &run,
    .scratchBytes = &scratch,
    .packs = 1,
    .packing = &packing,
};

fn check(c: *const Call) callconv(.c) bool {
    if (c.attr_count != base + 2 + fused.attrs or c.span_count < 3) return false;
    if (!window.check(c) or !c.sizes(base, base + 2)) return false;
    const w = Window.of(c);
    const outs = c.int(base);
    const groups = c.int(base + 1);
    if (groups == 0 or outs % groups != 0 or w.channels % groups != 0) return false;
    const weights = w.taps() *| (w.channels / groups) *| outs;
    return c.holds(0, w.inputs()) and c.holds(1, weights) and fused.check(c, base + 2, outs, w.points() *| outs);
}

fn packing(c: *const Call) callconv(.c) call.Packing {
    const w = Window.of(c);
    const groups = c.int(base + 1);
    return .{ .groups = groups, .k = w.taps() * (w.channels / groups), .n = c.int(base) / groups };
}

fn byLines(w: Window, groups: usize) bool {
    return groups == 1 and w.dilation[2] == 1 and w.kernel[2] > 1 and w.channels < wide_channels;
}

fn depthOf(c: *const Call, w: Window) product.Depth {
    const p = packing(c);
    const pieces = w.taps() / (if (byLines(w, p.groups)) w.kernel[2] else 1);
    return .{ .k = p.k, .n = p.n, .pieces = pieces, .fresh = w.channels };
}

/// Places, then a line of zeros, then copied lines.
fn scratch(c: *const Call) callconv(.c) usize {
    const w = Window.of(c);
    const depth = depthOf(c, w);
    const copies = if (byLines(w, c.int(base + 1))) depth.rows() *| depth.k else 0;
    return depth.bytes() +| memory.round(w.channels *| w.kernel[2] *| 4) +| copies *| 4;
}

fn run(c: *const Call) callconv(.c) void {
    const w = Window.of(c);
    const groups = c.int(base + 1);
    const depth = depthOf(c, w);
    const job = product.Product{
        .b = c.floats(1),
        .groups = groups,
        .width = w.channels / groups,
        .depth = depth,
        .c = c.out(c.last()),
        .ldc = c.int(base),
        .epilogue = fused.epilogue(c, base + 2),
    };
    const range = product.share(c, w.points(), depth.n);
    const places: [*][*]const f32 = @ptrCast(c.scratch);
    if (pointwise(w)) {
        return product.multiply(product.Matrix{ .ptr = c.floats(0), .stride = w.channels, .piece = job.width, .places = places }, job, range);
    }
    const zeros: [*]f32 = @ptrCast(@alignCast(c.scratch + depth.bytes()));
    const line = w.kernel[2] * w.channels;
    @memset(zeros[0..line], 0);
    const copies: [*]f32 = @ptrCast(@alignCast(c.scratch + depth.bytes() + memory.round(line * 4)));
    product.multiply(Windows{ .x = c.floats(0), .w = w, .places = places, .zeros = zeros, .copies = if (byLines(w, groups)) copies else null, .piece = depth.k / @max(1, depth.pieces) }, job, range);
}

fn pointwise(w: Window) bool {
    for (0..3) |i| if (w.kernel[i] != 1 or w.stride[i] != 1 or w.low[i] != 0 or w.in[i] != w.out[i]) return false;
    return true;
}

const Windows = struct {
    x: [*]const f32,
    w: Window,
    places: [*][*]const f32,
    zeros: [*]const f32,
    copies: ?[*]f32,
    piece: usize,

    pub fn rows(s: Windows, first: usize, count: usize) tile.Rows {
        var r: usize = 0;
        while (r < count) {
            const p = s.w.place(first + r);
            const n = @min(count - r, s.w.out[2] - p.at[2]);
            s.run(p, .{ r, n }, count);
            r += n;
        }
        return .{ .at = s.places, .step = count, .piece = s.piece };
    }

    /// Neighbouring points of one output line; `span`: the first one's row, and how many.
    fn run(s: Windows, p: window.Place, span: [2]usize, count: usize) void {
        const w = s.w;
        const z = w.inside(0, p.at[0]);
        const y = w.inside(1, p.at[1]);
        const pieces = if (s.copies == null) w.kernel[2] else 1;
        for (0..w.kernel[0]) |kz| for (0..w.kernel[1]) |ky| {
            const at = (kz * w.kernel[1] + ky) * pieces * count + span[0];
            if (kz < z[0] or kz >= z[1] or ky < y[0] or ky >= y[1]) {
                for (0..pieces) |i| @memset(s.places[at + i * count ..][0..span[1]], s.zeros);
                continue;
            }
            const image = (p.image * w.in[0] + w.coordinate(0, p.at[0], kz)) * w.in[1] + w.coordinate(1, p.at[1], ky);
            const line = s.x + image * w.in[2] * w.channels;
            for (0..pieces) |kx| s.piecesOf(kx, line, p.at[2], at + kx * count, span[1]);
        };
    }

    /// One tap, or one line of taps, of n neighbouring points.
    fn piecesOf(s: Windows, kx: usize, line: [*]const f32, from: usize, at: usize, n: usize) void {
        const w = s.w;
        const whole = if (s.copies == null) w.where(2, kx) else w.wholly(2);
        const lo = @min(n, whole[0] -| from);
        const hi = @max(lo, @min(n, whole[1] -| from));
        for (0..lo) |i| s.places[at + i] = s.partly(line, from + i, at + i);
        for (hi..n) |i| s.places[at + i] = s.partly(line, from + i, at + i);
        if (lo == hi) return;
        var x = line + w.coordinate(2, from + lo, kx) * w.channels;
        for (s.places[at + lo .. at + hi]) |*place| {
            place.* = x;
            x += w.stride[2] * w.channels;
        }
    }

    /// What is read where a tap, or a part of a line of taps, is padding.
    fn partly(s: Windows, line: [*]const f32, at: usize, slot: usize) [*]const f32 {
        const copies = s.copies orelse return s.zeros;
        const n = s.w.channels;
        const inside = s.w.inside(2, at);
        const copy = copies + slot * s.piece;
        @memset(copy[0..s.piece], 0);
        if (inside[0] < inside[1]) {
            @memcpy(copy[inside[0] * n .. inside[1] * n], line + s.w.coordinate(2, at, inside[0]) * n);
        }
        return copy;
    }
};
