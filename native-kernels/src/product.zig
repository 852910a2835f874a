//! The product of rows, wherever their pieces lie, and packed weights: a block of rows at a time, panel by panel, the sum over
//! k in one go. The kernels that multiply matrices; conv.zig has those of windows.
//! `dense`: y[m, n] = act(x[m, k] * w[k, n] + bias[n] + residual[m, n]).
//! Operands x, w (a packed weight), [bias], [residual], y; attributes m, n, k, then `fused`.
//! `matmul`: y[i] = a[i] * b[i] of two computed values. Operands a, b, y; attributes batch, m, n, k, distance of
//! one a to the next, of one b to the next (0: the same for all), distance of b's rows, of b's columns.
//! All row-major; no operand overlaps y. Rounding: tile.zig.

const isa = @import("isa.zig");
const tile = @import("tile.zig");
const call = @import("call.zig");
const fused = @import("fused.zig");
const memory = @import("memory.zig");
const panels = @import("panels.zig");
const Call = call.Call;

pub const dense = call.Kernel{
    .check = &checkDense,
    .run = &runDense,
    .scratchBytes = &scratchDense,
    .packs = 1,
    .packing = &packingDense,
};

pub const matmul = call.Kernel{ .check = &checkMatmul, .run = &runMatmul, .scratchBytes = &scratchMatmul };

/// A share of the second-level cache, in numbers, that one panel, or the weights of a layer, may fill.
const cached = 1 << 17;
/// Numbers that a block of rows may bring into the first-level cache beside weights that stay in the second, and into the
/// second beside weights that pass by.
const near = 6 << 10;
const far = 1 << 18;
const most_places = 1 << 14;

/// What decides how many rows are taken at once.
pub const Depth = struct {
    k: usize,
    n: usize,
    /// Pieces of a row, and the numbers of it that its neighbours do not share.
    pieces: usize = 1,
    fresh: usize,

    pub fn rows(d: Depth) usize {
        const fresh = @max(1, d.fresh);
        const wanted = if (d.k *| d.n <= cached) @min(336, @max(48, near / fresh)) else @min(2048, @max(96, far / fresh));
        return @max(tile.max_rows, @min(wanted, most_places / @max(1, d.pieces)));
    }

    /// Bytes of the places of a block of rows.
    pub fn bytes(d: Depth) usize {
        return memory.round(d.rows() *| d.pieces *| @sizeOf(usize));
    }
};

pub const Product = struct {
    /// Packed, groups one behind the other.
    b: [*]const f32,
    groups: usize = 1,
    /// Numbers of a piece of a row from one group to the next.
    width: usize = 0,
    depth: Depth,
    c: [*]f32,
    ldc: usize,
    epilogue: tile.Epilogue,
};

/// Rows of a matrix, a number of floats apart.
pub const Matrix = struct {
    ptr: [*]const f32,
    stride: usize,
    piece: usize,
    places: [*][*]const f32,

    pub fn rows(s: Matrix, first: usize, count: usize) tile.Rows {
        for (0..count) |r| s.places[r] = s.ptr + (first + r) * s.stride;
        return .{ .at = s.places, .step = count, .piece = s.piece };
    }
};

/// This part's rows and panels of a product of so many rows.
pub fn share(c: *const Call, rows: usize, n: usize) [2][2]usize {
    const grain = comptime tile.rowsFor(isa.tile_vectors);
    if (rows >= c.parts * grain) return .{ c.share(rows, grain), .{ 0, panels.count(n) } };
    return .{ .{ 0, rows }, c.share(panels.count(n), 1) };
}

/// Rows and panels, from and to, of the product. A k of 0 gives the epilogue of zero.
pub fn multiply(source: anytype, job: Product, range: [2][2]usize) void {
    const all = range[0][1] - range[0][0];
    if (range[1][0] >= range[1][1] or all == 0) return;
    const most = job.depth.rows();
    const blocks = (all + most - 1) / most;
    var row = range[0][0];
    for (0..blocks) |i| {
        const count = even(range[0][1] - row, blocks - i);
        const rows = source.rows(row, count);
        for (0..job.groups) |g| block(job, rows, g, .{ row, count }, range[1]);
        row += count;
    }
}

/// The first of so many shares of n that differ by one at most.
fn even(n: usize, shares: usize) usize {
    return (n + shares - 1) / shares;
}

