//! Runs one kernel the way a plan does, alone and cut into parts, and checks that it stays inside its output.

const std = @import("std");
const call = @import("../src/call.zig");
const defs = @import("../src/defs.zig");
const kernels = @import("../kernels.zig");
const expect = std.testing.expect;
/// malloc, so that valgrind sees reads past an operand.
pub const gpa = std.heap.c_allocator;

const canary: f32 = 12345.678;
const fence = 32;

pub const Random = struct {
    state: u64,

    pub fn next(r: *Random) u64 {
        r.state = r.state *% 6364136223846793005 +% 1442695040888963407;
        const x = r.state ^ (r.state >> 33);
        return (x *% 0xff51afd7ed558ccd) >> 20;
    }

    pub fn below(r: *Random, n: usize) usize {
        return r.next() % n;
    }

    pub fn between(r: *Random, lo: usize, hi: usize) usize {
        return lo + r.below(hi - lo + 1);
    }

    /// n numbers in [-1, 1).
    pub fn floats(r: *Random, n: usize) []f32 {
        const x = gpa.alloc(f32, n) catch @panic("memory");
        for (x) |*v| v.* = @floatCast(@as(f64, @floatFromInt(r.next() & 0xffffff)) / 0x800000 - 1);
        return x;
    }
};

pub fn bits(x: f64) i64 {
    return @bitCast(x);
}

pub fn scratchOf(n: usize) []align(64) u8 {
    return gpa.alignedAlloc(u8, .@"64", @max(n, 1)) catch @panic("memory");
}

fn describe(attrs: []const i64, spans: []const call.Span) call.Call {
    return .{
        .attrs = attrs.ptr,
        .attr_count = attrs.len,
        .spans = spans.ptr,
        .span_count = spans.len,
        .scratch = @ptrFromInt(64),
        .part = 0,
        .parts = 1,
    };
}

/// Whether the kernel accepts n-float operands of these sizes.
pub fn accepts(op: u16, attrs: []const i64, sizes: []const usize) bool {
    var spans: [8]call.Span = undefined;
    for (sizes, 0..) |n, i| spans[i] = .{ .ptr = @ptrFromInt(64), .bytes = n * 4 };
    return kernels.table.kernels[op].?.check(&describe(attrs, spans[0..sizes.len]));
}

/// Runs the kernel on inputs (weights unpacked) and answers n outputs, owned by the caller; the same bits in one, two
/// and three parts.
pub fn run(comptime name: []const u8, attrs: []const i64, inputs: []const []const f32, n: usize) ![]f32 {
    const kernel = kernels.table.kernels[comptime defs.opcode(name)].?;
    const guarded = try gpa.alloc(f32, n + 2 * fence);
    defer gpa.free(guarded);
    var spans: [8]call.Span = undefined;
    for (inputs, 0..) |x, i| spans[i] = .{ .ptr = @ptrCast(@constCast(x.ptr)), .bytes = x.len * 4 };
    spans[inputs.len] = .{ .ptr = @ptrCast(guarded.ptr + fence), .bytes = n * 4 };
    var c = describe(attrs, spans[0 .. inputs.len + 1]);
    try expect(kernel.check(&c));
    const scratch = scratchOf(kernel.scratchBytes(&c));
    defer gpa.free(scratch);
    c.scratch = scratch.ptr;
    const room = packedBlock(kernel, &c);
    defer gpa.free(room);
    if (kernel.packs >= 0) spans[@intCast(kernel.packs)].ptr = room.ptr;
    var first: ?[]f32 = null;
    errdefer if (first) |f| gpa.free(f);
    for (1..4) |parts| {
        @memset(guarded, canary);
        c.parts = parts;
        for (0..parts) |p| {
            c.part = p;
            kernel.run(&c);
        }
        for (guarded[0..fence]) |v| try expect(v == canary);
        for (guarded[fence + n ..]) |v| try expect(v == canary);
        const y = guarded[fence..][0..n];
        if (first) |f| {
            try std.testing.expectEqualSlices(u32, @ptrCast(f), @ptrCast(y));
        } else first = try gpa.dupe(f32, y);
    }
    return first.?;
}

/// The kernel's weight, which lies row-major, as a block; nothing where it has none.
pub fn packedBlock(kernel: *const call.Kernel, c: *const call.Call) []align(64) u8 {
    if (kernel.packs < 0) return scratchOf(0);
    const packing = kernel.packing(c);
    const cols = packing.groups * packing.n;
    const row = gpa.alloc(usize, packing.k) catch @panic("memory");
    defer gpa.free(row);
    const col = gpa.alloc(usize, cols) catch @panic("memory");
    defer gpa.free(col);
    for (row, 0..) |*at, i| at.* = i * cols;
    for (col, 0..) |*at, j| at.* = j;
    const raw = c.floats(@intCast(kernel.packs));
    const source = call.Source{ .ptr = raw, .row = row.ptr, .rows = row.len, .col = col.ptr, .cols = cols, .factors = undefined, .factor_count = 0 };
    const room = scratchOf(kernels.table.packedBytes(&packing));
    kernels.table.pack(&source, &packing, @ptrCast(room.ptr));
    return room;
}

/// gamma(n) of float32.
pub fn gamma(n: usize) f64 {
    const nu = @as(f64, @floatFromInt(n)) * 5.960464477539063e-8;
    return nu / (1 - nu);
}

/// Fails unless |y - expected| <= bound; NaN fails.
pub fn within(y: f32, expected: f64, bound: f64) !void {
    if (!(@abs(y - expected) <= bound)) {
        std.debug.print("got {d}, expected {d}, off by {e}, allowed {e}\n", .{ y, expected, @abs(y - expected), bound });
        return error.OutOfTolerance;
    }
}
