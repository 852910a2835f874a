//! Convolution, depthwise and pooling against the definition in double on random windows: one to three axes, strides above
//! the kernel, uneven padding, dilation, groups.

const std = @import("std");
const defs = @import("../src/defs.zig");
const h = @import("harness.zig");
const inf = std.math.inf(f64);

const Case = struct {
    images: usize,
    channels: usize,
    in: [3]usize,
    out: [3]usize,
    kernel: [3]usize,
    stride: [3]usize,
    dilation: [3]usize,
    low: [3]usize,
    high: [3]usize,

    fn random(r: *h.Random, axes: usize, channels: usize) Case {
        var c = Case{ .images = r.between(1, 2), .channels = channels, .in = @splat(1), .out = @splat(1), .kernel = @splat(1), .stride = @splat(1), .dilation = @splat(1), .low = @splat(0), .high = @splat(0) };
        for (3 - axes..3) |i| while (true) {
            c.in[i] = r.between(1, 9);
            c.kernel[i] = r.between(1, 4);
            c.stride[i] = r.between(1, 5);
            c.dilation[i] = r.between(1, 3);
            c.low[i] = r.below(c.kernel[i]);
            c.high[i] = r.below(c.kernel[i]);
            const reach = (c.kernel[i] - 1) * c.dilation[i] + 1;
            if (c.in[i] + c.low[i] + c.high[i] < reach) continue;
            c.out[i] = (c.in[i] + c.low[i] + c.high[i] - reach) / c.stride[i] + 1;
            break;
        };
        return c;
    }

    fn attrs(c: Case, comptime more: usize, tail: [more]i64) [20 + more]i64 {
        var a: [20 + more]i64 = undefined;
        a[0] = @intCast(c.images);
        a[1] = @intCast(c.channels);
        for ([_][3]usize{ c.in, c.out, c.kernel, c.stride, c.dilation, c.low }, 0..) |v, i| for (0..3) |k| {
            a[2 + 3 * i + k] = @intCast(v[k]);
        };
        for (0..more) |i| a[20 + i] = tail[i];
        return a;
    }

    fn inputs(c: Case) usize {
        return c.images * c.in[0] * c.in[1] * c.in[2] * c.channels;
    }

    fn points(c: Case) usize {
        return c.images * c.out[0] * c.out[1] * c.out[2];
    }

    fn taps(c: Case) usize {
        return c.kernel[0] * c.kernel[1] * c.kernel[2];
    }

    /// Index of x at a tap of a point, channel 0; null in the padding.
    fn index(c: Case, point: usize, tap: usize) ?usize {
        const o = split(point, c.out);
        const k = split(tap, c.kernel);
        var at = o[0];
        for (0..3) |i| {
            const x = @as(i64, @intCast(o[i + 1] * c.stride[i] + k[i + 1] * c.dilation[i])) - @as(i64, @intCast(c.low[i]));
            if (x < 0 or x >= c.in[i]) return null;
            at = at * c.in[i] + @as(usize, @intCast(x));
        }
        return at * c.channels;
    }

    /// Whether the tap lies inside the input with its padding.
    fn counts(c: Case, point: usize, tap: usize) bool {
        const o = split(point, c.out);
        const k = split(tap, c.kernel);
        for (0..3) |i| if (o[i + 1] * c.stride[i] + k[i + 1] * c.dilation[i] >= c.in[i] + c.low[i] + c.high[i]) return false;
        return true;
    }
};

/// n split by sizes; what is left over in [0].
fn split(n: usize, d: [3]usize) [4]usize {
    return .{ n / d[2] / d[1] / d[0], n / d[2] / d[1] % d[0], n / d[2] % d[1], n % d[2] };
}

