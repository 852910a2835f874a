//! `dense`: y[m, n] = act(x[m, k] * w[k, n] + bias[n] + residual[m, n]).
//! Operands x, w (a packed weight), [bias], [residual], y; attributes m, n, k, then `fused`.
//! `matmul`: y[i] = a[i] * b[i] of two computed values. Operands a, b, y; attributes batch, m, n, k, distance of
//! one a to the next, of one b to the next (0: the same for all), distance of b's rows, of b's columns.
//! All row-major; no operand overlaps y. Rounding: tile.zig.

const isa = @import("isa.zig");
const call = @import("call.zig");
const blocks = @import("blocks.zig");
const fused = @import("fused.zig");
const Call = call.Call;

pub const dense = call.Kernel{
    .check = &checkDense,
    .run = &runDense,
    .packs = 1,
    .packing = &packingDense,
};

pub const matmul = call.Kernel{ .check = &checkMatmul, .run = &runMatmul, .scratchBytes = &scratchMatmul };

fn checkDense(c: *const Call) callconv(.c) bool {
    if (c.attr_count != 3 + fused.attrs or c.span_count < 3 or !c.sizes(0, 3)) return false;
    const m = c.int(0);
    const n = c.int(1);
    const k = c.int(2);
    return c.holds(0, m *| k) and c.holds(1, n *| k) and fused.check(c, 3, n, m *| n);
}

fn packingDense(c: *const Call) callconv(.c) call.Packing {
    return .{ .groups = 1, .k = c.int(2), .n = c.int(1) };
}

fn runDense(c: *const Call) callconv(.c) void {
    const m = c.int(0);
    const n = c.int(1);
    const k = c.int(2);
    const source = blocks.Dense{ .ptr = c.floats(0), .stride = k };
    const job = blocks.Product{
        .b = c.floats(1),
        .k = k,
        .n = n,
        .c = c.out(c.last()),
        .ldc = n,
        .epilogue = fused.epilogue(c, 3),
    };
    const tall = m >= c.parts * isa.tile_rows[0];
    const rows = if (tall) c.share(m, isa.tile_rows[0]) else [2]usize{ 0, m };
    const cols = if (tall) [2]usize{ 0, blocks.panels(n) } else c.share(blocks.panels(n), 1);
    blocks.multiply(source, job, rows, cols);
}

fn checkMatmul(c: *const Call) callconv(.c) bool {
    if (!c.counts(3, 8) or !c.sizes(0, 8)) return false;
    const batch = c.int(0);
    const m = c.int(1);
    const n = c.int(2);
    const k = c.int(3);
    if (batch == 0 or m == 0 or n == 0) return true;
    const b = if (k == 0) 0 else (batch - 1) *| c.int(5) +| (k - 1) *| c.int(6) +| (n - 1) *| c.int(7) +| 1;
    return c.holds(0, (batch - 1) *| c.int(4) +| m *| k) and c.holds(1, b) and c.holds(2, batch *| m *| n);
}

fn scratchMatmul(c: *const Call) callconv(.c) usize {
    return blocks.packedFloats(c.int(3), c.int(2)) *| 4;
}

fn runMatmul(c: *const Call) callconv(.c) void {
    const batch = c.int(0);
    const m = c.int(1);
    const n = c.int(2);
    const k = c.int(3);
    const many = batch >= c.parts;
    const images = if (many) c.share(batch, 1) else [2]usize{ 0, batch };
    const rows = if (many) [2]usize{ 0, m } else c.share(m, isa.tile_rows[0]);
    const b: [*]f32 = @ptrCast(c.scratch);
    for (images[0]..images[1]) |i| {
        if (i == images[0] or c.int(5) != 0) blocks.pack(c.floats(1) + i * c.int(5), c.int(6), c.int(7), k, n, b);
        const source = blocks.Dense{ .ptr = c.floats(0) + i * c.int(4), .stride = k };
        const job = blocks.Product{ .b = b, .k = k, .n = n, .c = c.out(2) + i * m * n, .ldc = n, .epilogue = .{} };
        blocks.multiply(source, job, rows, .{ 0, blocks.panels(n) });
    }
}
