//! Packed matrices: [k, n] as panels of `isa.panel` columns, row after row, one panel behind the other. The last panel is
//! as many vectors wide as it has columns for, zero-filled to a whole vector.

const isa = @import("isa.zig");
const call = @import("call.zig");

/// Rows packed at once.
const block_pack = 8;

pub fn count(n: usize) usize {
    return (n + isa.panel - 1) / isa.panel;
}

/// Numbers in a row of panel p.
pub fn width(n: usize, p: usize) usize {
    return @min(isa.panel, padded(n) - p * isa.panel);
}

pub fn floats(k: usize, n: usize) usize {
    return padded(n) *| k;
}

fn padded(n: usize) usize {
    return (n + isa.lanes - 1) / isa.lanes * isa.lanes;
}

/// Packs w[k, n], elements `row` and `col` apart, into panels.
pub fn pack(w: [*]const f32, row: usize, col: usize, k: usize, n: usize, to: [*]f32) void {
    for (0..count(n)) |p| {
        const wide = width(n, p);
        const from = p * isa.panel;
        const valid = @min(wide, n - from);
        for (0..k) |i| {
            const line = to + from * k + i * wide;
            const at = w + i * row + from * col;
            if (col == 1) @memcpy(line[0..valid], at) else for (0..valid) |j| {
                line[j] = at[j * col];
            }
            for (valid..wide) |j| line[j] = 0;
        }
    }
}

pub fn packedBytes(to: *const call.Packing) usize {
    return to.groups *| floats(to.k, to.n) *| 4;
}

/// Packs a weight's groups, each [k, n] of its columns, one behind the other. Rows that lie in one piece are read from end
/// to end, as memory is fastest; of others a few at once, so that both ends stay in the cache.
pub fn packBlock(source: *const call.Source, p: *const call.Packing, to: [*]f32) void {
    var side_by_side = true;
    for (0..source.cols) |j| side_by_side = side_by_side and source.col[j] == source.col[0] + j;
    const step: usize = if (side_by_side) 1 else block_pack;
    var row: usize = 0;
    while (row < p.k) : (row += step) {
        const rows = [2]usize{ row, @min(p.k, row + step) };
        for (0..p.groups) |g| for (0..count(p.n)) |panel| {
            const wide = width(p.n, panel);
            const from = panel * isa.panel;
            const line = to + g * floats(p.k, p.n) + from * p.k;
            const valid = @min(wide, p.n - from);
            if (side_by_side and valid == wide) {
                for (rows[0]..rows[1]) |i| packLine(source, i, g * p.n + from, wide, line + i * wide);
            } else packPanel(source, rows, g * p.n + from, .{ valid, wide }, line);
        };
    }
    isa.streamed();
}

/// `cols`: how many there are, and how many numbers a line has.
fn packPanel(source: *const call.Source, rows: [2]usize, from: usize, cols: [2]usize, to: [*]f32) void {
    for (0..cols[1]) |j| for (rows[0]..rows[1]) |i| {
        to[i * cols[1] + j] = if (j < cols[0]) source.at(i, from + j) else 0;
    };
}

fn packLine(source: *const call.Source, i: usize, from: usize, wide: usize, to: [*]f32) void {
    const w = source.ptr + source.row[i] + source.col[from];
    var at: usize = 0;
    while (at < wide) : (at += isa.lanes) {
        const x = isa.load(w + at);
        isa.stream(to + at, if (source.factor_count == 0) x else scaled(source, from + at, x));
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
