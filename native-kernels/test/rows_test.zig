//! Softmax, norms, reductions, element-wise pairs and copies against the definition in double.

const std = @import("std");
const defs = @import("../src/defs.zig");
const h = @import("harness.zig");
const expect = std.testing.expect;
const nan = std.math.nan(f32);
const inf = std.math.inf(f32);

test "softmax and log-softmax" {
    var r = h.Random{ .state = 1 };
    for ([_]usize{ 1, 2, 7, 8, 9, 10, 31, 100 }) |n| {
        const x = r.floats(3 * n);
        defer h.gpa.free(x);
        for (x) |*v| v.* *= 30;
        const a = [_]i64{ 3, @intCast(n) };
        const y = try h.run("softmax", &a, &.{x}, 3 * n);
        const l = try h.run("log_softmax", &a, &.{x}, 3 * n);
        defer h.gpa.free(y);
        defer h.gpa.free(l);
        for (0..3) |i| {
            const row = x[i * n ..][0..n];
            const m = std.mem.max(f32, row);
            var sum: f64 = 0;
            for (row) |v| sum += @exp(@as(f64, v) - m);
            for (row, 0..) |v, k| {
                const t = @as(f64, v) - m;
                // one rounding of x - m (|x - m| <= 60), exp 2 ulps, sum, division
                try h.within(y[i * n + k], @exp(t) / sum, @exp(t) / sum * (60 * 6e-8 + 6 * 6e-8) + 1e-44);
                try h.within(l[i * n + k], t - @log(sum), @abs(t - @log(sum)) * 6e-8 + 60 * 6e-8 + 2 * 1.2e-7);
            }
        }
    }
}

test "softmax of NaN and infinities is NaN, of minus infinity beside numbers zero" {
    const x = [_]f32{ 1, nan, 2, 1, inf, 2, -inf, -inf, -inf, 0, -inf, 0 };
    const y = try h.run("softmax", &.{ 4, 3 }, &.{&x}, 12);
    defer h.gpa.free(y);
    for (0..3) |i| try expect(std.math.isNan(y[i]));
    for (3..9) |i| try expect(std.math.isNan(y[i]));
    try std.testing.expectEqualSlices(f32, &.{ 0.5, 0, 0.5 }, y[9..12]);
}

test "softmax of NaN anywhere in a row is NaN, of the largest anywhere is one" {
    for (0..45) |at| for ([_]f32{ nan, 200 }) |v| {
        var x: [45]f32 = @splat(-1);
        x[at] = v;
        const y = try h.run("softmax", &.{ 1, 45 }, &.{&x}, 45);
        defer h.gpa.free(y);
        if (v == v) try expect(y[at] == 1) else for (y) |u| try expect(std.math.isNan(u));
    };
}

test "layer, rms and group norm" {
    var r = h.Random{ .state = 2 };
    for ([_]usize{ 1, 3, 8, 17, 64 }) |n| {
        const x = r.floats(4 * n);
        const g = r.floats(n);
        const b = r.floats(n);
        defer for ([_][]f32{ x, g, b }) |v| h.gpa.free(v);
        const a = [_]i64{ 4, @intCast(n), h.bits(1e-5) };
        const layer = try h.run("layer_norm", &a, &.{ x, g, b }, 4 * n);
        const rms = try h.run("rms_norm", &a, &.{ x, g }, 4 * n);
        defer h.gpa.free(layer);
        defer h.gpa.free(rms);
        for (0..4) |i| {
            const m = moments(x[i * n ..][0..n], 0, n, 1);
            for (0..n) |k| {
                const v: f64 = x[i * n + k];
                const z = (v - m.mean) / @sqrt(m.variance + 1e-5) * g[k];
                try h.within(layer[i * n + k], z + b[k], (@abs(z) + @abs(b[k])) * 1e-7);
                try h.within(rms[i * n + k], v / @sqrt(m.square + 1e-5) * g[k], 1e-7 * 12);
            }
        }
    }
    const x = r.floats(2 * 5 * 12);
    const g = r.floats(12);
    const b = r.floats(12);
    defer for ([_][]f32{ x, g, b }) |v| h.gpa.free(v);
    const y = try h.run("group_norm", &.{ 2, 5, 12, 3, h.bits(1e-3) }, &.{ x, g, b }, x.len);
    defer h.gpa.free(y);
    for (0..2) |i| for (0..12) |c| {
        var values: [20]f32 = undefined;
        for (0..20) |k| values[k] = x[(i * 5 + k / 4) * 12 + c / 4 * 4 + k % 4];
        const m = moments(&values, 0, 20, 1);
        for (0..5) |p| {
            const at = (i * 5 + p) * 12 + c;
            const z = (x[at] - m.mean) / @sqrt(m.variance + 1e-3) * g[c];
            try h.within(y[at], z + b[c], (@abs(z) + @abs(b[c])) * 1e-7);
        }
    };
}

