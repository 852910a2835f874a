//! Root of the library proper: what shim.c and the tests call. Status words: 0 is well; a refusal is
//! -(code + 256 * index of the guilty instruction), codes in src/program.zig.

const cpu = @import("src/cpu.zig");
const defs = @import("src/defs.zig");
const plan = @import("src/plan.zig");
const program = @import("src/program.zig");

/// Version of the border: program format, opcodes, attributes.
export fn axiom_abi() callconv(.c) i64 {
    return defs.abi;
}

/// Name of the instruction set in use.
export fn axiom_isa() callconv(.c) [*:0]const u8 {
    return cpu.choose().name;
}

/// Copies and packs what it needs: program and weights may go afterwards. Answers a plan, or a status below zero.
export fn axiom_plan_create(words: [*]const i64, count: usize, weights: [*]const u8, bytes: usize) callconv(.c) i64 {
    var so_far: usize = 0;
    const p = plan.Plan.create(words[0..count], weights[0..bytes], cpu.choose().table, &so_far) catch |e| {
        return -(program.code(e) + 256 * @as(i64, @intCast(so_far)));
    };
    return @intCast(@intFromPtr(p));
}

/// `addresses`: inputs, then outputs, 4-byte aligned, disjoint. May be called from many threads at once.
export fn axiom_plan_run(handle: i64, addresses: [*]const usize, threads: usize) callconv(.c) i64 {
    const p: *plan.Plan = @ptrFromInt(@as(usize, @intCast(handle)));
    p.run(addresses, threads) catch |e| return -program.code(e);
    return 0;
}

/// No run may be under way.
export fn axiom_plan_free(handle: i64) callconv(.c) void {
    const p: *plan.Plan = @ptrFromInt(@as(usize, @intCast(handle)));
    p.destroy();
}
