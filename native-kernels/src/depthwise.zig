//! Depthwise convolution, one output channel an input channel: y[p, c] = act(sum over taps of x[.., c] * w[tap, c] + bias[c] +
//! residual[p, c]). Operands as conv; weights [taps, channels]; attributes `window`, then `fused`. A vector of channels goes along an
//! output line, neighbouring points at once, so that a weight is loaded once for all of them; each point's taps are summed in
//! order. Rounding: gamma(taps), then as tile.zig.

const isa = @import("isa.zig");
const call = @import("call.zig");
const fused = @import("fused.zig");
const tile = @import("tile.zig");
const window = @import("window.zig");
const Call = call.Call;
const Window = window.Window;
const V = isa.V;

/// Points at once.
const most = 8;
/// Numbers of the first-level cache for the input lines of an output line, of as many channels as they have room for.
const near = 4 << 10;

/// Taps of a line and its stride where they are known beforehand; a kernel of 0: any.
const Shape = struct { kernel: usize = 0, stride: usize = 0 };
const shapes = [_]Shape{ .{ .kernel = 3, .stride = 1 }, .{ .kernel = 3, .stride = 2 }, .{ .kernel = 5, .stride = 1 }, .{ .kernel = 5, .stride = 2 } };

pub const depthwise = call.Kernel{ .check = &check, .run = &run };

fn check(c: *const Call) callconv(.c) bool {
    if (c.attr_count != window.attrs + fused.attrs or c.span_count < 3 or !window.check(c)) return false;
    const w = Window.of(c);
    const weights = w.taps() *| w.channels;
    return c.holds(0, w.inputs()) and c.holds(1, weights) and
        fused.check(c, window.attrs, w.channels, w.points() *| w.channels);
}

fn run(c: *const Call) callconv(.c) void {
    const w = Window.of(c);
    const e = fused.epilogue(c, window.attrs);
    const all = w.points() / @max(1, w.out[2]);
    const tall = all >= c.parts;
    const lines = if (tall) c.share(all, 1) else [2]usize{ 0, all };
    const channels = if (tall) [2]usize{ 0, w.channels } else c.share(w.channels, isa.lanes);
    const wide = @max(1, near / @max(1, w.kernel[1] * w.in[2] * isa.lanes)) * isa.lanes;
    var from = channels[0];
    while (from < channels[1]) : (from += wide) {
        const to = @min(from + wide, channels[1]);
        for (lines[0]..lines[1]) |i| {
            const first = i * w.out[2];
            const line = Line.of(c, w, w.place(first), e.at(first, 0, w.channels), c.out(c.last()) + first * w.channels);
            var at = from;
            while (at < to) : (at += isa.lanes) line.channels(at, @min(isa.lanes, to - at));
            for (0..w.out[2]) |p| e.long(line.y + p * w.channels + from, to - from);
        }
    }
}

