//! Programs from end to end: dense + relu, dense, softmax in one run; several callers; several threads; broken programs.

const std = @import("std");
const call = @import("../src/call.zig");
const defs = @import("../src/defs.zig");
const kernels = @import("../kernels.zig");
const plan = @import("../src/plan.zig");
const program = @import("../src/program.zig");
const isa = @import("../src/isa.zig");
const panels = @import("../src/panels.zig");
const memory = @import("../src/memory.zig");
const weights = @import("../src/weight.zig");
const h = @import("harness.zig");
const expect = std.testing.expect;

const arena = 0;
const input = 2;
const output = 3;

fn weight(index: i64) i64 {
    return 1 + 4 * index;
}

const m = 5;
const k = 40;
const n = 33;
const classes = 7;

/// x[5, 40] -> dense 33, relu -> dense 7 -> softmax
const words = [_]i64{
    program.magic,   defs.abi,             (m * n + m * classes) * 4, 1,                    1,                   3,
    3,               m * k * 4,            m * classes * 4,           k * n * 4,            1,                   k,
    n,               0,                    n * 4,                     0,                    0,                   0,
    0,               n * classes * 4,      1,                         n,                    classes,             0,
    defs.opcode("dense"), 4, 7,
    input,           0,                    m * k * 4,                 weight(0),            0,                   k * n * 4,
    weight(1),       0,                    n * 4,                     arena,                0,                   m * n * 4,
    m,               n,                    k,                         1,                    defs.opcode("relu"), 0,
    0,               defs.opcode("dense"), 3,                         7,                    arena,               0,
    m * n * 4,       weight(2),            0,                         n * classes * 4,      arena,               m * n * 4,
    m * classes * 4, m,                    classes,                   n,                    0,                   0,
    0,               0,                    defs.opcode("softmax"),    2,                    2,                   arena,
    m * n * 4,       m * classes * 4,      output,                    0,                    m * classes * 4,     m,
    classes,
};
/// Where the first instruction begins.
const first = 24;
const weight_floats = (k + 1) * n + n * classes;

/// A plan, and all that a caller of it needs.
const Made = struct {
    plan: *plan.Plan,
    blocks: [3][*]align(64) u8,

    fn of(raw: []const f32) !Made {
        var so_far: usize = 0;
        return .{
            .plan = try plan.Plan.create(&words, &kernels.table, &so_far),
            .blocks = .{
                try block(raw[0 .. k * n], &.{ 1, k, n, 0, 1, k * n, 1, 0, 0 }),
                try block(raw[k * n ..][0..n], &.{ 0, 0, 0, 0, 1, n, 1, 0, n }),
                try block(raw[(k + 1) * n ..], &.{ 1, n, classes, 0, 2, n, classes, classes, 1, 0, 0 }),
            },
        };
    }

    fn block(raw: []const f32, about: []const i64) ![*]align(64) u8 {
        return weights.create(about, raw, &kernels.table, null);
    }

    fn free(p: Made) void {
        p.plan.destroy();
        for (p.blocks) |b| memory.destroy(b);
    }

    fn run(p: Made, x: []const f32, y: *[m * classes]f32, threads: usize) !void {
        const work = try memory.create(p.plan.workBytes(threads));
        defer memory.destroy(work);
        var addresses: [6]usize = undefined;
        addresses[0] = @intFromPtr(x.ptr);
        addresses[1] = @intFromPtr(y);
        for (p.blocks, 0..) |b, i| addresses[2 + i] = @intFromPtr(b);
        addresses[5] = @intFromPtr(work);
        p.plan.run(&addresses, threads);
    }
};

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
    const p = try Made.of(raw);
    defer p.free();
    var truth: [m * classes]f64 = undefined;
    expected(x, raw, &truth);
    var before: [m * classes]f32 = undefined;
    for (0..40) |round| {
        var y: [m * classes]f32 = @splat(0);
        try p.run(x, &y, 1 + round % 4);
        for (y, truth) |got, want| try h.within(got, want, 1e-4 * want);
        if (round == 0) before = y;
        try std.testing.expectEqualSlices(f32, &before, &y);
    }
}