fn conv(seed: u64, axes: usize) !void {
    errdefer std.debug.print("seed {d}\n", .{seed});
    var r = h.Random{ .state = seed };
    const groups = if (seed % 3 == 0) r.between(1, 3) else 1;
    const width = r.between(1, if (seed % 5 == 0) 40 else 9);
    const each = r.between(1, if (seed % 7 == 0) 40 else 9);
    const outs = each * groups;
    const c = Case.random(&r, axes, width * groups);
    errdefer std.debug.print("{any} groups {d} outs {d}\n", .{ c, groups, outs });
    const x = r.floats(c.inputs());
    const w = r.floats(c.taps() * width * outs);
    const b = r.floats(outs);
    const s = r.floats(c.points() * outs);
    defer for ([_][]f32{ x, w, b, s }) |a| h.gpa.free(a);
    const relu: i64 = if (seed % 2 == 0) defs.opcode("relu") else 0;
    const a = c.attrs(6, .{ @intCast(outs), @intCast(groups), 3, relu, 0, 0 });
    const y = try h.run("conv", &a, &.{ x, w, b, s }, c.points() * outs);
    defer h.gpa.free(y);
    for (0..c.points()) |p| for (0..outs) |o| {
        var sum = @as(f64, b[o]) + s[p * outs + o];
        var mass = @abs(@as(f64, b[o])) + @abs(s[p * outs + o]);
        for (0..c.taps()) |t| if (c.index(p, t)) |at| for (0..width) |i| {
            const term = @as(f64, x[at + o / each * width + i]) * w[(t * width + i) * outs + o];
            sum += term;
            mass += @abs(term);
        };
        try h.within(y[p * outs + o], if (relu != 0) @max(sum, 0) else sum, h.gamma(c.taps() * width + 3) * mass);
    };
}

test "conv: random windows" {
    for (0..120) |seed| try conv(seed, 1 + seed % 3);
}

test "conv: a long sum over many blocks" {
    var any = h.Random{ .state = 1 };
    var c = Case.random(&any, 2, 70);
    c.images = 2;
    c.in = .{ 1, 12, 11 };
    c.kernel = .{ 1, 3, 3 };
    c.out = c.in;
    c.stride = @splat(1);
    c.dilation = @splat(1);
    c.low = .{ 0, 1, 1 };
    var r = h.Random{ .state = 5 };
    const x = r.floats(c.inputs());
    const w = r.floats(9 * 70 * 20);
    defer h.gpa.free(x);
    defer h.gpa.free(w);
    const y = try h.run("conv", &c.attrs(6, .{ 20, 1, 0, 0, 0, 0 }), &.{ x, w }, c.points() * 20);
    defer h.gpa.free(y);
    for (0..c.points()) |p| for (0..20) |o| {
        var sum: f64 = 0;
        var mass: f64 = 0;
        for (0..9) |t| if (c.index(p, t)) |at| for (0..70) |i| {
            const term = @as(f64, x[at + i]) * w[(t * 70 + i) * 20 + o];
            sum += term;
            mass += @abs(term);
        };
        try h.within(y[p * 20 + o], sum, h.gamma(630) * mass);
    };
}

test "depthwise: random windows" {
    for (0..120) |seed| {
        errdefer std.debug.print("seed {d}\n", .{seed});
        var r = h.Random{ .state = seed };
        const n = r.between(1, 75);
        const c = Case.random(&r, 1 + seed % 3, n);
        const x = r.floats(c.inputs());
        const w = r.floats(c.taps() * n);
        const b = r.floats(n);
        const s = r.floats(c.points() * n);
        defer for ([_][]f32{ x, w, b, s }) |a| h.gpa.free(a);
        const y = try h.run("depthwise", &c.attrs(4, .{ 3, defs.opcode("relu"), 0, 0 }), &.{ x, w, b, s }, c.points() * n);
        defer h.gpa.free(y);
        for (0..c.points()) |p| for (0..n) |o| {
            var sum = @as(f64, b[o]) + s[p * n + o];
            var mass = @abs(@as(f64, b[o])) + @abs(s[p * n + o]);
            for (0..c.taps()) |t| if (c.index(p, t)) |at| {
                const term = @as(f64, x[at + o]) * w[t * n + o];
                sum += term;
                mass += @abs(term);
            };
            try h.within(y[p * n + o], @max(sum, 0), h.gamma(c.taps() + 3) * mass);
        };
    }
}

