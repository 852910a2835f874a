//! Convolution of 3 x 3 windows, one apart, by Winograd's F(m x m, 3 x 3): tiles of m x m outputs from (m + 2)^2 products of transformed
//! numbers. Operands and attributes as conv, without groups: `window`, output channels, m (2 or 4), then `fused`.
//!
//! Rounding, with the matrices A, B, G below, g a weight, d the numbers under a tile, c input channels:
//! gamma(c + 14) * |A^T| (sum of |G| |g| |G^T| .* |B^T| |d| |B|) |A|, then as tile.zig. Not within gamma(k)*|W||x|: products that the
//! convolution does not have enter. Transforms have at most 3 roundings a term along an axis, weights one. Order of sums fixed.

const isa = @import("isa.zig");
const call = @import("call.zig");
const fused = @import("fused.zig");
const memory = @import("memory.zig");
const panels = @import("panels.zig");
const product = @import("product.zig");
const tile = @import("tile.zig");
const window = @import("window.zig");
const Call = call.Call;
const Window = window.Window;
const V = isa.V;

const base = window.attrs;
const taps = 9;

pub const winograd = call.Kernel{
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
    const flat = w.in[0] == 1 and w.out[0] == 1 and w.kernel[0] == 1 and w.low[0] == 0;
    for (1..3) |i| if (w.kernel[i] != 3 or w.stride[i] != 1 or w.dilation[i] != 1) return false;
    if (!flat or (c.int(base + 1) != 2 and c.int(base + 1) != 4)) return false;
    const outs = c.int(base);
    return c.holds(0, w.inputs()) and c.holds(1, taps *| w.channels *| outs) and fused.check(c, base + 2, outs, w.points() *| outs);
}

fn packing(c: *const Call) callconv(.c) call.Packing {
    return .{ .groups = 1, .k = taps *| c.int(1), .n = c.int(base), .tile = c.int(base + 1) };
}

fn square(m: usize) usize {
    return (m + 2) * (m + 2);
}

/// Tiles at once: more where more weights pass by.
fn most(c: *const Call) usize {
    const m = c.int(base + 1);
    const all = (c.int(6) + m - 1) / m *| ((c.int(7) + m - 1) / m) *| c.int(0);
    return @max(1, @min(all, @max(48, @min(192, (c.int(1) +| c.int(base)) *| 3 / 8))));
}

fn depthOf(c: *const Call) product.Depth {
    return .{ .k = c.int(1), .n = c.int(base), .fresh = c.int(1) };
}

/// Places, transformed inputs, products.
fn scratch(c: *const Call) callconv(.c) usize {
    const numbers = square(c.int(base + 1)) *| most(c);
    return depthOf(c).bytes() +| memory.round(numbers *| c.int(1) *| 4) +| numbers *| c.int(base) *| 4;
}

/// Whether a weight can be transformed so.
pub fn takes(p: call.Packing) bool {
    return (p.tile == 2 or p.tile == 4) and p.groups == 1 and p.k % taps == 0;
}

pub fn packedBytes(to: *const call.Packing) usize {
    return square(to.tile) *| panels.floats(to.k / taps, to.n) *| 4;
}

/// U = G g G^T in double precision, rounded once: (m + 2)^2 packed matrices, one behind the other.
pub fn pack(source: *const call.Source, p: *const call.Packing, to: [*]f32) void {
    if (p.tile == 4) Sized(4).pack(source, p, to) else Sized(2).pack(source, p, to);
}

fn run(c: *const Call) callconv(.c) void {
    if (c.int(base + 1) == 4) Sized(4).run(c) else Sized(2).run(c);
}

