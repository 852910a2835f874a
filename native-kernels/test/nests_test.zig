//! Loop nests: products, sums and moves over stepped and listed loops against a plain walk, and refusals of what leaves an
//! operand.

const std = @import("std");
const call = @import("../src/call.zig");
const defs = @import("../src/defs.zig");
const kernels = @import("../kernels.zig");
const h = @import("harness.zig");
const expect = std.testing.expect;

/// Runs on a copy of y.
fn apply(attrs: []const i64, x: []f32, w: []f32, y: []const f32) ![]f32 {
    const out = try h.gpa.dupe(f32, y);
    var spans = [_]call.Span{
        .{ .ptr = @ptrCast(x.ptr), .bytes = x.len * 4 },
        .{ .ptr = @ptrCast(w.ptr), .bytes = w.len * 4 },
        .{ .ptr = @ptrCast(out.ptr), .bytes = out.len * 4 },
    };
    const kernel = kernels.table.kernels[comptime defs.opcode("nests")].?;
    const c = call.Call{ .attrs = attrs.ptr, .attr_count = attrs.len, .spans = &spans, .span_count = 3, .scratch = @ptrFromInt(64), .part = 0, .parts = 1 };
    try expect(kernel.check(&c));
    kernel.run(&c);
    return out;
}

test "lines of every width, either factor standing still" {
    var r = h.Random{ .state = 21 };
    for (1..40) |outs| for ([_]bool{ true, false }) |first| {
        const ins = r.between(1, 12);
        const row = outs + r.below(3);
        const still = r.floats(ins + 2);
        const moving = r.floats(5 + ins * row);
        const y = r.floats(outs + 7);
        defer for ([_][]f32{ still, moving, y }) |v| h.gpa.free(v);
        const n: i64 = @intCast(outs);
        const m: i64 = @intCast(ins);
        const s: i64 = @intCast(row);
        const got = if (first)
            try apply(&.{ 1, 0, 2, 3, 2, 5, m, 0, 1, s, n, 1, 0, 1 }, still, moving, y)
        else
            try apply(&.{ 1, 0, 2, 3, 5, 2, m, 0, s, 1, n, 1, 1, 0 }, moving, still, y);
        defer h.gpa.free(got);
        for (got, 0..) |v, i| {
            if (i < 3 or i >= 3 + outs) {
                try expect(v == y[i]);
                continue;
            }
            var sum: f64 = y[i];
            var mass = @abs(sum);
            for (0..ins) |k| {
                const p = @as(f64, still[2 + k]) * moving[5 + k * row + i - 3];
                sum += p;
                mass += @abs(p);
            }
            try h.within(v, sum, h.gamma(ins + 1) * mass);
        }
    };
}

test "listed offsets, sums and moves, one nest after another" {
    var r = h.Random{ .state = 22 };
    const x = r.floats(20);
    const w = r.floats(10);
    const y = r.floats(12);
    defer for ([_][]f32{ x, w, y }) |v| h.gpa.free(v);
    const got = try apply(&.{
        3,
        0, 3, 0, 0, 0, -2, 1, 3, 2, 5, 9, 7, 1, 0, 0, 0, 2, 2, 1, 1, // y[1 + 2j], y[5 + 2j]
        1, 2, 11, 5, 0, 1, 0, 0, 0, 12, -1, 0, 0, // y[11 - j] += x[5]
        2, 2, 3, 7, 0, 1, 0, 0, 0, 2, 8, 0, 0, // y[3], y[11] = x[7]
    }, x, w, y);
    defer h.gpa.free(got);
    for (got, 0..) |v, i| {
        var want: f64 = y[i];
        if (i == 1 or i == 3) want += @as(f64, x[3 + (i - 1) / 2]) * w[2 + (i - 1) / 2];
        if (i == 5 or i == 7) want += @as(f64, x[9 + (i - 5) / 2]) * w[7 + (i - 5) / 2];
        want += x[5];
        if (i == 3 or i == 11) want = x[7];
        try h.within(v, want, 4 * 6e-8 * 3);
    }
}

