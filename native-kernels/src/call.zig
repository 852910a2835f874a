//! One instruction as a kernel sees it. Extern layout: tables of several compilations share it.

const std = @import("std");

/// An operand: bytes in the arena, the weights, an input or an output. No two operands of one call overlap,
/// except where a kernel's comment allows the output to be the input.
pub const Span = extern struct { ptr: [*]u8, bytes: usize };

pub const Call = extern struct {
    attrs: [*]const i64,
    attr_count: usize,
    spans: [*]const Span,
    span_count: usize,
    /// `scratchBytes` of the kernel, 64-byte aligned, private to this part.
    scratch: [*]align(64) u8,
    part: usize,
    parts: usize,

    pub fn int(c: *const Call, i: usize) usize {
        return @intCast(c.attrs[i]);
    }

    pub fn real(c: *const Call, i: usize) f64 {
        return @bitCast(c.attrs[i]);
    }

    pub fn floats(c: *const Call, i: usize) [*]const f32 {
        return @ptrCast(@alignCast(c.spans[i].ptr));
    }

    pub fn out(c: *const Call, i: usize) [*]f32 {
        return @ptrCast(@alignCast(c.spans[i].ptr));
    }

    pub fn last(c: *const Call) usize {
        return c.span_count - 1;
    }

    /// This part's share of n units, cut at multiples of `grain`.
    pub fn share(c: *const Call, n: usize, grain: usize) [2]usize {
        const units = (n + grain - 1) / grain;
        const from = units * c.part / c.parts * grain;
        const to = units * (c.part + 1) / c.parts * grain;
        return .{ @min(from, n), @min(to, n) };
    }

    // Checks, used once when a plan is made.

    pub fn counts(c: *const Call, spans: usize, attrs: usize) bool {
        return c.span_count == spans and c.attr_count == attrs;
    }

    /// Attributes [from, to) are sizes: 0 up to 2^31.
    pub fn sizes(c: *const Call, from: usize, to: usize) bool {
        for (c.attrs[from..to]) |a| if (a < 0 or a > 1 << 31) return false;
        return true;
    }

    /// Operand i holds at least n floats.
    pub fn holds(c: *const Call, i: usize, n: usize) bool {
        return c.spans[i].bytes >= n *| 4;
    }
};

pub const Kernel = extern struct {
    /// Whether attributes and operand sizes fit together; operands' pointers are not looked at.
    check: *const fn (*const Call) callconv(.c) bool,
    run: *const fn (*const Call) callconv(.c) void,
    scratchBytes: *const fn (*const Call) callconv(.c) usize = &none,
    /// Operand with weights that are repacked when the plan is made, or -1.
    packs: i64 = -1,
    packedBytes: *const fn (*const Call) callconv(.c) usize = &none,
    /// Repacks operand `packs` into the given block, 64-byte aligned.
    pack: *const fn (*const Call, [*]f32) callconv(.c) void = &nothing,

    fn none(_: *const Call) callconv(.c) usize {
        return 0;
    }

    fn nothing(_: *const Call, _: [*]f32) callconv(.c) void {}
};

pub const Table = extern struct {
    lanes: usize,
    kernels: [@import("defs.zig").limit]?*const Kernel,
};
