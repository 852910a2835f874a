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

/// How a weight lies in its block: as it is (`groups` 0), or for each group a matrix [k, n] of panels (panels.zig).
pub const Packing = extern struct {
    groups: usize = 0,
    k: usize = 0,
    n: usize = 0,
    /// Outputs along a side of a tile for which the weight is transformed (winograd.zig), or 0.
    tile: usize = 0,

    pub fn equals(a: Packing, b: Packing) bool {
        return a.groups == b.groups and a.k == b.k and a.n == b.n and a.tile == b.tile;
    }
};

/// A matrix [rows, cols] in memory: element (i, j) is ptr[row[i] + col[j]], times the factors of column j one after
/// the other in double precision, rounded once.
pub const Source = extern struct {
    ptr: [*]const f32,
    row: [*]const usize,
    rows: usize,
    col: [*]const usize,
    cols: usize,
    factors: [*]const f64,
    factor_count: usize,

    pub fn at(s: *const Source, i: usize, j: usize) f32 {
        const w = s.ptr[s.row[i] + s.col[j]];
        if (s.factor_count == 0) return w;
        var v: f64 = w;
        for (0..s.factor_count) |f| v *= s.factors[f * s.cols + j];
        return @floatCast(v);
    }
};

pub const Kernel = extern struct {
    /// Whether attributes and operand sizes fit together; operands' pointers are not looked at.
    check: *const fn (*const Call) callconv(.c) bool,
    run: *const fn (*const Call) callconv(.c) void,
    scratchBytes: *const fn (*const Call) callconv(.c) usize = &none,
    /// Operand that must be a packed weight, or -1.
    packs: i64 = -1,
    packing: *const fn (*const Call) callconv(.c) Packing = &plain,

    fn none(_: *const Call) callconv(.c) usize {
        return 0;
    }

    fn plain(_: *const Call) callconv(.c) Packing {
        return .{};
    }
};

pub const Table = extern struct {
    lanes: usize,
    kernels: [@import("defs.zig").limit]?*const Kernel,
    /// Bytes of a block.
    packedBytes: *const fn (*const Packing) callconv(.c) usize,
    /// Fills a block, 64-byte aligned, from a matrix [k, groups * n].
    pack: *const fn (*const Source, *const Packing, [*]f32) callconv(.c) void,
};