fn Sized(comptime m: usize) type {
    const side = m + 2;
    const all = side * side;
    return struct {
        const g: [side][3]f64 = if (m == 4)
            .{ .{ 0.25, 0, 0 }, .{ -1.0 / 6.0, -1.0 / 6.0, -1.0 / 6.0 }, .{ -1.0 / 6.0, 1.0 / 6.0, -1.0 / 6.0 }, .{ 1.0 / 24.0, 1.0 / 12.0, 1.0 / 6.0 }, .{ 1.0 / 24.0, -1.0 / 12.0, 1.0 / 6.0 }, .{ 0, 0, 1 } }
        else
            .{ .{ 1, 0, 0 }, .{ 0.5, 0.5, 0.5 }, .{ 0.5, -0.5, 0.5 }, .{ 0, 0, 1 } };

        fn pack(source: *const call.Source, p: *const call.Packing, to: [*]f32) void {
            const channels = p.k / taps;
            for (0..panels.count(p.n)) |panel| {
                const wide = panels.width(p.n, panel);
                const from = panel * isa.panel;
                for (0..channels) |i| for (0..wide) |j| {
                    const u: [all]f32 = if (from + j < p.n) weight(source, i, channels, from + j) else @splat(0);
                    for (u, 0..) |v, e| to[e * panels.floats(channels, p.n) + from * channels + i * wide + j] = v;
                };
            }
        }

        fn weight(source: *const call.Source, i: usize, channels: usize, j: usize) [all]f32 {
            var half: [side][3]f64 = @splat(@splat(0));
            for (0..3) |a| for (0..3) |b| {
                const v: f64 = source.at((a * 3 + b) * channels + i, j);
                for (0..side) |r| half[r][b] += g[r][a] * v;
            };
            var u: [all]f32 = undefined;
            for (0..side) |r| for (0..side) |s| {
                u[r * side + s] = @floatCast(half[r][0] * g[s][0] + half[r][1] * g[s][1] + half[r][2] * g[s][2]);
            };
            return u;
        }

        fn run(c: *const Call) void {
            const job = Job.of(c);
            const range = c.share(job.across * job.down * job.w.images, 1);
            var at = range[0];
            while (at < range[1]) {
                const count = @min(job.most, range[1] - at);
                for (0..count) |t| job.input(at + t, t);
                for (0..all) |e| job.multiply(e, count);
                for (0..count) |t| job.output(at + t, t);
                at += count;
            }
        }

        const Job = struct {
            c: *const Call,
            w: Window,
            outs: usize,
            e: tile.Epilogue,
            across: usize,
            down: usize,
            most: usize,
            v: [*]f32,
            m: [*]f32,

            fn of(c: *const Call) Job {
                const w = Window.of(c);
                const from = depthOf(c).bytes();
                return .{
                    .c = c,
                    .w = w,
                    .outs = c.int(base),
                    .e = fused.epilogue(c, base + 2),
                    .across = (w.out[2] + m - 1) / m,
                    .down = (w.out[1] + m - 1) / m,
                    .most = most(c),
                    .v = @ptrCast(@alignCast(c.scratch + from)),
                    .m = @ptrCast(@alignCast(c.scratch + from + memory.round(all * most(c) * w.channels * 4))),
                };
            }

            /// Image, then the first output line and point of a tile.
            fn place(j: Job, at: usize) [3]usize {
                const in_image = at % (j.across * j.down);
                return .{ at / (j.across * j.down), in_image / j.across * m, in_image % j.across * m };
            }

            fn input(j: Job, at: usize, slot: usize) void {
                const p = j.place(at);
                const n = j.w.channels;
                var from: [all]?[*]const f32 = undefined;
                for (0..side) |y| for (0..side) |x| {
                    const iy = p[1] + y -% j.w.low[1];
                    const ix = p[2] + x -% j.w.low[2];
                    const is_inside = iy < j.w.in[1] and ix < j.w.in[2];
                    from[y * side + x] = if (is_inside) j.c.floats(0) + ((p[0] * j.w.in[1] + iy) * j.w.in[2] + ix) * n else null;
                };
                var ch: usize = 0;
                while (ch < n) : (ch += isa.lanes) {
                    const part = @min(isa.lanes, n - ch);
                    var d: [all]V = undefined;
                    inline for (0..all) |e| d[e] = if (from[e]) |x| get(x + ch, part) else isa.splat(0);
                    inline for (0..side) |y| forward(&d, y * side, 1);
                    inline for (0..side) |x| forward(&d, x, side);
                    inline for (0..all) |e| put(j.v + (e * j.most + slot) * n + ch, d[e], part);
                }
            }

            fn multiply(j: Job, e: usize, count: usize) void {
                const source = product.Matrix{ .ptr = j.v + e * j.most * j.w.channels, .stride = j.w.channels, .piece = j.w.channels, .places = @ptrCast(j.c.scratch) };
                const to = product.Product{
                    .b = j.c.floats(1) + e * panels.floats(j.w.channels, j.outs),
                    .depth = depthOf(j.c),
                    .c = j.m + e * j.most * j.outs,
                    .ldc = j.outs,
                    .epilogue = .{},
                };
                product.multiply(source, to, .{ .{ 0, count }, .{ 0, panels.count(j.outs) } });
            }

            fn output(j: Job, at: usize, slot: usize) void {
                const p = j.place(at);
                const first = (p[0] * j.w.out[1] + p[1]) * j.w.out[2] + p[2];
                const lines = @min(m, j.w.out[1] - p[1]);
                const points = @min(m, j.w.out[2] - p[2]);
                var ch: usize = 0;
                while (ch < j.outs) : (ch += isa.lanes) {
                    const part = @min(isa.lanes, j.outs - ch);
                    var d: [all]V = undefined;
                    inline for (0..all) |e| d[e] = get(j.m + (e * j.most + slot) * j.outs + ch, part);
                    inline for (0..side) |x| backward(&d, x, side);
                    inline for (0..m) |y| backward(&d, y * side, 1);
                    inline for (0..m) |y| inline for (0..m) |x| if (y < lines and x < points) {
                        j.point(first + y * j.w.out[2] + x, ch, part, d[y * side + x]);
                    };
                }
                for (0..lines) |y| for (0..points) |x| {
                    j.e.long(j.c.out(j.c.last()) + (first + y * j.w.out[2] + x) * j.outs, j.outs);
                };
            }

            inline fn point(j: Job, at: usize, ch: usize, part: usize, sum: V) void {
                var v = sum;
                if (j.e.bias) |b| v += get(b + ch, part);
                if (j.e.residual) |r| v += get(r + at * j.outs + ch, part);
                put(j.c.out(j.c.last()) + at * j.outs + ch, j.e.short(v), part);
            }
        };

        /// B^T, in place, of numbers `step` apart.
        inline fn forward(d: *[all]V, comptime at: usize, comptime step: usize) void {
            var x: [side]V = undefined;
            inline for (0..side) |i| x[i] = d[at + i * step];
            const y: [side]V = if (m == 2) .{ x[0] - x[2], x[1] + x[2], x[2] - x[1], x[1] - x[3] } else six: {
                const four = isa.splat(4);
                const five = isa.splat(-5);
                const p = isa.mad(-four, x[2], x[4]);
                const q = isa.mad(-four, x[1], x[3]);
                const r = x[4] - x[2];
                const s = isa.splat(2) * (x[3] - x[1]);
                break :six .{ isa.mad(four, x[0], isa.mad(five, x[2], x[4])), p + q, p - q, r + s, r - s, isa.mad(four, x[1], isa.mad(five, x[3], x[5])) };
            };
            inline for (0..side) |i| d[at + i * step] = y[i];
        }

        /// A^T, in place, of numbers `step` apart: the first m of them are the answer.
        inline fn backward(d: *[all]V, comptime at: usize, comptime step: usize) void {
            var x: [side]V = undefined;
            inline for (0..side) |i| x[i] = d[at + i * step];
            const a = x[1] + x[2];
            const b = x[1] - x[2];
            const y: [m]V = if (m == 2) .{ x[0] + a, b - x[3] } else four: {
                const s = x[3] + x[4];
                const t = x[3] - x[4];
                break :four .{ x[0] + (a + s), isa.mad(isa.splat(2), t, b), isa.mad(isa.splat(4), s, a), x[5] + isa.mad(isa.splat(8), t, b) };
            };
            inline for (0..m) |i| d[at + i * step] = y[i];
        }
    };
}

inline fn get(p: [*]const f32, part: usize) V {
    return if (part == isa.lanes) isa.load(p) else isa.loadPart(p, part);
}

inline fn put(p: [*]f32, v: V, part: usize) void {
    if (part == isa.lanes) isa.store(p, v) else isa.storePart(p, v, part);
}
