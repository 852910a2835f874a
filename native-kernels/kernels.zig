//! Root of one compilation of all kernels for one instruction set; exports one table, named after the set.

const call = @import("src/call.zig");
const defs = @import("src/defs.zig");
const isa = @import("src/isa.zig");
const panels = @import("src/panels.zig");

const families = struct {
    pub const product = @import("src/product.zig");
    pub const conv = @import("src/conv.zig");
    pub const winograd = @import("src/winograd.zig");
    pub const depthwise = @import("src/depthwise.zig");
    pub const pool = @import("src/pool.zig");
    pub const nests = @import("src/nests.zig");
    pub const winners = @import("src/winners.zig");
    pub const slopes = @import("src/slopes.zig");
    pub const unary = @import("src/unary.zig");
    pub const binary = @import("src/binary.zig");
    pub const rows = @import("src/rows.zig");
    pub const move = @import("src/move.zig");
    pub const reduce = @import("src/reduce.zig");
};

pub const table: call.Table = build: {
    @setEvalBranchQuota(10_000_000);
    var t = call.Table{ .lanes = isa.lanes, .kernels = @splat(null), .packedBytes = &packedBytes, .pack = &pack };
    for (defs.entries) |e| t.kernels[e.opcode] = &@field(@field(families, e.family), e.name);
    break :build t;
};

fn packedBytes(p: *const call.Packing) callconv(.c) usize {
    return if (p.tile > 0) families.winograd.packedBytes(p) else panels.packedBytes(p);
}

fn pack(source: *const call.Source, p: *const call.Packing, to: [*]f32) callconv(.c) void {
    if (p.tile > 0) families.winograd.pack(source, p, to) else panels.packBlock(source, p, to);
}

comptime {
    @export(&table, .{ .name = "axiom_kernels_" ++ isa.name });
}
