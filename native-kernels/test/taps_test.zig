//! Taps: blocks and lines added onto what is there, and refusals of what leaves an operand.

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
    const kernel = kernels.table.kernels[comptime defs.opcode("taps")].?;
    const c = call.Call{ .attrs = attrs.ptr, .attr_count = attrs.len, .spans = &spans, .span_count = 3, .scratch = @ptrFromInt(64), .part = 0, .parts = 1 };
    try expect(kernel.check(&c));
    kernel.run(&c);
    return out;
}

test "blocks of every width" {
    var r = h.Random{ .state = 21 };
    for (1..40) |outs| {
        const ins = r.between(1, 12);
        const row = outs + r.below(3);
        const x = r.floats(ins + 2);
        const w = r.floats(5 + ins * row);
        const y = r.floats(outs + 7);
        defer for ([_][]f32{ x, w, y }) |v| h.gpa.free(v);
        const got = try apply(&.{ 1, 0, 3, 2, 5, @intCast(outs), @intCast(ins), @intCast(row), 0 }, x, w, y);
        defer h.gpa.free(got);
        for (got, 0..) |v, i| {
            if (i < 3 or i >= 3 + outs) {
                try expect(v == y[i]);
                continue;
            }
            var sum: f64 = y[i];
            var mass = @abs(sum);
            for (0..ins) |k| {
                const p = @as(f64, x[2 + k]) * w[5 + k * row + i - 3];
                sum += p;
                mass += @abs(p);
            }
            try h.within(v, sum, h.gamma(ins + 1) * mass);
        }
    }
}

test "lines with steps, weighted and plain, one after another" {
    var r = h.Random{ .state = 22 };
    const x = r.floats(20);
    const w = r.floats(10);
    const y = r.floats(12);
    defer for ([_][]f32{ x, w, y }) |v| h.gpa.free(v);
    const got = try apply(&.{ 3, 1, 1, 0, 2, 4, 2, 3, 1, 2, 11, 5, 0, 12, -1, 0, 0, 3, 3, 7, 0, 2, 8, 0, 0 }, x, w, y);
    defer h.gpa.free(got);
    for (got, 0..) |v, i| {
        var want: f64 = y[i];
        if (i % 2 == 1 and i < 8) want += @as(f64, x[i / 2 * 3]) * w[2 + i / 2];
        want += x[5];
        if (i == 3 or i == 11) want = x[7];
        try h.within(v, want, 4 * 6e-8 * 3);
    }
}

test "taps that leave an operand are refused" {
    const op = defs.opcode("taps");
    const sizes = [_]usize{ 4, 12, 3 };
    const Case = struct { good: bool, entry: [8]i64 };
    const cases = [_]Case{
        .{ .good = true, .entry = .{ 0, 0, 0, 0, 3, 4, 3, 0 } },
        .{ .good = false, .entry = .{ 0, 1, 0, 0, 3, 4, 3, 0 } },
        .{ .good = false, .entry = .{ 0, 0, 1, 0, 3, 4, 3, 0 } },
        .{ .good = false, .entry = .{ 0, 0, 0, 1, 3, 4, 3, 0 } },
        .{ .good = false, .entry = .{ 0, 0, 0, 0, 3, 4, 4, 0 } },
        .{ .good = false, .entry = .{ 0, 0, 0, 0, 3, 4, -3, 0 } },
        .{ .good = false, .entry = .{ 4, 0, 0, 0, 3, 4, 3, 0 } },
        .{ .good = false, .entry = .{ 2, 0, -1, 0, 3, 1, 0, 0 } },
        .{ .good = true, .entry = .{ 1, 0, 0, 0, 3, 1, 1, 4 } },
        .{ .good = false, .entry = .{ 1, 0, 0, 0, 3, 2, 1, 4 } },
        .{ .good = false, .entry = .{ 1, 0, 0, 0, 3, 1, 2, 4 } },
        .{ .good = false, .entry = .{ 1, 0, 0, 0, 3, 1, 1, 6 } },
        .{ .good = true, .entry = .{ 1, 2, 3, 11, 3, -1, -1, -5 } },
        .{ .good = false, .entry = .{ 1, 2, 3, 11, 3, -1, -2, -5 } },
        .{ .good = false, .entry = .{ 1, 2, 3, 11, -3, -1, -1, -5 } },
    };
    for (cases) |c| {
        const attrs = [_]i64{1} ++ c.entry;
        try expect(h.accepts(op, &attrs, &sizes) == c.good);
    }
    try expect(!h.accepts(op, &([_]i64{2} ++ cases[0].entry), &sizes));
}