/// One line of output points.
const Line = struct {
    w: Window,
    e: tile.Epilogue,
    x: [*]const f32,
    weights: [*]const f32,
    y: [*]f32,
    /// Taps inside the input, of the first two axes.
    z: [2]usize,
    rows: [2]usize,
    /// Numbers of x from the first tap of both to the next of each, and from a point to the next.
    step: [3]usize,
    stride: usize,
    /// Points whose taps along the line are all inside.
    whole: [2]usize,

    fn of(c: *const Call, w: Window, p: window.Place, e: tile.Epilogue, y: [*]f32) Line {
        const z = w.inside(0, p.at[0]);
        const rows = w.inside(1, p.at[1]);
        const row = w.in[2] * w.channels;
        var from = p.image * w.in[0] * w.in[1] * row;
        if (z[0] < z[1]) from += w.coordinate(0, p.at[0], z[0]) * w.in[1] * row;
        if (rows[0] < rows[1]) from += w.coordinate(1, p.at[1], rows[0]) * row;
        return .{
            .w = w,
            .e = e,
            .x = c.floats(0) + from,
            .weights = c.floats(1),
            .y = y,
            .z = z,
            .rows = rows,
            .step = .{ w.dilation[0] * w.in[1] * row, w.dilation[1] * row, w.dilation[2] * w.channels },
            .stride = w.stride[2] * w.channels,
            .whole = w.wholly(2),
        };
    }

    fn channels(l: *const Line, at: usize, part: usize) void {
        inline for (shapes) |s| {
            if (l.w.kernel[2] == s.kernel and l.w.stride[2] == s.stride and l.w.dilation[2] == 1) return l.along(s, at, part);
        }
        l.along(.{}, at, part);
    }

    fn along(l: *const Line, comptime s: Shape, at: usize, part: usize) void {
        var p: usize = 0;
        while (p < l.w.out[2]) {
            const left = l.whole[1] -| p;
            if (p >= l.whole[0] and left > 0) {
                inline for (.{ most, most / 2, most / 4, 1 }) |n| if (left >= n) {
                    l.points(s, n, p, .{ 0, l.w.kernel[2] }, at, part);
                    p += n;
                    break;
                };
            } else {
                l.points(.{}, 1, p, l.w.inside(2, p), at, part);
                p += 1;
            }
        }
    }

    inline fn points(l: *const Line, comptime s: Shape, comptime n: usize, p: usize, taps: [2]usize, at: usize, part: usize) void {
        if (part == isa.lanes) l.sums(s, n, p, taps, at, isa.lanes) else l.sums(s, n, p, taps, at, part);
    }

    inline fn sums(l: *const Line, comptime s: Shape, comptime n: usize, p: usize, taps: [2]usize, at: usize, part: usize) void {
        var acc: [n]V = @splat(isa.splat(0));
        const first = if (taps[0] < taps[1]) l.w.coordinate(2, p, taps[0]) * l.w.channels + at else at;
        for (l.z[0]..l.z[1]) |kz| for (l.rows[0]..l.rows[1]) |ky| {
            const x = l.x + (kz - l.z[0]) * l.step[0] + (ky - l.rows[0]) * l.step[1] + first;
            const k = l.weights + ((kz * l.w.kernel[1] + ky) * l.w.kernel[2] + taps[0]) * l.w.channels + at;
            if (s.kernel > 0) l.known(s, n, &acc, x, k, part) else for (0..taps[1] - taps[0]) |kx| {
                const v = get(k + kx * l.w.channels, part);
                inline for (0..n) |i| acc[i] = isa.mad(get(x + kx * l.step[2] + i * l.stride, part), v, acc[i]);
            }
        };
        inline for (0..n) |i| {
            const to = (p + i) * l.w.channels + at;
            if (l.e.bias) |b| acc[i] += get(b + at, part);
            if (l.e.residual) |r| acc[i] += get(r + to, part);
            put(l.y + to, l.e.short(acc[i]), part);
        }
    }

    /// A line of taps of n points: each number of x is loaded once for all that read it.
    inline fn known(l: *const Line, comptime s: Shape, comptime n: usize, acc: *[n]V, x: [*]const f32, k: [*]const f32, part: usize) void {
        var v: [s.kernel]V = undefined;
        inline for (0..s.kernel) |kx| v[kx] = get(k + kx * l.w.channels, part);
        var from = x;
        inline for (0..(n - 1) * s.stride + s.kernel) |place| {
            const here = get(from, part);
            inline for (0..s.kernel) |kx| if (place >= kx and (place - kx) % s.stride == 0 and (place - kx) / s.stride < n) {
                const i = (place - kx) / s.stride;
                acc[i] = isa.mad(here, v[kx], acc[i]);
            };
            from += l.w.channels;
        }
    }
};

inline fn get(p: [*]const f32, part: usize) V {
    return if (part == isa.lanes) isa.load(p) else isa.loadPart(p, part);
}

inline fn put(p: [*]f32, v: V, part: usize) void {
    if (part == isa.lanes) isa.store(p, v) else isa.storePart(p, v, part);
}
