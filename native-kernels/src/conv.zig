//! y[point, o] = act(sum over taps and i of x[.., i] * w[tap, i, o] + bias[o] + residual[point, o]): convolution over one to
//! three spatial axes, channels last, weights [taps, in/groups, out]. Operands x, w (a packed weight),
//! [bias], [residual], y; attributes `window`, output channels, groups, then `fused`. x and y are disjoint.
//! Implicit matrix product: patches are gathered block by block into scratch, never as a whole. Rounding: tile.zig.

const isa = @import("isa.zig");
const call = @import("call.zig");
const blocks = @import("blocks.zig");
const fused = @import("fused.zig");
const window = @import("window.zig");
const Call = call.Call;
const Window = window.Window;

const base = window.attrs;

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

fn scratch(_: *const Call) callconv(.c) usize {
    return blocks.scratch_bytes;
}

fn packing(c: *const Call) callconv(.c) call.Packing {
    return shape(c, Window.of(c));
}

fn shape(c: *const Call, w: Window) call.Packing {
    const groups = c.int(base + 1);
    return .{ .groups = groups, .k = w.taps() * (w.channels / groups), .n = c.int(base) / groups };
}

fn run(c: *const Call) callconv(.c) void {
    const w = Window.of(c);
    const s = shape(c, w);
    const points = w.points();
    const tall = points >= c.parts * isa.tile_rows[0];
    const rows = if (tall) c.share(points, isa.tile_rows[0]) else [2]usize{ 0, points };
    const cols = if (tall) [2]usize{ 0, blocks.panels(s.n) } else c.share(blocks.panels(s.n), 1);
    for (0..s.groups) |g| {
        const job = blocks.Product{
            .b = c.floats(1) + g * blocks.packedFloats(s.k, s.n),
            .k = s.k,
            .n = s.n,
            .c = c.out(c.last()) + g * s.n,
            .ldc = c.int(base),
            .epilogue = fused.epilogue(c, base + 2).at(0, g * s.n, c.int(base)),
        };
        if (pointwise(w) and s.groups == 1) {
            blocks.multiply(blocks.Dense{ .ptr = c.floats(0), .stride = w.channels }, job, rows, cols);
        } else {
            const source = Patches{ .x = c.floats(0), .w = w, .from = g * s.k / w.taps(), .width = s.k / w.taps(), .to = @ptrCast(c.scratch) };
            blocks.multiply(source, job, rows, cols);
        }
    }
}

fn pointwise(w: Window) bool {
    for (0..3) |i| if (w.kernel[i] != 1 or w.stride[i] != 1 or w.low[i] != 0 or w.in[i] != w.out[i]) return false;
    return true;
}

/// Channels [from, from + width) of every tap of a window, as one row.
const Patches = struct {
    x: [*]const f32,
    w: Window,
    from: usize,
    width: usize,
    to: [*]f32,

    pub fn rows(s: Patches, m: usize, count: usize, k: usize, depth: usize) blocks.Rows {
        var p = s.w.place(m);
        for (0..count) |r| {
            s.row(p, k, k + depth, s.to + r * depth);
            p = s.w.after(p);
        }
        return .{ .ptr = s.to, .stride = depth };
    }

    /// Elements [k0, k1) of the row of a point.
    fn row(s: Patches, p: window.Place, k0: usize, k1: usize, to: [*]f32) void {
        const line = s.w.kernel[2] * s.width;
        const z = s.w.inside(0, p.at[0]);
        const y = s.w.inside(1, p.at[1]);
        const x = s.w.inside(2, p.at[2]);
        var k = k0;
        var out = to;
        var kz = k0 / line / s.w.kernel[1];
        var ky = k0 / line % s.w.kernel[1];
        var in_line = k0 % line;
        while (k < k1) {
            const part = [2]usize{ in_line, @min(line, in_line + k1 - k) };
            const n = part[1] - part[0];
            if (kz >= z[0] and kz < z[1] and ky >= y[0] and ky < y[1]) {
                const iz = s.w.coordinate(0, p.at[0], kz);
                const iy = s.w.coordinate(1, p.at[1], ky);
                const image = (p.image * s.w.in[0] + iz) * s.w.in[1] + iy;
                s.span(s.x + image * s.w.in[2] * s.w.channels + s.from, p.at[2], x, part, out);
            } else {
                zero(out, n);
            }
            out += n;
            k += n;
            in_line = 0;
            ky += 1;
            if (ky == s.w.kernel[1]) {
                ky = 0;
                kz += 1;
            }
        }
    }

    /// Elements [part[0], part[1]) of one kernel line; taps outside `inside` are padding.
    fn span(s: Patches, x: [*]const f32, at: usize, inside: [2]usize, part: [2]usize, to: [*]f32) void {
        const lo = @max(part[0], @min(part[1], inside[0] * s.width));
        const hi = @max(lo, @min(part[1], inside[1] * s.width));
        zero(to, lo - part[0]);
        zero(to + (hi - part[0]), part[1] - hi);
        const first = s.w.start(2, at);
        if (s.w.dilation[2] == 1 and s.width == s.w.channels) {
            if (hi > lo) copy(x + (first * s.width + lo - s.w.low[2] * s.width), to + (lo - part[0]), hi - lo);
            return;
        }
        var k = lo;
        while (k < hi) {
            const tap = k / s.width;
            const end = @min(hi, (tap + 1) * s.width);
            copy(x + s.w.coordinate(2, at, tap) * s.w.channels + k % s.width, to + (k - part[0]), end - k);
            k = end;
        }
    }
};

fn copy(from: [*]const f32, to: [*]f32, n: usize) void {
    var i: usize = 0;
    while (i + isa.lanes <= n) : (i += isa.lanes) isa.store(to + i, isa.load(from + i));
    while (i < n) : (i += 1) to[i] = from[i];
}

fn zero(to: [*]f32, n: usize) void {
    for (0..n) |i| to[i] = 0;
}