/// `rows`: the first and how many.
fn block(job: Product, rows: tile.Rows, group: usize, span: [2]usize, range: [2]usize) void {
    const k = job.depth.k;
    const n = job.depth.n;
    var p = range[0];
    while (p < range[1]) {
        const side_by_side = if (span[1] <= 2) tile.panelsFor(span[1]) else 1;
        const full = p + side_by_side <= range[1] and (p + side_by_side) * isa.panel <= n;
        const np = if (full) side_by_side else 1;
        const col = p * isa.panel;
        var t = tile.Tile{
            .rows = rows,
            .shift = group * job.width,
            .k = .{ 0, k },
            .first = true,
            .last = true,
            .b = job.b + group * panels.floats(k, n) + col * k,
            .panel_stride = k * isa.panel,
            .c = job.c + span[0] * job.ldc + group * n + col,
            .ldc = job.ldc,
            .cols = @min(np * isa.panel, n - col),
            .epilogue = job.epilogue.at(span[0], group * n + col, job.ldc),
            .ahead = undefined,
            .lines = 0,
        };
        column(&t, np, span[1], panels.width(n, p), p + np < range[1]);
        p += np;
    }
}

/// All rows of a block by one panel, or by np; a panel too large for the cache a part of k at a time.
fn column(t: *tile.Tile, np: usize, count: usize, width: usize, more: bool) void {
    const start = t.*;
    const k = start.k[1];
    const most = tile.rowsFor(width / isa.lanes);
    const tiles = (count + most - 1) / most;
    const chunk = if (tiles == 1) k else @max(isa.lanes, cached / width);
    var at: usize = 0;
    while (true) {
        const end = if (k - at <= chunk) k else at + chunk;
        t.k = .{ at, end };
        t.first = at == 0;
        t.last = end == k;
        t.b = start.b + at * width;
        const next = t.b + (if (t.last) k * width - at * width else (end - at) * width);
        const lines = (end - at) * width / 16 / tiles;
        t.lines = if (more or !t.last) (lines + (end - at) / 4) / @max(1, (end - at) / 4) else 0;
        var done: usize = 0;
        for (0..tiles) |i| {
            const mr = even(count - done, tiles - i);
            t.rows.at = start.rows.at + done;
            t.c = start.c + done * start.ldc;
            t.epilogue = start.epilogue.at(done, 0, start.ldc);
            t.ahead = next + i * lines * 16;
            tile.run(mr, np, t);
            done += mr;
        }
        at = end;
        if (at == k) return;
    }
}

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

fn depthDense(n: usize, k: usize) Depth {
    return .{ .k = k, .n = n, .fresh = k };
}

fn scratchDense(c: *const Call) callconv(.c) usize {
    return depthDense(c.int(1), c.int(2)).bytes();
}

fn runDense(c: *const Call) callconv(.c) void {
    const n = c.int(1);
    const k = c.int(2);
    const source = Matrix{ .ptr = c.floats(0), .stride = k, .piece = k, .places = @ptrCast(c.scratch) };
    const job = Product{
        .b = c.floats(1),
        .depth = depthDense(n, k),
        .c = c.out(c.last()),
        .ldc = n,
        .epilogue = fused.epilogue(c, 3),
    };
    multiply(source, job, share(c, c.int(0), n));
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
    return depthDense(c.int(2), c.int(3)).bytes() +| panels.floats(c.int(3), c.int(2)) *| 4;
}

fn runMatmul(c: *const Call) callconv(.c) void {
    const batch = c.int(0);
    const m = c.int(1);
    const n = c.int(2);
    const k = c.int(3);
    const depth = depthDense(n, k);
    const many = batch >= c.parts;
    const images = if (many) c.share(batch, 1) else [2]usize{ 0, batch };
    const range = if (many) [2][2]usize{ .{ 0, m }, .{ 0, panels.count(n) } } else share(c, m, n);
    const b: [*]f32 = @ptrCast(@alignCast(c.scratch + depth.bytes()));
    for (images[0]..images[1]) |i| {
        if (i == images[0] or c.int(5) != 0) panels.pack(c.floats(1) + i * c.int(5), c.int(6), c.int(7), k, n, b);
        const source = Matrix{ .ptr = c.floats(0) + i * c.int(4), .stride = k, .piece = k, .places = @ptrCast(c.scratch) };
        multiply(source, .{ .b = b, .depth = depth, .c = c.out(2) + i * m * n, .ldc = n, .epilogue = .{} }, range);
    }
}