const Moments = struct { mean: f64, variance: f64, square: f64 };

fn moments(x: []const f32, from: usize, n: usize, step: usize) Moments {
    var sum: f64 = 0;
    var square: f64 = 0;
    for (0..n) |i| {
        const v: f64 = x[from + i * step];
        sum += v;
        square += v * v;
    }
    const count: f64 = @floatFromInt(n);
    var variance: f64 = 0;
    for (0..n) |i| variance += (x[from + i * step] - sum / count) * (x[from + i * step] - sum / count);
    return .{ .mean = sum / count, .variance = variance / count, .square = square / count };
}

test "reductions along any axis, NaN included" {
    var r = h.Random{ .state = 4 };
    for ([_]usize{ 1, 2, 9 }) |outer| for ([_]usize{ 1, 5, 33 }) |axis| for ([_]usize{ 1, 3, 8, 21 }) |inner| {
        const x = r.floats(outer * axis * inner);
        defer h.gpa.free(x);
        if (axis == 33) x[x.len / 2] = nan;
        const a = [_]i64{ @intCast(outer), @intCast(axis), @intCast(inner) };
        const n = outer * inner;
        const sum = try h.run("reduce_sum", &a, &.{x}, n);
        const mean = try h.run("reduce_mean", &a, &.{x}, n);
        const largest = try h.run("reduce_max", &a, &.{x}, n);
        const smallest = try h.run("reduce_min", &a, &.{x}, n);
        defer for ([_][]f32{ sum, mean, largest, smallest }) |v| h.gpa.free(v);
        for (0..n) |i| {
            var s: f64 = 0;
            var mass: f64 = 0;
            var hi: f32 = -inf;
            var lo: f32 = inf;
            for (0..axis) |k| {
                const v = x[(i / inner * axis + k) * inner + i % inner];
                s += v;
                mass += @abs(v);
                hi = @max(hi, v);
                lo = @min(lo, v);
            }
            if (std.math.isNan(s)) {
                for ([_][]f32{ sum, mean, largest, smallest }) |v| try expect(std.math.isNan(v[i]));
                continue;
            }
            const count: f64 = @floatFromInt(axis);
            try h.within(sum[i], s, h.gamma(axis) * mass);
            try h.within(mean[i], s / count, h.gamma(axis + 1) * mass / count);
            try expect(largest[i] == hi and smallest[i] == lo);
        }
    };
}

fn pair(comptime name: []const u8, comptime f: fn (f64, f64) f64) !void {
    var r = h.Random{ .state = 9 };
    const d = [_]usize{ 3, 4, 19 };
    // strides of b: same shape, per last axis, per middle axis, one number
    const shapes = [_][3]usize{ .{ 76, 19, 1 }, .{ 0, 0, 1 }, .{ 0, 1, 0 }, .{ 0, 0, 0 }, .{ 1, 0, 3 } };
    for (shapes) |s| for ([_]bool{ false, true }) |swap| {
        const big = r.floats(228);
        const small = r.floats(2 * s[0] + 3 * s[1] + 18 * s[2] + 1);
        defer h.gpa.free(big);
        defer h.gpa.free(small);
        const full = [3]usize{ 76, 19, 1 };
        const sa = if (swap) s else full;
        const sb = if (swap) full else s;
        var a: [10]i64 = undefined;
        a[0] = 3;
        for (0..3) |i| {
            a[1 + i] = @intCast(d[i]);
            a[4 + i] = @intCast(sa[i]);
            a[7 + i] = @intCast(sb[i]);
        }
        const x = if (swap) small else big;
        const z = if (swap) big else small;
        const y = try h.run(name, &a, &.{ x, z }, 228);
        defer h.gpa.free(y);
        for (0..228) |i| {
            const at = [3]usize{ i / 76, i / 19 % 4, i % 19 };
            const expected = f(x[at[0] * sa[0] + at[1] * sa[1] + at[2] * sa[2]], z[at[0] * sb[0] + at[1] * sb[1] + at[2] * sb[2]]);
            try expect(y[i] == @as(f32, @floatCast(expected)));
        }
    };
}

