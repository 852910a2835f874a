//! Programs from end to end: dense + relu, dense, softmax in one run; several callers; several threads; broken programs.

const std = @import("std");
const call = @import("../src/call.zig");
const defs = @import("../src/defs.zig");
const kernels = @import("../kernels.zig");
const plan = @import("../src/plan.zig");
const program = @import("../src/program.zig");
const h = @import("harness.zig");
const expect = std.testing.expect;

const arena = 0;
const weights = 1;
const input = 2;
const output = 3;

const m = 5;
const k = 40;
const n = 33;
const classes = 7;

/// x[5, 40] -> dense 33, relu -> dense 7 -> softmax
const words = [_]i64{
    program.magic,        defs.abi,               (m * n + m * classes) * 4, 1,                   1,       3,               m * k * 4,            m * classes * 4,
    defs.opcode("dense"), 4,                      7,                         input,               0,       m * k * 4,       weights,              0,
    k * n * 4,            weights,                k * n * 4,                 n * 4,               arena,   0,               m * n * 4,            m,
    n,                    k,                      1,                         defs.opcode("relu"), 0,       0,               defs.opcode("dense"), 3,
    7,                    arena,                  0,                         m * n * 4,           weights, (k + 1) * n * 4, n * classes * 4,      arena,
    m * n * 4,            m * classes * 4,        m,                         classes,             n,       0,               0,                    0,
    0,                    defs.opcode("softmax"), 2,                         2,                   arena,   m * n * 4,       m * classes * 4,      output,
    0,                    m * classes * 4,        m,                         classes,
};
const weight_floats = (k + 1) * n + n * classes;

fn make(raw: []const f32) !*plan.Plan {
    var so_far: usize = 0;
    return plan.Plan.create(&words, std.mem.sliceAsBytes(raw), &kernels.table, &so_far);
}

fn expected(x: []const f32, w: []const f32, y: *[m * classes]f64) void {
    for (0..m) |i| {
        var hidden: [n]f64 = undefined;
        for (0..n) |j| {
            hidden[j] = w[k * n + j];
            for (0..k) |q| hidden[j] += @as(f64, x[i * k + q]) * w[q * n + j];
            hidden[j] = @max(hidden[j], 0);
        }
        var sum: f64 = 0;
        for (0..classes) |c| {
            var v: f64 = 0;
            for (0..n) |j| v += hidden[j] * w[(k + 1) * n + j * classes + c];
            y[i * classes + c] = @exp(v);
            sum += @exp(v);
        }
        for (0..classes) |c| y[i * classes + c] /= sum;
    }
}

test "a plan of three kernels, run by one and by several threads" {
    var r = h.Random{ .state = 1 };
    const raw = r.floats(weight_floats);
    const x = r.floats(m * k);
    defer h.gpa.free(raw);
    defer h.gpa.free(x);
    const p = try make(raw);
    defer p.destroy();
    var truth: [m * classes]f64 = undefined;
    expected(x, raw, &truth);
    var first: [m * classes]f32 = undefined;
    for (0..40) |round| {
        var y: [m * classes]f32 = @splat(0);
        try p.run(&.{ @intFromPtr(x.ptr), @intFromPtr(&y) }, 1 + round % 4);
        for (y, truth) |got, want| try h.within(got, want, 1e-4 * want);
        if (round == 0) first = y;
        try std.testing.expectEqualSlices(f32, &first, &y);
    }
}

const Caller = struct {
    p: *plan.Plan,
    threads: usize,
    wrong: std.atomic.Value(u32) = .init(0),

    fn work(c: *Caller, seed: u64, raw: []const f32) void {
        var r = h.Random{ .state = seed };
        for (0..30) |_| {
            const x = r.floats(m * k);
            defer h.gpa.free(x);
            var y: [m * classes]f32 = @splat(0);
            c.p.run(&.{ @intFromPtr(x.ptr), @intFromPtr(&y) }, c.threads) catch unreachable;
            var truth: [m * classes]f64 = undefined;
            expected(x, raw, &truth);
            for (y, truth) |got, want| if (!(@abs(got - want) <= 1e-4 * want)) {
                _ = c.wrong.fetchAdd(1, .monotonic);
            };
        }
    }
};

test "many callers at once, alone and with threads of their own" {
    var r = h.Random{ .state = 2 };
    const raw = r.floats(weight_floats);
    defer h.gpa.free(raw);
    const p = try make(raw);
    defer p.destroy();
    for ([_]usize{ 1, 3 }) |threads| {
        var caller = Caller{ .p = p, .threads = threads };
        var list: [4]std.Thread = undefined;
        for (&list, 0..) |*t, i| t.* = try std.Thread.spawn(.{}, Caller.work, .{ &caller, 10 + i, raw });
        for (list) |t| t.join();
        try expect(caller.wrong.load(.monotonic) == 0);
    }
}

fn refused(changed: []const i64, weight_bytes: usize) program.Status {
    const raw = h.gpa.alloc(u8, weight_bytes) catch return error.OutOfMemory;
    defer h.gpa.free(raw);
    var so_far: usize = 0;
    const p = plan.Plan.create(changed, raw, &kernels.table, &so_far) catch |e| return e;
    p.destroy();
    @panic("a broken program was accepted");
}

fn expectRefusal(comptime e: anyerror, at: usize, value: i64) !void {
    var changed = words;
    changed[at] = value;
    try std.testing.expectEqual(e, @as(anyerror, refused(&changed, weight_floats * 4)));
}

test "broken programs are refused by name" {
    for (0..words.len) |length| {
        const e = refused(words[0..length], weight_floats * 4);
        try expect(e == error.Truncated);
    }
    try expectRefusal(error.Magic, 0, 1);
    try expectRefusal(error.Abi, 1, defs.abi + 1);
    try expectRefusal(error.Operand, 2, 4); // arena too small
    try expectRefusal(error.Opcode, 8, 15); // a gap in the list
    try expectRefusal(error.Opcode, 8, 5000);
    try expectRefusal(error.Operand, 12, 2); // offset not a multiple of 4
    try expectRefusal(error.Attributes, 23, m + 1); // more rows than the input has
    try expectRefusal(error.Truncated, 5, 4); // one instruction more than there is
    try expect(refused(&words, weight_floats * 4 - 4) == error.Operand);
}

test "arbitrary words never do more than be refused" {
    var r = h.Random{ .state = 99 };
    for (0..2000) |_| {
        var changed = words;
        for (0..r.between(1, 3)) |_| {
            const at = r.between(2, words.len - 1);
            changed[at] = switch (r.below(3)) {
                0 => @bitCast(r.next()),
                1 => -1,
                else => @intCast(r.below(70)),
            };
        }
        // What is accepted must run inside its memory (valgrind and the safe build watch), with what it declares.
        const raw = r.floats(weight_floats);
        defer h.gpa.free(raw);
        var so_far: usize = 0;
        const p = plan.Plan.create(&changed, std.mem.sliceAsBytes(raw), &kernels.table, &so_far) catch continue;
        defer p.destroy();
        if (p.program.inputs.len != 1 or p.program.outputs.len != 1) continue;
        if (p.program.inputs[0] > 1 << 20 or p.program.outputs[0] > 1 << 20 or p.program.arena_bytes > 1 << 20) continue;
        const x = r.floats(p.program.inputs[0] / 4 + 1);
        const y = r.floats(p.program.outputs[0] / 4 + 1);
        defer h.gpa.free(x);
        defer h.gpa.free(y);
        try p.run(&.{ @intFromPtr(x.ptr), @intFromPtr(y.ptr) }, 1);
    }
}
