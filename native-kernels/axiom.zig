//! Root of the library proper: what shim.c and the tests call. Status words: 0 is well; a refusal is
//! -(code + 256 * index of the guilty instruction), codes in src/program.zig.

const std = @import("std");
const cpu = @import("src/cpu.zig");
const defs = @import("src/defs.zig");
const memory = @import("src/memory.zig");
const plan = @import("src/plan.zig");
const program = @import("src/program.zig");
const weight = @import("src/weight.zig");

/// Version of the border: program format, opcodes, attributes.
export fn axiom_abi() callconv(.c) i64 {
    return defs.abi;
}

/// Name of the instruction set in use.
export fn axiom_isa() callconv(.c) [*:0]const u8 {
    return cpu.choose().name;
}

/// Copies what it needs: the program may go afterwards. Answers a plan, or a status below zero.
export fn axiom_plan_create(words: [*]const i64, count: usize) callconv(.c) i64 {
    var so_far: usize = 0;
    const p = plan.Plan.create(words[0..count], cpu.choose().table, &so_far) catch |e| {
        return -(program.code(e) + 256 * @as(i64, @intCast(so_far)));
    };
    return @intCast(@intFromPtr(p));
}

/// Bytes that a run by so many threads works in.
export fn axiom_plan_work_bytes(handle: i64, threads: usize) callconv(.c) i64 {
    return std.math.cast(i64, planOf(handle).workBytes(threads)) orelse std.math.maxInt(i64);
}

/// `addresses`: inputs, outputs, weights, memory to work in; 4-byte aligned, the last 64; disjoint. May be called from many
/// threads at once.
export fn axiom_plan_run(handle: i64, addresses: [*]const usize, threads: usize) callconv(.c) i64 {
    planOf(handle).run(addresses, threads);
    return 0;
}

/// No run may be under way.
export fn axiom_plan_free(handle: i64) callconv(.c) void {
    planOf(handle).destroy();
}

/// A weight as kernels read it. Words: elements of `raw` in front of it, elements that may be read, then those of
/// src/weight.zig. `into`: a block of the same size that nobody reads any more, or 0. Answers its address, or a status below
/// zero.
export fn axiom_block_create(words: [*]const i64, count: usize, raw: [*]const f32, into: i64) callconv(.c) i64 {
    var r = program.Reader{ .words = words[0..count] };
    const from = r.size() catch |e| return -program.code(e);
    const elements = r.size() catch |e| return -program.code(e);
    const room: ?[*]align(64) u8 = if (into == 0) null else @ptrFromInt(@as(usize, @intCast(into)));
    const block = weight.create(words[2..count], raw[from..][0..elements], cpu.choose().table, room) catch |e| return -program.code(e);
    return @intCast(@intFromPtr(block));
}

/// Memory for runs to work in. Answers its address, or a status below zero.
export fn axiom_memory_create(bytes: usize) callconv(.c) i64 {
    const block = memory.create(bytes) catch |e| return -program.code(e);
    return @intCast(@intFromPtr(block));
}

/// Frees a block of weights, or memory to work in.
export fn axiom_memory_free(address: i64) callconv(.c) void {
    memory.destroy(@ptrFromInt(@as(usize, @intCast(address))));
}

fn planOf(handle: i64) *plan.Plan {
    return @ptrFromInt(@as(usize, @intCast(handle)));
}