test "pools: random windows, padding that counts and that does not, NaN" {
    for (0..150) |seed| {
        errdefer std.debug.print("seed {d}\n", .{seed});
        var r = h.Random{ .state = seed };
        const n = r.between(1, 35);
        const c = Case.random(&r, 1 + seed % 3, n);
        const x = r.floats(c.inputs());
        defer h.gpa.free(x);
        if (seed % 4 == 0) x[r.below(x.len)] = std.math.nan(f32);
        const most = try h.run("max_pool", &c.attrs(0, .{}), &.{x}, c.points() * n);
        defer h.gpa.free(most);
        const including = seed % 2;
        const tail = [4]i64{ @intCast(including), @intCast(c.high[0]), @intCast(c.high[1]), @intCast(c.high[2]) };
        const mean = try h.run("average_pool", &c.attrs(4, tail), &.{x}, c.points() * n);
        defer h.gpa.free(mean);
        for (0..c.points()) |p| for (0..n) |o| {
            var largest: f64 = -inf;
            var sum: f64 = 0;
            var mass: f64 = 0;
            var count: f64 = 0;
            var nan = false;
            for (0..c.taps()) |t| {
                if (including != 0 and c.counts(p, t)) count += 1;
                const at = c.index(p, t) orelse continue;
                if (including == 0) count += 1;
                const v = x[at + o];
                nan = nan or v != v;
                largest = @max(largest, v);
                sum += v;
                mass += @abs(v);
            }
            const i = p * n + o;
            if (nan) {
                try std.testing.expect(std.math.isNan(most[i]) and std.math.isNan(mean[i]));
            } else {
                try std.testing.expectEqual(largest, @as(f64, most[i]));
                const n1 = @max(count, 1);
                try h.within(mean[i], sum / n1, h.gamma(c.taps() + 1) * mass / n1);
            }
        };
    }
}

test "the largest of listed windows, none and NaN among them" {
    const x = [_]f32{ 3, -1, std.math.nan(f32), 7, -8 };
    const y = try h.run("window_max", &.{ 4, 2, 0, 1, 0, 3, 3, 2, 0, 1, 4 }, &.{&x}, 4);
    defer h.gpa.free(y);
    try std.testing.expect(y[0] == 3 and y[1] == -inf and std.math.isNan(y[2]) and y[3] == -8);
    const op = defs.opcode("window_max");
    try std.testing.expect(!h.accepts(op, &.{ 1, 1, 5 }, &.{ 5, 1 }));
    try std.testing.expect(!h.accepts(op, &.{ 1, 2, 4 }, &.{ 5, 1 }));
    try std.testing.expect(!h.accepts(op, &.{ 1, 1, 4, 0 }, &.{ 5, 1 }));
    try std.testing.expect(!h.accepts(op, &.{ 2, 1, 4 }, &.{ 5, 2 }));
    try std.testing.expect(!h.accepts(op, &.{ 1, 1, 4 }, &.{ 5, 0 }));
}

/// B^T, A^T and G by their absolute values, for tiles of m.
const Absolute = struct {
    b: []const []const f64,
    a: []const []const f64,
    g: []const []const f64,

    fn of(m: usize) Absolute {
        return if (m == 2) .{
            .b = &.{ &.{ 1, 0, 1, 0 }, &.{ 0, 1, 1, 0 }, &.{ 0, 1, 1, 0 }, &.{ 0, 1, 0, 1 } },
            .a = &.{ &.{ 1, 1, 1, 0 }, &.{ 0, 1, 1, 1 } },
            .g = &.{ &.{ 1, 0, 0 }, &.{ 0.5, 0.5, 0.5 }, &.{ 0.5, 0.5, 0.5 }, &.{ 0, 0, 1 } },
        } else .{
            .b = &.{ &.{ 4, 0, 5, 0, 1, 0 }, &.{ 0, 4, 4, 1, 1, 0 }, &.{ 0, 4, 4, 1, 1, 0 }, &.{ 0, 2, 1, 2, 1, 0 }, &.{ 0, 2, 1, 2, 1, 0 }, &.{ 0, 4, 0, 5, 0, 1 } },
            .a = &.{ &.{ 1, 1, 1, 1, 1, 0 }, &.{ 0, 1, 1, 2, 2, 0 }, &.{ 0, 1, 1, 4, 4, 0 }, &.{ 0, 1, 1, 8, 8, 1 } },
            .g = &.{ &.{ 0.25, 0, 0 }, &.{ 1.0 / 6.0, 1.0 / 6.0, 1.0 / 6.0 }, &.{ 1.0 / 6.0, 1.0 / 6.0, 1.0 / 6.0 }, &.{ 1.0 / 24.0, 1.0 / 12.0, 1.0 / 6.0 }, &.{ 1.0 / 24.0, 1.0 / 12.0, 1.0 / 6.0 }, &.{ 0, 0, 1 } },
        };
    }


    fn weighs(to: []const []const f64, y: usize, x: usize, r: usize, s: usize) f64 {
        return to[y][r] * to[x][s];
    }
};

