//! kernels.def as comptime values.

const std = @import("std");
const text = @embedFile("../kernels.def");

pub const Entry = struct { opcode: u16, family: []const u8, name: []const u8, ulps: []const u8 };

pub const abi: i64 = parseAbi();
pub const entries: []const Entry = parse();
/// One more than the largest opcode.
pub const limit: usize = 128;

pub fn opcode(comptime name: []const u8) u16 {
    return comptime find(name);
}

fn find(comptime name: []const u8) u16 {
    @setEvalBranchQuota(100_000);
    for (entries) |e| if (std.mem.eql(u8, e.name, name)) return e.opcode;
    @compileError("kernels.def has no kernel " ++ name);
}

fn parseAbi() i64 {
    @setEvalBranchQuota(1_000_000);
    const key = "\nAXIOM_ABI(";
    const from = std.mem.indexOf(u8, text, key).? + key.len;
    const to = std.mem.indexOfScalarPos(u8, text, from, ')').?;
    return std.fmt.parseInt(i64, text[from..to], 10) catch unreachable;
}

fn parse() []const Entry {
    @setEvalBranchQuota(10_000_000);
    var list: []const Entry = &.{};
    var lines = std.mem.splitScalar(u8, text, '\n');
    while (lines.next()) |line| {
        if (!std.mem.startsWith(u8, line, "KERNEL(")) continue;
        var parts = std.mem.splitSequence(u8, line[7 .. line.len - 1], ", ");
        const op = std.fmt.parseInt(u16, parts.next().?, 10) catch unreachable;
        const family = parts.next().?;
        const name = parts.next().?;
        list = list ++ &[_]Entry{.{ .opcode = op, .family = family, .name = name, .ulps = parts.next().? }};
    }
    return list;
}
