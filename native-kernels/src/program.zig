//! The program a planner hands over, as 64-bit words in the machine's byte order:
//!
//!   magic, abi, arena bytes, inputs, outputs, weights, instructions,
//!   bytes of each input, bytes of each output,
//!   per weight: bytes before it is packed, groups (0: as it is), k, n, tile,
//!   then per instruction: opcode, operands, attributes,
//!     per operand: space (0 arena, 1 weight, 2 input, 3 output; + 4 * index), offset, bytes
//!     attributes: integers, or doubles by their bits
//!
//! Reading checks every number, so that a broken program is refused, not run.

const std = @import("std");
const call = @import("call.zig");
const defs = @import("defs.zig");

pub const magic: i64 = 0x4d4f495841; // "AXIOM"

pub const Status = error{ Truncated, Magic, Abi, Opcode, Operand, Attributes, OutOfMemory };

pub fn code(e: Status) i64 {
    return switch (e) {
        error.Truncated => 1,
        error.Magic => 2,
        error.Abi => 3,
        error.Opcode => 4,
        error.Operand => 5,
        error.Attributes => 6,
        error.OutOfMemory => 7,
    };
}

pub const Space = enum(u2) { arena, weight, input, output };
pub const Weight = struct { bytes: usize, packing: call.Packing };
pub const Operand = struct { space: Space, index: usize, offset: usize, bytes: usize };
pub const Instruction = struct { kernel: *const call.Kernel, operands: []Operand, attrs: []const i64 };
pub const max_operands = 8;

pub const Reader = struct {
    words: []const i64,
    at: usize = 0,

    pub fn next(r: *Reader) Status!i64 {
        if (r.at >= r.words.len) return error.Truncated;
        r.at += 1;
        return r.words[r.at - 1];
    }

    /// A count or a size: not negative, below 2^40.
    pub fn size(r: *Reader) Status!usize {
        const v = try r.next();
        if (v < 0 or v >= 1 << 40) return error.Truncated;
        return @intCast(v);
    }

    /// A count of things that each take a word or more of what is left.
    pub fn count(r: *Reader) Status!usize {
        const n = try r.size();
        if (n > r.words.len - r.at) return error.Truncated;
        return n;
    }
};

pub const Program = struct {
    arena_bytes: usize,
    inputs: []usize,
    outputs: []usize,
    weights: []Weight,
    instructions: []Instruction,
    /// Instructions read so far: names the guilty one in an error.
    read_so_far: *usize,

    pub fn read(words: []const i64, table: *const call.Table, gpa: std.mem.Allocator, so_far: *usize) Status!Program {
        var r = Reader{ .words = words };
        if (try r.next() != magic) return error.Magic;
        if (try r.next() != defs.abi) return error.Abi;
        const arena_bytes = try r.size();
        const inputs = try gpa.alloc(usize, try r.count());
        const outputs = try gpa.alloc(usize, try r.count());
        const weights = try gpa.alloc(Weight, try r.count());
        const instructions = try gpa.alloc(Instruction, try r.count());
        for (inputs) |*b| b.* = try r.size();
        for (outputs) |*b| b.* = try r.size();
        for (weights) |*w| w.* = .{ .bytes = try r.size(), .packing = .{ .groups = try r.size(), .k = try r.size(), .n = try r.size(), .tile = try r.size() } };
        const p = Program{ .arena_bytes = arena_bytes, .inputs = inputs, .outputs = outputs, .weights = weights, .instructions = instructions, .read_so_far = so_far };
        for (instructions) |*i| {
            i.* = try p.instruction(&r, table, gpa);
            so_far.* += 1;
        }
        return p;
    }

    fn instruction(p: Program, r: *Reader, table: *const call.Table, gpa: std.mem.Allocator) Status!Instruction {
        const op = try r.size();
        if (op >= defs.limit) return error.Opcode;
        const kernel = table.kernels[op] orelse return error.Opcode;
        const operands = try gpa.alloc(Operand, try r.count());
        const attr_count = try r.count();
        if (operands.len == 0 or operands.len > max_operands) return error.Operand;
        for (operands) |*o| o.* = try p.operand(r);
        if (attr_count > r.words.len - r.at) return error.Truncated;
        const attrs = try gpa.dupe(i64, r.words[r.at..][0..attr_count]);
        r.at += attr_count;
        const i = Instruction{ .kernel = kernel, .operands = operands, .attrs = attrs };
        if (!p.accepts(i)) return error.Attributes;
        return i;
    }

    fn operand(p: Program, r: *Reader) Status!Operand {
        const word = try r.size();
        const o = Operand{ .space = @enumFromInt(word & 3), .index = word >> 2, .offset = try r.size(), .bytes = try r.size() };
        const room = switch (o.space) {
            .arena => p.arena_bytes,
            .weight => if (o.index < p.weights.len) p.weights[o.index].bytes else return error.Operand,
            .input => if (o.index < p.inputs.len) p.inputs[o.index] else return error.Operand,
            .output => if (o.index < p.outputs.len) p.outputs[o.index] else return error.Operand,
        };
        if (o.offset % 4 != 0 or o.offset + o.bytes > room) return error.Operand;
        return o;
    }

    /// Weights must lie as the kernel reads them, and nothing is written into weights or inputs.
    fn accepts(p: Program, i: Instruction) bool {
        const last = i.operands[i.operands.len - 1];
        if (last.space == .weight or last.space == .input) return false;
        if (i.kernel.packs >= @as(i64, @intCast(i.operands.len))) return false;
        var spans: [max_operands]call.Span = undefined;
        const shape = describe(i, &spans);
        if (!i.kernel.check(&shape)) return false;
        for (i.operands, 0..) |o, k| {
            const is_packed = k == i.kernel.packs;
            if (is_packed and (o.space != .weight or o.offset != 0)) return false;
            const wanted = if (is_packed) i.kernel.packing(&shape) else call.Packing{};
            if (o.space == .weight and !p.weights[o.index].packing.equals(wanted)) return false;
        }
        return true;
    }
};

/// The instruction without memory behind it, for `check`, `scratchBytes` and `packing`.
pub fn describe(i: Instruction, spans: *[max_operands]call.Span) call.Call {
    for (i.operands, 0..) |o, k| spans[k] = .{ .ptr = @ptrFromInt(64), .bytes = o.bytes };
    return .{
        .attrs = i.attrs.ptr,
        .attr_count = i.attrs.len,
        .spans = spans,
        .span_count = i.operands.len,
        .scratch = @ptrFromInt(64),
        .part = 0,
        .parts = 1,
    };
}
