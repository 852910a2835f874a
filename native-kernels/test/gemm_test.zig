//! dense and matmul against sums in double, within gamma(k)*|W||x|.

const std = @import("std");
const defs = @import("../src/defs.zig");
const h = @import("harness.zig");
const expect = std.testing.expect;

const Job = struct { m: usize, n: usize, k: usize, bias: bool = false, residual: bool = false, act: u16 = 0 };

fn attrs(j: Job) [7]i64 {
    const flags = @as(i64, @intFromBool(j.bias)) + 2 * @as(i64, @intFromBool(j.residual));
    return .{ @intCast(j.m), @intCast(j.n), @intCast(j.k), flags, j.act, 0, 0 };
}

fn check(seed: u64, j: Job) !void {
    errdefer std.debug.print("seed {d}, {any}\n", .{ seed, j });
    var r = h.Random{ .state = seed };
    const x = r.floats(j.m * j.k);
    const w = r.floats(j.k * j.n);
    const b = r.floats(j.n);
    const s = r.floats(j.m * j.n);
    defer for ([_][]f32{ x, w, b, s }) |a| h.gpa.free(a);
    var list: [4][]const f32 = .{ x, w, undefined, undefined };
    var count: usize = 2;
    if (j.bias) {
        list[count] = b;
        count += 1;
    }
    if (j.residual) {
        list[count] = s;
        count += 1;
    }
    const y = try h.run("dense", &attrs(j), list[0..count], j.m * j.n);
    defer h.gpa.free(y);
    for (0..j.m) |i| for (0..j.n) |o| {
        var sum: f64 = if (j.bias) b[o] else 0;
        if (j.residual) sum += s[i * j.n + o];
        var mass = @abs(if (j.bias) b[o] else 0) + @abs(if (j.residual) s[i * j.n + o] else 0);
        for (0..j.k) |k| {
            const p = @as(f64, x[i * j.k + k]) * w[k * j.n + o];
            sum += p;
            mass += @floatCast(@abs(p));
        }
        const bound = h.gamma(j.k + 3) * @as(f64, mass);
        if (j.act == defs.opcode("relu")) sum = @max(sum, 0);
        if (j.act == defs.opcode("tanh")) sum = std.math.tanh(sum);
        try h.within(y[i * j.n + o], sum, bound + if (j.act == defs.opcode("tanh")) 3 * 1.2e-7 else @as(f64, 0));
    };
}

test "dense: odd sizes with every epilogue" {
    const acts = [_]u16{ 0, defs.opcode("relu"), defs.opcode("tanh") };
    var seed: u64 = 0;
    for ([_]usize{ 1, 2, 3, 5, 7, 12, 13, 25, 97 }) |m| for ([_]usize{ 1, 3, 7, 8, 16, 17, 33, 70 }) |n| for ([_]usize{ 0, 1, 2, 19, 64 }) |k| {
        seed += 1;
        try check(seed, .{ .m = m, .n = n, .k = k, .bias = seed & 1 != 0, .residual = seed & 2 != 0, .act = acts[seed % 3] });
    };
}

test "dense: sums longer than one block" {
    for ([_]usize{ 191, 192, 193, 256, 257, 600 }) |k| {
        try check(k, .{ .m = 1, .n = 130, .k = k, .bias = true, .residual = true, .act = defs.opcode("relu") });
        try check(k, .{ .m = 14, .n = 37, .k = k, .bias = true });
    }
    try check(1, .{ .m = 200, .n = 20, .k = 300, .bias = true });
}

test "dense: a row's result does not depend on the rows beside it" {
    var r = h.Random{ .state = 3 };
    const k = 300;
    const n = 70;
    const x = r.floats(31 * k);
    const w = r.floats(k * n);
    defer h.gpa.free(x);
    defer h.gpa.free(w);
    const all = try h.run("dense", &attrs(.{ .m = 31, .n = n, .k = k }), &.{ x, w }, 31 * n);
    defer h.gpa.free(all);
    for (0..31) |i| {
        const one = try h.run("dense", &attrs(.{ .m = 1, .n = n, .k = k }), &.{ x[i * k ..][0..k], w }, n);
        defer h.gpa.free(one);
        try std.testing.expectEqualSlices(f32, all[i * n ..][0..n], one);
    }
}

test "matmul: batches, shared and transposed right sides" {
    var r = h.Random{ .state = 11 };
    for (0..60) |seed| {
        const batch = r.between(1, 4);
        const m = r.between(1, 20);
        const n = r.between(1, 40);
        const k = r.between(1, 30);
        const shared = seed % 3 == 0;
        const turned = seed % 2 == 0;
        const a = r.floats(batch * m * k);
        const b = r.floats(if (shared) k * n else batch * k * n);
        defer h.gpa.free(a);
        defer h.gpa.free(b);
        const sr: usize = if (turned) 1 else n;
        const sc: usize = if (turned) k else 1;
        const sb = if (shared) 0 else k * n;
        const numbers = [_]usize{ batch, m, n, k, m * k, sb, sr, sc };
        var words: [8]i64 = undefined;
        for (numbers, 0..) |v, i| words[i] = @intCast(v);
        const y = try h.run("matmul", &words, &.{ a, b }, batch * m * n);
        defer h.gpa.free(y);
        for (0..batch) |g| for (0..m) |i| for (0..n) |o| {
            var sum: f64 = 0;
            var mass: f64 = 0;
            for (0..k) |q| {
                const p = @as(f64, a[(g * m + i) * k + q]) * b[g * sb + q * sr + o * sc];
                sum += p;
                mass += @abs(p);
            }
            try h.within(y[(g * m + i) * n + o], sum, h.gamma(k) * mass);
        };
    }
}

test "dense: what does not fit is refused" {
    const good = attrs(.{ .m = 2, .n = 3, .k = 4, .bias = true });
    const op = defs.opcode("dense");
    try expect(h.accepts(op, &good, &.{ 8, 12, 3, 6 }));
    try expect(!h.accepts(op, &good, &.{ 7, 12, 3, 6 }));
    try expect(!h.accepts(op, &good, &.{ 8, 11, 3, 6 }));
    try expect(!h.accepts(op, &good, &.{ 8, 12, 2, 6 }));
    try expect(!h.accepts(op, &good, &.{ 8, 12, 3, 5 }));
    try expect(!h.accepts(op, &good, &.{ 8, 12, 6 }));
    var bad = good;
    bad[4] = defs.opcode("add"); // no function of one number
    try expect(!h.accepts(op, &bad, &.{ 8, 12, 3, 6 }));
    bad = good;
    bad[0] = -1;
    try expect(!h.accepts(op, &bad, &.{ 8, 12, 3, 6 }));
    bad = good;
    bad[0] = 1 << 31;
    bad[2] = 1 << 31;
    try expect(!h.accepts(op, &bad, &.{ 8, 12, 3, 6 }));
}
