//! The register tile: c[r, j] (+)= sum over k of a[r, k] * b[k, j], then, after the last block of k, bias, residual and
//! activation. b is packed: panels of `isa.panel` columns, row after row, zero-filled at the right edge. Any alignment of
//! a and c. Each output is one sum in the order of k, whatever the tile, so a result depends neither on batch nor on threads.
//! Rounding: gamma(k)*|a||b| of the sum, then one rounding each for bias and residual, then the activation's.

const isa = @import("isa.zig");
const unary = @import("unary.zig");
const defs = @import("defs.zig");
const V = isa.V;

/// What happens to a finished sum: y = act(sum + bias[j] + residual[r, j]).
pub const Epilogue = struct {
    bias: ?[*]const f32 = null,
    residual: ?[*]const f32 = null,
    /// Opcode of the activation, 0 for none, and its parameters.
    act: u16 = 0,
    a: f64 = 0,
    b: f64 = 0,

    pub fn at(e: Epilogue, row: usize, col: usize, ld: usize) Epilogue {
        var moved = e;
        if (e.bias) |p| moved.bias = p + col;
        if (e.residual) |p| moved.residual = p + row * ld + col;
        return moved;
    }
};

pub const Block = struct {
    a: [*]const f32,
    lda: usize,
    /// First panel, at the block's first k, and the distance to the next panel.
    b: [*]const f32,
    panel_stride: usize,
    k: usize,
    c: [*]f32,
    ldc: usize,
    /// Valid columns from c on; fewer than the tile's at the right edge.
    cols: usize,
    first: bool,
    last: bool,
    epilogue: Epilogue,
};

const relu_op = defs.opcode("relu");

/// Panels that one tile of mr rows covers, so that enough sums are under way at once to hide the latency of a sum.
pub fn panelsFor(comptime mr: usize) usize {
    return if (mr == 1) 4 else if (mr == 2) 2 else 1;
}

/// mr rows, nv vectors of each of np panels; only the last vector may be partly valid.
pub fn run(comptime mr: usize, comptime nv: usize, comptime np: usize, t: *const Block) void {
    const w = nv * np;
    var acc: [mr][w]V = undefined;
    const part = t.cols - (w - 1) * isa.lanes;
    if (t.first) {
        inline for (0..mr) |r| inline for (0..w) |j| {
            acc[r][j] = isa.splat(0);
        };
    } else {
        inline for (0..mr) |r| inline for (0..w) |j| {
            acc[r][j] = get(t.c + r * t.ldc + j * isa.lanes, j == w - 1, part);
        };
    }
    sum(mr, nv, np, t, &acc);
    if (t.last) finish(mr, w, t, &acc, part);
    inline for (0..mr) |r| inline for (0..w) |j| {
        put(t.c + r * t.ldc + j * isa.lanes, acc[r][j], j == w - 1, part);
    };
    if (t.last) activate(mr, t);
}

inline fn sum(comptime mr: usize, comptime nv: usize, comptime np: usize, t: *const Block, acc: *[mr][nv * np]V) void {
    var local = acc.*;
    const a = t.a;
    const lda = t.lda;
    const stride = t.panel_stride;
    var b = t.b;
    for (0..t.k) |k| {
        var bv: [nv * np]V = undefined;
        inline for (0..np) |p| inline for (0..nv) |v| {
            bv[p * nv + v] = isa.load(b + p * stride + v * isa.lanes);
        };
        inline for (0..mr) |r| {
            const av = isa.splat(a[r * lda + k]);
            inline for (0..nv * np) |j| local[r][j] = isa.mad(av, bv[j], local[r][j]);
        }
        b += isa.panel;
    }
    acc.* = local;
}

inline fn finish(comptime mr: usize, comptime w: usize, t: *const Block, acc: *[mr][w]V, part: usize) void {
    const e = t.epilogue;
    if (e.bias) |bias| inline for (0..w) |j| {
        const v = get(bias + j * isa.lanes, j == w - 1, part);
        inline for (0..mr) |r| acc[r][j] += v;
    };
    if (e.residual) |from| inline for (0..mr) |r| inline for (0..w) |j| {
        acc[r][j] += get(from + r * t.ldc + j * isa.lanes, j == w - 1, part);
    };
    if (e.act == relu_op) inline for (0..mr) |r| inline for (0..w) |j| {
        acc[r][j] = unary.functions.relu(acc[r][j], 0, 0);
    };
}

fn activate(comptime mr: usize, t: *const Block) void {
    const e = t.epilogue;
    if (e.act == 0 or e.act == relu_op) return;
    const f = unary.table[e.act].?;
    inline for (0..mr) |r| f(t.c + r * t.ldc, t.c + r * t.ldc, t.cols, e.a, e.b);
}

inline fn get(p: [*]const f32, edge: bool, n: usize) V {
    return if (edge and n < isa.lanes) isa.loadPart(p, n) else isa.load(p);
}

inline fn put(p: [*]f32, v: V, edge: bool, n: usize) void {
    if (edge and n < isa.lanes) isa.storePart(p, v, n) else isa.store(p, v);
}
