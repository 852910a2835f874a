//! Blocked matrix product over packed weights, for any source of rows: a dense matrix, or the patches of a convolution
//! gathered block by block. Block sizes: a block of packed weights stays in the first-level cache while a block of rows,
//! in the second, passes by.

const isa = @import("isa.zig");
const tile = @import("tile.zig");
const call = @import("call.zig");

pub const block_rows = 96;
pub const block_k = if (isa.panel > 16) 192 else 256;
/// Scratch a source may need for one block of rows.
pub const scratch_bytes = block_rows * block_k * 4;

/// Rows packed at once.
const block_pack = 8;

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
    /// Packed by `pack`, or a block.
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

pub fn packedBytes(to: *const call.Packing) callconv(.c) usize {
    return to.groups *| packedFloats(to.k, to.n) *| 4;
}

/// Packs a weight's groups, each [k, n] of its columns, one behind the other. Rows that lie in one piece are read from end
/// to end, as memory is fastest; of others a few at once, so that both ends stay in the cache.
pub fn packBlock(source: *const call.Source, p: *const call.Packing, to: [*]f32) callconv(.c) void {
    var side_by_side = true;
    for (0..source.cols) |j| side_by_side = side_by_side and source.col[j] == source.col[0] + j;
    const step: usize = if (side_by_side) 1 else block_pack;
    var row: usize = 0;
    while (row < p.k) : (row += step) {
        const rows = [2]usize{ row, @min(p.k, row + step) };
        for (0..p.groups) |g| for (0..panels(p.n)) |panel| {
            const line = to + g * packedFloats(p.k, p.n) + panel * isa.panel * p.k;
            const from = panel * isa.panel;
            const count = @min(isa.panel, p.n - from);
            if (side_by_side and count == isa.panel) {
                for (rows[0]..rows[1]) |i| packLine(source, i, g * p.n + from, line + i * isa.panel);
            } else packPanel(source, rows, g * p.n + from, count, line);
        };
    }
    isa.streamed();
}

fn packPanel(source: *const call.Source, rows: [2]usize, from: usize, count: usize, to: [*]f32) void {
    for (0..isa.panel) |j| for (rows[0]..rows[1]) |i| {
        to[i * isa.panel + j] = if (j < count) source.at(i, from + j) else 0;
    };
}

fn packLine(source: *const call.Source, i: usize, from: usize, to: [*]f32) void {
    const w = source.ptr + source.row[i] + source.col[from];
    inline for (0..isa.tile_vectors) |v| {
        const x = isa.load(w + v * isa.lanes);
        const y = if (source.factor_count == 0) x else scaled(source, from + v * isa.lanes, x);
        isa.stream(to + v * isa.lanes, y);
    }
}

fn scaled(source: *const call.Source, from: usize, x: isa.V) isa.V {
    const Wide = @Vector(isa.lanes, f64);
    var line: Wide = @floatCast(x);
    for (0..source.factor_count) |f| {
        const factors: *const [isa.lanes]f64 = @ptrCast(source.factors + f * source.cols + from);
        line *= @as(Wide, factors.*);
    }
    return @floatCast(line);
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
