//! The register tile: c[r, j] = act(sum over k of a[r, k] * b[k, j] + bias[j] + residual[r, j]). A row of a is pieces of equal length that
//! lie anywhere: a row of a matrix is one piece, a window of an image one a tap. b is packed (panels.zig). Any alignment of a and c.
//! Each output is one sum in the order of k, whatever the tile, so a result depends neither on batch nor on threads.
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

    /// The activation of a vector, where it takes a few instructions.
    pub inline fn short(e: Epilogue, x: V) V {
        inline for (shorts) |name| {
            if (e.act == comptime defs.opcode(name)) return @field(unary.functions, name)(x, e.a, e.b);
        }
        return x;
    }

    /// The activation of n numbers where it is long.
    pub fn long(e: Epilogue, y: [*]f32, n: usize) void {
        if (e.act == 0) return;
        inline for (shorts) |name| if (e.act == comptime defs.opcode(name)) return;
        unary.table[e.act].?(y, y, n, e.a, e.b);
    }
};

const shorts = .{ "relu", "clip", "leaky_relu" };

/// Rows by the places of their pieces: that of piece s of row r is at[s * step + r].
pub const Rows = struct {
    at: [*]const [*]const f32,
    step: usize,
    piece: usize,
};

pub const Tile = struct {
    rows: Rows,
    /// Numbers that every piece begins behind its place.
    shift: usize,
    /// From k[0] up to k[1]; the first begins the sum, the last ends it.
    k: [2]usize,
    first: bool,
    last: bool,
    /// First panel at k[0], and the distance to the next panel.
    b: [*]const f32,
    panel_stride: usize,
    c: [*]f32,
    ldc: usize,
    /// Valid columns from c on; fewer than the tile's at the right edge.
    cols: usize,
    epilogue: Epilogue,
    /// What will be read next, and how many lines of it to fetch with four steps of k.
    ahead: [*]const f32,
    lines: usize,
};

pub const max_rows = 12;
const unroll = 4;
const line_floats = 16;

/// Rows of the largest tile that is so many vectors wide.
pub fn rowsFor(nv: usize) usize {
    return @min(max_rows, isa.accumulators / nv);
}

/// Panels side by side of a tile of mr rows, so that enough sums are under way at once to hide the latency of one.
pub fn panelsFor(mr: usize) usize {
    return @max(1, isa.sums_under_way / (mr * isa.tile_vectors));
}

const Run = *const fn (*const Tile) void;

/// By vectors and rows, less one each; a tile of several panels where all of them are full.
const narrow: [isa.tile_vectors][max_rows]?Run = build: {
    var t: [isa.tile_vectors][max_rows]?Run = @splat(@splat(null));
    for (1..isa.tile_vectors + 1) |nv| for (1..rowsFor(nv) + 1) |mr| {
        t[nv - 1][mr - 1] = &Sized(mr, nv, 1).run;
    };
    break :build t;
};
const wide = [2]Run{ &Sized(1, isa.tile_vectors, panelsFor(1)).run, &Sized(2, isa.tile_vectors, panelsFor(2)).run };

pub fn run(mr: usize, np: usize, t: *const Tile) void {
    if (np > 1) return wide[mr - 1](t);
    narrow[(t.cols + isa.lanes - 1) / isa.lanes - 1][mr - 1].?(t);
}

/// mr rows, nv vectors of each of np panels; only the last vector may be partly valid.
fn Sized(comptime mr: usize, comptime nv: usize, comptime np: usize) type {
    const w = nv * np;
    return struct {
        const Sums = [mr][w]V;

        fn run(t: *const Tile) void {
            const part = t.cols - (w - 1) * isa.lanes;
            var acc: Sums = @splat(@splat(isa.splat(0)));
            if (!t.first) inline for (0..mr) |r| inline for (0..w) |j| {
                acc[r][j] = get(t.c + r * t.ldc + j * isa.lanes, j, part);
            };
            sum(t, &acc);
            if (t.last) finish(t, &acc, part);
            inline for (0..mr) |r| inline for (0..w) |j| put(t.c + r * t.ldc + j * isa.lanes, acc[r][j], j, part);
            if (t.last) inline for (0..mr) |r| t.epilogue.long(t.c + r * t.ldc, t.cols);
        }

        inline fn sum(t: *const Tile, acc: *Sums) void {
            var local = acc.*;
            var b = t.b;
            var ahead = t.ahead;
            var k = t.k[0];
            if (k >= t.k[1]) return;
            var place = t.rows.at;
            var from: usize = 0;
            if (k > 0) { // a division takes as long as several steps
                place += k / t.rows.piece * t.rows.step;
                from = k % t.rows.piece;
            }
            while (k < t.k[1]) : (place += t.rows.step) {
                const n = @min(t.rows.piece - from, t.k[1] - k);
                var a: [mr][*]const f32 = undefined;
                inline for (0..mr) |r| a[r] = place[r] + t.shift + from;
                var i: usize = 0;
                while (i + unroll <= n) : (i += unroll) {
                    for (0..t.lines) |_| {
                        @prefetch(ahead, .{ .locality = 2 });
                        ahead += line_floats;
                    }
                    inline for (0..unroll) |u| step(t, &local, &a, i + u, b + u * nv * isa.lanes);
                    b += unroll * nv * isa.lanes;
                }
                while (i < n) : (i += 1) {
                    step(t, &local, &a, i, b);
                    b += nv * isa.lanes;
                }
                k += n;
                from = 0;
            }
            acc.* = local;
        }

        inline fn step(t: *const Tile, acc: *Sums, a: *const [mr][*]const f32, i: usize, b: [*]const f32) void {
            var bv: [w]V = undefined;
            inline for (0..np) |p| inline for (0..nv) |v| {
                bv[p * nv + v] = isa.load(b + p * t.panel_stride + v * isa.lanes);
            };
            inline for (0..mr) |r| {
                const av = isa.splat(a[r][i]);
                inline for (0..w) |j| acc[r][j] = isa.mad(av, bv[j], acc[r][j]);
            }
        }

        inline fn finish(t: *const Tile, acc: *Sums, part: usize) void {
            const e = t.epilogue;
            if (e.bias) |bias| inline for (0..w) |j| {
                const v = get(bias + j * isa.lanes, j, part);
                inline for (0..mr) |r| acc[r][j] += v;
            };
            if (e.residual) |from| inline for (0..mr) |r| inline for (0..w) |j| {
                acc[r][j] += get(from + r * t.ldc + j * isa.lanes, j, part);
            };
            if (e.act != 0) inline for (0..mr) |r| inline for (0..w) |j| {
                acc[r][j] = e.short(acc[r][j]);
            };
        }

        inline fn get(p: [*]const f32, j: usize, n: usize) V {
            return if (j == w - 1 and n < isa.lanes) isa.loadPart(p, n) else isa.load(p);
        }

        inline fn put(p: [*]f32, v: V, j: usize, n: usize) void {
            if (j == w - 1 and n < isa.lanes) isa.storePart(p, v, n) else isa.store(p, v);
        }
    };
}
