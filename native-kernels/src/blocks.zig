//! Blocked matrix product over packed weights, for any source of rows: a dense matrix, or the patches of a convolution
//! gathered block by block. Block sizes: a block of packed weights stays in the first-level cache while a block of rows,
//! in the second, passes by.

const isa = @import("isa.zig");
const tile = @import("tile.zig");

pub const block_rows = 96;
pub const block_k = if (isa.panel > 16) 192 else 256;
/// Scratch a source may need for one block of rows.
pub const scratch_bytes = block_rows * block_k * 4;

pub const Rows = struct { ptr: [*]const f32, stride: usize };

/// Rows that lie in memory as they are.
pub const Dense = struct {
    ptr: [*]const f32,
    stride: usize,

    pub fn rows(s: Dense, m: usize, _: usize, k: usize, _: usize) Rows {
        return .{ .ptr = s.ptr + m * s.stride + k, .stride = s.stride };
    }
};

pub const Product = struct {
    /// Packed by `pack`.
    b: [*]const f32,
    k: usize,
    n: usize,
    c: [*]f32,
    ldc: usize,
    epilogue: tile.Epilogue,
};

pub fn panels(n: usize) usize {
    return (n + isa.panel - 1) / isa.panel;
}

pub fn packedFloats(k: usize, n: usize) usize {
    return panels(n) *| isa.panel *| k;
}

/// Packs w[k, n], elements `row` and `col` apart, into panels.
pub fn pack(w: [*]const f32, row: usize, col: usize, k: usize, n: usize, to: [*]f32) void {
    for (0..panels(n)) |p| for (0..k) |i| {
        const line = to + (p * k + i) * isa.panel;
        for (0..isa.panel) |j| {
            const at = p * isa.panel + j;
            line[j] = if (at < n) w[i * row + at * col] else 0;
        }
    };
}

/// Rows [m[0], m[1]) and panels [p[0], p[1]) of the product. A k of 0 gives the epilogue of zero.
pub fn multiply(source: anytype, job: Product, m: [2]usize, p: [2]usize) void {
    if (p[0] >= p[1]) return;
    var row = m[0];
    while (row < m[1]) : (row += block_rows) {
        const count = @min(block_rows, m[1] - row);
        var k: usize = 0;
        while (true) {
            const depth = @min(block_k, job.k - k);
            const a = source.rows(row, count, k, depth);
            blockOf(job, a, .{ row, count }, .{ k, depth }, p);
            k += depth;
            if (k >= job.k) break;
        }
    }
}

fn blockOf(job: Product, a: Rows, rows: [2]usize, k: [2]usize, p: [2]usize) void {
    var done: usize = 0;
    inline for (isa.tile_rows) |mr| {
        const tiles = (rows[1] - done) / mr;
        if (tiles > 0) {
            strip(mr, job, a, .{ rows[0], done, tiles }, k, p);
            done += tiles * mr;
        }
    }
}

/// `rows`: first row of the block, first of the strip in it, tiles of mr rows.
fn strip(comptime mr: usize, job: Product, a: Rows, rows: [3]usize, k: [2]usize, p: [2]usize) void {
    const np = comptime tile.panelsFor(mr);
    var at = p[0];
    while (at < p[1]) {
        const wide = np > 1 and at + np <= p[1] and (at + np) * isa.panel <= job.n;
        for (0..rows[2]) |i| {
            const local = rows[1] + i * mr;
            const t = blockAt(job, a, .{ rows[0] + local, local }, k, at, if (wide) np else 1);
            if (wide) tile.run(mr, isa.tile_vectors, np, &t) else narrow(mr, &t);
        }
        at += if (wide) np else 1;
    }
}

fn narrow(comptime mr: usize, t: *const tile.Block) void {
    inline for (1..isa.tile_vectors + 1) |nv| {
        if ((t.cols + isa.lanes - 1) / isa.lanes == nv) return tile.run(mr, nv, 1, t);
    }
}

fn blockAt(job: Product, a: Rows, row: [2]usize, k: [2]usize, p: usize, np: usize) tile.Block {
    const col = p * isa.panel;
    return .{
        .a = a.ptr + row[1] * a.stride,
        .lda = a.stride,
        .b = job.b + (p * job.k + k[0]) * isa.panel,
        .panel_stride = job.k * isa.panel,
        .k = k[1],
        .c = job.c + row[0] * job.ldc + col,
        .ldc = job.ldc,
        .cols = @min(np * isa.panel, job.n - col),
        .first = k[0] == 0,
        .last = k[0] + k[1] == job.k,
        .epilogue = job.epilogue.at(row[0], col, job.ldc),
    };
}