fn plus(a: f64, b: f64) f64 {
    return a + b;
}
fn minus(a: f64, b: f64) f64 {
    return a - b;
}
fn times(a: f64, b: f64) f64 {
    return a * b;
}
fn over(a: f64, b: f64) f64 {
    return a / b;
}
fn least(a: f64, b: f64) f64 {
    return @min(a, b);
}
fn most(a: f64, b: f64) f64 {
    return @max(a, b);
}
fn slope(a: f64, b: f64) f64 {
    return if (a < 0) a * b else a;
}

test "pairs: every broadcasting pattern, correctly rounded" {
    try pair("add", plus);
    try pair("sub", minus);
    try pair("mul", times);
    try pair("div", over);
    try pair("min", least);
    try pair("max", most);
    try pair("prelu", slope);
}

test "min and max keep NaN of either side" {
    const a = [_]f32{ nan, 1, nan };
    const b = [_]f32{ 1, nan, nan };
    inline for (.{ "min", "max" }) |name| {
        const y = try h.run(name, &.{ 1, 3, 1, 1 }, &.{ &a, &b }, 3);
        defer h.gpa.free(y);
        for (y) |v| try expect(std.math.isNan(v));
    }
}

test "scale and shift by channel" {
    var r = h.Random{ .state = 6 };
    for ([_]usize{ 1, 5, 8, 27 }) |n| {
        const x = r.floats(7 * n);
        const s = r.floats(n);
        const t = r.floats(n);
        defer for ([_][]f32{ x, s, t }) |v| h.gpa.free(v);
        const y = try h.run("scale_shift", &.{ 7, @intCast(n) }, &.{ x, s, t }, x.len);
        defer h.gpa.free(y);
        for (x, y, 0..) |v, got, i| {
            const p = @as(f64, v) * s[i % n];
            try h.within(got, p + t[i % n], (@abs(p) + @abs(t[i % n])) * h.gamma(2));
        }
    }
}

test "copy: transpose, reverse, slice; what leaves an operand is refused" {
    var r = h.Random{ .state = 8 };
    const x = r.floats(2 * 3 * 5);
    defer h.gpa.free(x);
    const turned = try h.run("copy", &.{ 3, 0, 0, 5, 3, 2, 1, 5, 15, 6, 2, 1 }, &.{x}, 30);
    defer h.gpa.free(turned);
    for (0..5) |i| for (0..3) |k| for (0..2) |m| try expect(turned[i * 6 + k * 2 + m] == x[m * 15 + k * 5 + i]);
    const back = try h.run("copy", &.{ 1, 29, 0, 30, -1, 1 }, &.{x}, 30);
    defer h.gpa.free(back);
    for (0..30) |i| try expect(back[i] == x[29 - i]);
    const op = defs.opcode("copy");
    try expect(h.accepts(op, &.{ 1, 0, 0, 30, 1, 1 }, &.{ 30, 30 }));
    try expect(!h.accepts(op, &.{ 1, 1, 0, 30, 1, 1 }, &.{ 30, 30 }));
    try expect(!h.accepts(op, &.{ 1, 0, 0, 30, 1, 2 }, &.{ 30, 30 }));
    try expect(!h.accepts(op, &.{ 1, 28, 0, 30, -1, 1 }, &.{ 30, 30 }));
    const filled = try h.run("fill", &.{ 70, h.bits(-2.5) }, &.{}, 70);
    defer h.gpa.free(filled);
    for (filled) |v| try expect(v == -2.5);
}
