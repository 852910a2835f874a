//! Row by row over the last axis. Operands x, …, y (y may be x); rows dense. NaN in a row makes the row NaN.
//! `softmax`, `log_softmax`: x, y; attributes rows, n. The largest element is subtracted first, sums are kept in double.
//! `layer_norm`: x, gamma[n], beta[n], y; `rms_norm`: x, gamma[n], y; attributes rows, n, epsilon (double).
//! `group_norm`: x[images, points, channels], gamma[channels], beta[channels], y; attributes images, points, channels,
//! groups, epsilon. Moments are kept in double, so the result is within a few ulps of the real function.

const std = @import("std");
const isa = @import("isa.zig");
const call = @import("call.zig");
const math = @import("math.zig");
const Call = call.Call;
const D = @Vector(isa.lanes, f64);

pub const softmax = call.Kernel{ .check = &checkSoftmax, .run = &runSoftmax };
pub const log_softmax = call.Kernel{ .check = &checkSoftmax, .run = &runLogSoftmax };
pub const layer_norm = call.Kernel{ .check = &checkLayer, .run = &runLayer };
pub const rms_norm = call.Kernel{ .check = &checkRms, .run = &runRms };
pub const group_norm = call.Kernel{ .check = &checkGroup, .run = &runGroup };

fn checkSoftmax(c: *const Call) callconv(.c) bool {
    if (!c.counts(2, 2) or !c.sizes(0, 2)) return false;
    const n = c.int(0) *| c.int(1);
    return c.holds(0, n) and c.holds(1, n);
}

/// Largest element, NaN when any is.
fn largest(x: [*]const f32, n: usize) f32 {
    const low = -std.math.inf(f32);
    var most = isa.splat(low);
    var nan = isa.splat(0);
    var i: usize = 0;
    while (i + isa.lanes <= n) : (i += isa.lanes) {
        const v = isa.load(x + i);
        most = @select(f32, v > most, v, most);
        nan = @select(f32, v != v, v, nan);
    }
    var m = @reduce(.Max, most);
    var bad = @reduce(.Add, nan);
    while (i < n) : (i += 1) {
        m = if (x[i] > m) x[i] else m;
        if (x[i] != x[i]) bad = x[i];
    }
    return if (bad != bad) bad else m;
}

/// y = (x - mean) * scale * gamma + beta, in double, rounded once. Without beta nothing is added.
fn normalized(x: [*]const f32, y: [*]f32, n: usize, mean: f64, factor: f64, gamma: [*]const f32, beta: ?[*]const f32) void {
    const shift: D = @splat(mean);
    const scale: D = @splat(factor);
    var i: usize = 0;
    while (i + isa.lanes <= n) : (i += isa.lanes) {
        const z = (@as(D, isa.load(x + i)) - shift) * scale * @as(D, isa.load(gamma + i));
        isa.store(y + i, @floatCast(if (beta) |b| z + @as(D, isa.load(b + i)) else z));
    }
    while (i < n) : (i += 1) {
        const z = (x[i] - mean) * factor * gamma[i];
        y[i] = @floatCast(if (beta) |b| z + b[i] else z);
    }
}

/// y = exp(x - m); answers the sum.
fn exponentials(x: [*]const f32, y: ?[*]f32, n: usize, m: f32) f64 {
    var sum: D = @splat(0);
    var i: usize = 0;
    while (i + isa.lanes <= n) : (i += isa.lanes) {
        const e = math.exp(isa.load(x + i) - isa.splat(m));
        if (y) |to| isa.store(to + i, e);
        sum += e;
    }
    var rest: f64 = 0;
    if (i < n) {
        const e = math.exp(isa.loadPart(x + i, n - i) - isa.splat(m));
        if (y) |to| isa.storePart(to + i, e, n - i);
        for (@as([isa.lanes]f32, e)[0 .. n - i]) |v| rest += v;
    }
    return @reduce(.Add, sum) + rest;
}

fn runSoftmax(c: *const Call) callconv(.c) void {
    const n = c.int(1);
    const rows = c.share(c.int(0), 1);
    for (rows[0]..rows[1]) |r| {
        const x = c.floats(0) + r * n;
        const y = c.out(1) + r * n;
        const sum = exponentials(x, y, n, largest(x, n));
        const s: f32 = @floatCast(sum);
        var i: usize = 0;
        while (i + isa.lanes <= n) : (i += isa.lanes) isa.store(y + i, isa.load(y + i) / isa.splat(s));
        while (i < n) : (i += 1) y[i] /= s;
    }
}