/// The bound that winograd.zig begins with, of one output.
fn winogradBound(c: Case, m: usize, point: usize, x: []const f32, w: []const f32, outs: usize, o: usize) f64 {
    const t = Absolute.of(m);
    const p = split(point, c.out);
    const at = [2]usize{ p[2] / m * m, p[3] / m * m };
    var sum: f64 = 0;
    for (0..m + 2) |r| for (0..m + 2) |s| {
        const back = Absolute.weighs(t.a, p[2] - at[0], p[3] - at[1], r, s);
        if (back == 0) continue;
        for (0..c.channels) |i| {
            var u: f64 = 0;
            for (0..3) |a| for (0..3) |b| {
                u += t.g[r][a] * t.g[s][b] * @abs(w[((a * 3 + b) * c.channels + i) * outs + o]);
            };
            var v: f64 = 0;
            for (0..m + 2) |a| for (0..m + 2) |b| {
                const y = @as(i64, @intCast(at[0] + a)) - @as(i64, @intCast(c.low[1]));
                const z = @as(i64, @intCast(at[1] + b)) - @as(i64, @intCast(c.low[2]));
                if (y < 0 or z < 0 or y >= c.in[1] or z >= c.in[2]) continue;
                const line = (p[0] * c.in[1] + @as(usize, @intCast(y))) * c.in[2] + @as(usize, @intCast(z));
                v += t.b[r][a] * t.b[s][b] * @abs(x[line * c.channels + i]);
            };
            sum += back * u * v;
        }
    };
    return h.gamma(c.channels + 14) * sum;
}

test "winograd: within its own bound, at every size of what is left of a tile" {
    for (0..60) |seed| {
        errdefer std.debug.print("seed {d}\n", .{seed});
        var r = h.Random{ .state = seed };
        const m: usize = if (seed % 2 == 0) 2 else 4;
        const n = r.between(1, 40);
        const outs = r.between(1, 40);
        var c = Case.random(&r, 2, n);
        c.kernel = .{ 1, 3, 3 };
        c.stride = @splat(1);
        c.dilation = @splat(1);
        for (1..3) |i| {
            c.in[i] = r.between(3, 11);
            c.low[i] = r.below(3);
            c.high[i] = r.below(3);
            c.out[i] = c.in[i] + c.low[i] + c.high[i] - 2;
        }
        const x = r.floats(c.inputs());
        const w = r.floats(9 * n * outs);
        const b = r.floats(outs);
        const s = r.floats(c.points() * outs);
        defer for ([_][]f32{ x, w, b, s }) |a| h.gpa.free(a);
        if (seed % 3 == 0) for (x, 0..) |*v, i| {
            if (i % 5 != 0) v.* *= 1e-6; // large beside small is what direct sums bound better
        };
        const y = try h.run("winograd", &c.attrs(6, .{ @intCast(outs), @intCast(m), 3, defs.opcode("relu"), 0, 0 }), &.{ x, w, b, s }, c.points() * outs);
        defer h.gpa.free(y);
        for (0..c.points()) |p| for (0..outs) |o| {
            const ends = @as(f64, b[o]) + s[p * outs + o];
            var sum = ends;
            for (0..9) |t| if (c.index(p, t)) |at| for (0..n) |i| {
                sum += @as(f64, x[at + i]) * w[(t * n + i) * outs + o];
            };
            const own = winogradBound(c, m, p, x, w, outs, o);
            const size = @abs(@as(f64, b[o])) + @abs(s[p * outs + o]) + @abs(sum - ends) + own;
            try h.within(y[p * outs + o], @max(sum, 0), own + h.gamma(2) * size);
        };
    }
}

test "winograd: what it is not for is refused" {
    const op = defs.opcode("winograd");
    const c = Case{ .images = 1, .channels = 2, .in = .{ 1, 6, 6 }, .out = .{ 1, 6, 6 }, .kernel = .{ 1, 3, 3 }, .stride = @splat(1), .dilation = @splat(1), .low = .{ 0, 1, 1 }, .high = .{ 0, 1, 1 } };
    const sizes = [_]usize{ 72, 54, 108 };
    try std.testing.expect(h.accepts(op, &c.attrs(6, .{ 3, 4, 0, 0, 0, 0 }), &sizes));
    try std.testing.expect(!h.accepts(op, &c.attrs(6, .{ 3, 3, 0, 0, 0, 0 }), &sizes));
    try std.testing.expect(!h.accepts(op, &c.attrs(6, .{ 3, 4, 0, 0, 0, 0 }), &.{ 72, 53, 108 }));
    for (8..17) |i| {
        var a = c.attrs(6, .{ 3, 4, 0, 0, 0, 0 });
        a[i] += 1;
        try std.testing.expect(!h.accepts(op, &a, &.{ 1000, 1000, 1000 }) or i == 14 or i == 11);
    }
}