test "nests that leave an operand are refused" {
    const op = defs.opcode("nests");
    const sizes = [_]usize{ 4, 12, 3 };
    const Case = struct { good: bool, words: [13]i64 };
    const cases = [_]Case{
        .{ .good = true, .words = .{ 0, 2, 0, 0, 0, 4, 0, 1, 3, 3, 1, 0, 1 } },
        .{ .good = false, .words = .{ 0, 2, 1, 0, 0, 4, 0, 1, 3, 3, 1, 0, 1 } },
        .{ .good = false, .words = .{ 0, 2, 0, 1, 0, 4, 0, 1, 3, 3, 1, 0, 1 } },
        .{ .good = false, .words = .{ 0, 2, 0, 0, 1, 4, 0, 1, 3, 3, 1, 0, 1 } },
        .{ .good = false, .words = .{ 0, 2, 0, 0, 0, 4, 0, 1, 4, 3, 1, 0, 1 } },
        .{ .good = false, .words = .{ 0, 2, 0, 0, 0, 4, 0, 1, -3, 3, 1, 0, 1 } },
        .{ .good = true, .words = .{ 1, 2, 0, 0, 99, 4, 0, 1, 3, 3, 1, 0, 1 } },
        .{ .good = false, .words = .{ 3, 2, 0, 0, 0, 4, 0, 1, 3, 3, 1, 0, 1 } },
        .{ .good = false, .words = .{ 0, 1, 0, 0, 0, 4, 0, 1, 3, 3, 1, 0, 1 } },
        .{ .good = false, .words = .{ 0, 3, 0, 0, 0, 4, 0, 1, 3, 3, 1, 0, 1 } },
        .{ .good = false, .words = .{ 0, 2, 0, 0, 0, 0, 0, 1, 3, 3, 1, 0, 1 } },
        .{ .good = false, .words = .{ 0, 2, 0, 0, 0, -4, 0, 1, 3, 3, 1, 0, 1 } },
        .{ .good = true, .words = .{ 0, 2, 2, 3, 11, 4, 0, -1, -2, 3, -1, 0, -1 } },
        .{ .good = false, .words = .{ 0, 2, 2, 3, 11, 4, 0, -1, -4, 3, -1, 0, -1 } },
    };
    for (cases) |c| {
        const attrs = [_]i64{1} ++ c.words;
        try expect(h.accepts(op, &attrs, &sizes) == c.good);
    }
    try expect(!h.accepts(op, &([_]i64{2} ++ cases[0].words), &sizes));
    const listed = [_]i64{ 1, 0, 3, 0, 0, 0, -2, 0, 0, 0, 1, 2, 11, 1, 0, 0, 0, 1, 0, 0, 0 };
    try expect(h.accepts(op, &listed, &sizes));
    for ([_]usize{ 10, 11, 12 }) |i| {
        var beyond = listed;
        beyond[i] += 2;
        try expect(!h.accepts(op, &beyond, &sizes));
    }
}

/// Windows of two members, one apart: nest of windows (3) by members (2).
fn winners(x: []f32, largest: []f32, attrs: []const i64) ![6]f32 {
    var out = [_]f32{7} ** 6;
    var scratch: [64]u8 align(64) = undefined;
    var spans = [_]call.Span{
        .{ .ptr = @ptrCast(x.ptr), .bytes = x.len * 4 },
        .{ .ptr = @ptrCast(largest.ptr), .bytes = largest.len * 4 },
        .{ .ptr = @ptrCast(&out), .bytes = out.len * 4 },
    };
    const kernel = kernels.table.kernels[comptime defs.opcode("winners")].?;
    const c = call.Call{ .attrs = attrs.ptr, .attr_count = attrs.len, .spans = &spans, .span_count = 3, .scratch = &scratch, .part = 0, .parts = 1 };
    if (!kernel.check(&c)) return error.Refused;
    kernel.run(&c);
    return out;
}

test "the first largest member of each window wins, a NaN too, and what leaves an operand is refused" {
    const nan = std.math.nan(f32);
    var x = [_]f32{ 2, 2, nan, -1 };
    var largest = [_]f32{ 2, nan, nan };
    const attrs = [_]i64{ 1, 0, 2, 0, 0, 0, 3, 1, 1, 2, 2, 0, 1, 1 };
    const got = try winners(&x, &largest, &attrs);
    try std.testing.expectEqualSlices(f32, &.{ 1, 0, 0, 1, 1, 0 }, &got);
    for ([_]usize{ 2, 3, 4, 5, 7, 9, 10 }) |i| {
        var moved = attrs;
        moved[i] += 9;
        try std.testing.expectError(error.Refused, winners(&x, &largest, &moved));
    }
    var plain = attrs;
    plain[1] = 1;
    try std.testing.expectError(error.Refused, winners(&x, &largest, &plain));
}