fn runLogSoftmax(c: *const Call) callconv(.c) void {
    const n = c.int(1);
    const rows = c.share(c.int(0), 1);
    for (rows[0]..rows[1]) |r| {
        const x = c.floats(0) + r * n;
        const y = c.out(1) + r * n;
        const m = largest(x, n);
        const log = @log(exponentials(x, null, n, m));
        for (0..n) |i| y[i] = @floatCast(@as(f64, x[i]) - m - log);
    }
}

fn checkNorm(c: *const Call, operands: usize) bool {
    if (!c.counts(operands, 3) or !c.sizes(0, 2)) return false;
    const n = c.int(0) *| c.int(1);
    for (1..operands - 1) |i| if (!c.holds(i, c.int(1))) return false;
    return c.holds(0, n) and c.holds(operands - 1, n);
}

fn checkLayer(c: *const Call) callconv(.c) bool {
    return checkNorm(c, 4);
}

fn checkRms(c: *const Call) callconv(.c) bool {
    return checkNorm(c, 3);
}

/// Sum of (x - shift)^power over n elements, in double.
fn moment(x: [*]const f32, n: usize, shift: f64, comptime power: u8) f64 {
    var sum: D = @splat(0);
    var i: usize = 0;
    while (i + isa.lanes <= n) : (i += isa.lanes) {
        const d = @as(D, isa.load(x + i)) - @as(D, @splat(shift));
        sum += if (power == 1) d else d * d;
    }
    var s = @reduce(.Add, sum);
    while (i < n) : (i += 1) {
        const d = x[i] - shift;
        s += if (power == 1) d else d * d;
    }
    return s;
}

fn runLayer(c: *const Call) callconv(.c) void {
    const n = c.int(1);
    const rows = c.share(c.int(0), 1);
    for (rows[0]..rows[1]) |r| {
        const x = c.floats(0) + r * n;
        const count: f64 = @floatFromInt(n);
        const mean = moment(x, n, 0, 1) / count;
        const scale = 1 / @sqrt(moment(x, n, mean, 2) / count + c.real(2));
        const y = c.out(3) + r * n;
        normalized(x, y, n, mean, scale, c.floats(1), c.floats(2));
    }
}

fn runRms(c: *const Call) callconv(.c) void {
    const n = c.int(1);
    const rows = c.share(c.int(0), 1);
    for (rows[0]..rows[1]) |r| {
        const x = c.floats(0) + r * n;
        const scale = 1 / @sqrt(moment(x, n, 0, 2) / @as(f64, @floatFromInt(n)) + c.real(2));
        const y = c.out(2) + r * n;
        normalized(x, y, n, 0, scale, c.floats(1), null);
    }
}

fn checkGroup(c: *const Call) callconv(.c) bool {
    if (!c.counts(4, 5) or !c.sizes(0, 4)) return false;
    if (c.int(3) == 0 or c.int(2) % c.int(3) != 0) return false;
    const n = c.int(0) *| c.int(1) *| c.int(2);
    return c.holds(0, n) and c.holds(1, c.int(2)) and c.holds(2, c.int(2)) and c.holds(3, n);
}

fn runGroup(c: *const Call) callconv(.c) void {
    const points = c.int(1);
    const channels = c.int(2);
    const groups = c.int(3);
    const width = channels / groups;
    const units = c.share(c.int(0) * groups, 1);
    for (units[0]..units[1]) |u| {
        const at = u / groups * points * channels + u % groups * width;
        const x = c.floats(0) + at;
        const y = c.out(3) + at;
        const gamma = c.floats(1) + u % groups * width;
        const beta = c.floats(2) + u % groups * width;
        const count: f64 = @floatFromInt(points * width);
        var sum: f64 = 0;
        for (0..points) |p| sum += moment(x + p * channels, width, 0, 1);
        const mean = sum / count;
        var squares: f64 = 0;
        for (0..points) |p| squares += moment(x + p * channels, width, mean, 2);
        const scale = 1 / @sqrt(squares / count + c.real(4));
        for (0..points) |p| normalized(x + p * channels, y + p * channels, width, mean, scale, gamma, beta);
    }
}