const Caller = struct {
    p: Made,
    threads: usize,
    wrong: std.atomic.Value(u32) = .init(0),

    fn work(c: *Caller, seed: u64, raw: []const f32) void {
        var r = h.Random{ .state = seed };
        for (0..30) |_| {
            const x = r.floats(m * k);
            defer h.gpa.free(x);
            var y: [m * classes]f32 = @splat(0);
            c.p.run(x, &y, c.threads) catch unreachable;
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
    const p = try Made.of(raw);
    defer p.free();
    for ([_]usize{ 1, 3 }) |threads| {
        var caller = Caller{ .p = p, .threads = threads };
        var list: [4]std.Thread = undefined;
        for (&list, 0..) |*t, i| t.* = try std.Thread.spawn(.{}, Caller.work, .{ &caller, 10 + i, raw });
        for (list) |t| t.join();
        try expect(caller.wrong.load(.monotonic) == 0);
    }
}

fn refused(changed: []const i64) program.Status {
    var so_far: usize = 0;
    const p = plan.Plan.create(changed, &kernels.table, &so_far) catch |e| return e;
    p.destroy();
    @panic("a broken program was accepted");
}

fn expectRefusal(comptime e: anyerror, at: usize, value: i64) !void {
    var changed = words;
    changed[at] = value;
    try std.testing.expectEqual(e, @as(anyerror, refused(&changed)));
}

test "broken programs are refused by name" {
    for (0..words.len) |length| {
        const e = refused(words[0..length]);
        try expect(e == error.Truncated);
    }
    try expectRefusal(error.Magic, 0, 1);
    try expectRefusal(error.Abi, 1, defs.abi + 1);
    try expectRefusal(error.Operand, 2, 4); // arena too small
    try expectRefusal(error.Opcode, first, 15); // a gap in the list
    try expectRefusal(error.Opcode, first, 5000);
    try expectRefusal(error.Operand, first + 4, 2); // offset not a multiple of 4
    try expectRefusal(error.Attributes, first + 15, m + 1); // more rows than the input has
    try expectRefusal(error.Truncated, 6, 4); // one instruction more than there is
    try expectRefusal(error.Operand, 9, k * n * 4 - 4); // a weight too small
    try expectRefusal(error.Operand, first + 6, weight(3)); // no such weight
    try expectRefusal(error.Attributes, 10, 0); // a weight as it is where a packed one is read
    try expectRefusal(error.Attributes, 12, n + 1); // packed for another width
    try expectRefusal(error.Attributes, 13, 2); // transformed where it is read as it is
    try expectRefusal(error.Attributes, 15, 1); // a bias that is packed
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
        var so_far: usize = 0;
        const p = plan.Plan.create(&changed, &kernels.table, &so_far) catch continue;
        defer p.destroy();
        try runDeclared(&r, p);
    }
}

fn runDeclared(r: *h.Random, p: *plan.Plan) !void {
    const declared = p.program;
    if (declared.inputs.len != 1 or declared.outputs.len != 1 or declared.weights.len != 3) return;
    if (declared.inputs[0] > 1 << 20 or declared.outputs[0] > 1 << 20 or declared.arena_bytes > 1 << 20) return;
    var addresses: [6]usize = undefined;
    var rooms: [5][]f32 = undefined;
    rooms[0] = r.floats(declared.inputs[0] / 4 + 1);
    rooms[1] = r.floats(declared.outputs[0] / 4 + 1);
    for (declared.weights, 0..) |w, i| {
        const bytes = @max(w.bytes, kernels.table.packedBytes(&w.packing));
        rooms[2 + i] = r.floats(if (bytes > 1 << 20) 1 else bytes / 4 + 1);
    }
    defer for (rooms) |x| h.gpa.free(x);
    for (declared.weights) |w| if (@max(w.bytes, kernels.table.packedBytes(&w.packing)) > 1 << 20) return;
    for (rooms, 0..) |x, i| addresses[i] = @intFromPtr(x.ptr);
    const work = try memory.create(p.workBytes(1));
    defer memory.destroy(work);
    @memset(work[0..p.workBytes(1)], 0); // some of these programs read what nothing wrote
    addresses[5] = @intFromPtr(work);
    p.run(&addresses, 1);
}

/// w[row, col] of a weight with strides and factors, the plain way.
fn element(raw: []const f32, at: usize, factors: []const f64) f32 {
    var v: f64 = raw[at];
    for (factors) |f| v *= f;
    return @floatCast(v);
}

test "blocks of weights that lie with strides, with factors, in groups" {
    var r = h.Random{ .state = 7 };
    const groups = 2;
    const depth = 19;
    const width = 37;
    const raw = r.floats(depth * groups * width);
    defer h.gpa.free(raw);
    for ([_]bool{ false, true }) |transposed| for (0..3) |factors| for ([_]bool{ false, true }) |is_packed| {
        const all = groups * width;
        const shape = [_]i64{ if (is_packed) groups else 0, if (is_packed) depth else 0, if (is_packed) width else 0, 0, 2, depth, if (transposed) 1 else all, all, if (transposed) depth else 1 };
        const words_of = h.gpa.alloc(i64, 11 + factors * all) catch unreachable;
        defer h.gpa.free(words_of);
        @memcpy(words_of[0..9], &shape);
        words_of[9] = @intCast(factors);
        words_of[10] = all;
        for (0..factors * all) |i| words_of[11 + i] = @bitCast(@as(f64, 0.3) + @as(f64, @floatFromInt(i)) / 7);
        const b = try weights.create(words_of, raw, &kernels.table, null);
        defer memory.destroy(b);
        const got: [*]const f32 = @ptrCast(b);
        for (0..depth) |i| for (0..all) |j| {
            var f: [2]f64 = undefined;
            for (0..factors) |q| f[q] = @bitCast(words_of[11 + q * all + j]);
            const want = element(raw, if (transposed) j * depth + i else i * all + j, f[0..factors]);
            const panel = j % width / isa.panel;
            const place = j / width * kernels.table.packedBytes(&.{ .groups = 1, .k = depth, .n = width }) / 4 + panel * depth * isa.panel + i * panels.width(width, panel) + j % width % isa.panel;
            try std.testing.expectEqual(want, got[if (is_packed) place else i * all + j]);
        };
    };
}

fn refusedBlock(about: []const i64, raw: []const f32) program.Status {
    const b = weights.create(about, raw, &kernels.table, null) catch |e| return e;
    memory.destroy(b);
    @panic("a broken weight was accepted");
}

test "broken weights are refused" {
    var r = h.Random{ .state = 8 };
    const raw = r.floats(12);
    defer h.gpa.free(raw);
    const whole = [_]i64{ 1, 3, 4, 0, 2, 3, 4, 4, 1, 0, 0 };
    for (0..whole.len) |length| try expect(refusedBlock(whole[0..length], raw) == error.Truncated);
    try expect(refusedBlock(&whole, raw[0..11]) == error.Operand); // beyond the end
    try expect(refusedBlock(&.{ 1, 3, 4, 0, 2, 3, 5, 4, 1, 0, 0 }, raw) == error.Operand);
    try expect(refusedBlock(&.{ 1, 4, 3, 0, 1, 12, 1, 1, 4, 0, 0, 0, 0 }, raw) == error.Operand); // factors of other columns
    try expect(refusedBlock(&.{ 1, 2, 4, 0, 1, 12, 1, 0, 0 }, raw) == error.Operand); // other rows
    try expect(refusedBlock(&.{ 0, 0, 0, 0, 1, 12, 1, 0, 5 }, raw) == error.Operand);
    try expect(refusedBlock(&.{ 0, 0, 0, 0, 1, 0, 1, 0, 1 }, raw) == error.Operand);
    try expect(refusedBlock(&.{ 1, 3, 4, 2, 2, 3, 4, 4, 1, 0, 0 }, raw) == error.Operand); // not nine taps
    try expect(refusedBlock(&.{ 1, 9, 1, 3, 1, 9, 1, 0, 0 }, raw) == error.Operand); // no such tiles
}
