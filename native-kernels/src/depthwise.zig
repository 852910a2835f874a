//! Depthwise convolution, one output channel an input channel: y[p, c] = act(sum over taps of x[.., c] * w[tap, c] + bias[c] +
//! residual[p, c]). Operands as conv; weights [taps, channels]; attributes `window`, then `fused`. Vectors run over channels,
//! several at once while one point's taps are summed in order. Rounding: gamma(taps), then as tile.zig.

const isa = @import("isa.zig");
const call = @import("call.zig");
const fused = @import("fused.zig");
const tile = @import("tile.zig");
const unary = @import("unary.zig");
const window = @import("window.zig");
const Call = call.Call;
const Window = window.Window;
const V = isa.V;

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
    const range = c.share(w.points(), 1);
    if (range[0] == range[1]) return;
    var p = w.place(range[0]);
    for (range[0]..range[1]) |m| {
        const y = c.out(c.last()) + m * w.channels;
        point(c, w, p, y, e.at(m, 0, w.channels));
        p = w.after(p);
        if (e.act != 0) unary.table[e.act].?(y, y, w.channels, e.a, e.b);
    }
}

fn point(c: *const Call, w: Window, p: window.Place, y: [*]f32, e: tile.Epilogue) void {
    const r = [3][2]usize{ w.inside(0, p.at[0]), w.inside(1, p.at[1]), w.inside(2, p.at[2]) };
    var at: usize = 0;
    while (at + 4 * isa.lanes <= w.channels) : (at += 4 * isa.lanes) strip(4, c, w, p, r, at, y, e, isa.lanes);
    while (at + isa.lanes <= w.channels) : (at += isa.lanes) strip(1, c, w, p, r, at, y, e, isa.lanes);
    if (at < w.channels) strip(1, c, w, p, r, at, y, e, w.channels - at);
}

inline fn strip(comptime n: usize, c: *const Call, w: Window, p: window.Place, r: [3][2]usize, at: usize, y: [*]f32, e: tile.Epilogue, part: usize) void {
    var acc: [n]V = @splat(isa.splat(0));
    for (r[0][0]..r[0][1]) |kz| for (r[1][0]..r[1][1]) |ky| {
        const line = (p.image * w.in[0] + w.coordinate(0, p.at[0], kz)) * w.in[1] + w.coordinate(1, p.at[1], ky);
        const x = c.floats(0) + line * w.in[2] * w.channels + at;
        const k = c.floats(1) + (kz * w.kernel[1] + ky) * w.kernel[2] * w.channels + at;
        for (r[2][0]..r[2][1]) |kx| {
            const from = x + w.coordinate(2, p.at[2], kx) * w.channels;
            inline for (0..n) |i| acc[i] = isa.mad(get(from + i * isa.lanes, part), get(k + kx * w.channels + i * isa.lanes, part), acc[i]);
        }
    };
    inline for (0..n) |i| {
        var v = acc[i];
        if (e.bias) |b| v += get(b + at + i * isa.lanes, part);
        if (e.residual) |s| v += get(s + at + i * isa.lanes, part);
        if (part == isa.lanes) isa.store(y + at + i * isa.lanes, v) else isa.storePart(y + at + i * isa.lanes, v, part);
    }
}

inline fn get(p: [*]const f32, part: usize) V {
    return if (part == isa.lanes) isa.load(p) else isa.loadPart(p, part);
}
