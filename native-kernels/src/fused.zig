//! The operands and attributes that products share: optional bias and residual, activation.

const call = @import("call.zig");
const defs = @import("defs.zig");
const tile = @import("tile.zig");
const unary = @import("unary.zig");
const Call = call.Call;

/// Attributes from `at` on: flags (1 bias, 2 residual), opcode of the activation or 0, its two parameters.
pub const attrs = 4;

/// Operands: x, w, [bias], [residual], y. Whether they are there and large enough.
pub fn check(c: *const Call, at: usize, bias: usize, y: usize) bool {
    const flags = c.attrs[at];
    if (flags < 0 or flags > 3) return false;
    if (c.span_count != 3 + (flags & 1) + (flags >> 1)) return false;
    const act = c.attrs[at + 1];
    if (act < 0 or act >= defs.limit or (act != 0 and unary.table[@intCast(act)] == null)) return false;
    if (flags & 1 != 0 and !c.holds(2, bias)) return false;
    if (flags & 2 != 0 and !c.holds(c.last() - 1, y)) return false;
    return c.holds(c.last(), y);
}

pub fn epilogue(c: *const Call, at: usize) tile.Epilogue {
    const flags = c.int(at);
    return .{
        .bias = if (flags & 1 != 0) c.floats(2) else null,
        .residual = if (flags & 2 != 0) c.floats(c.last() - 1) else null,
        .act = @intCast(c.attrs[at + 1]),
        .a = c.real(at + 2),
        .b = c.real(at + 3),
    };
}
