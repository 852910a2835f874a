//! A block: one weight as kernels read it, made once and shared by all plans that read it so.
//!
//! Words: groups (0: as it is), k, n, tile, axes, then size and step of each axis, factors, channels, then each factor's numbers
//! as doubles by their bits. The axes, outermost first, list the weight's elements in row-major order; a step counts the
//! elements of memory from one to the next. Factors are those of the last axis: channels divides the elements.

const std = @import("std");
const call = @import("call.zig");
const memory = @import("memory.zig");
const program = @import("program.zig");
const gpa = std.heap.c_allocator;
const winograd = @import("winograd.zig");
const Reader = program.Reader;
const Status = program.Status;

const Axis = struct { size: usize, step: usize };

/// The block's address; `raw` may go afterwards. `into`: a block of the same size that nobody reads any more, or null.
pub fn create(words: []const i64, raw: []const f32, table: *const call.Table, into: ?[*]align(64) u8) Status![*]align(64) u8 {
    var store = std.heap.ArenaAllocator.init(gpa);
    defer store.deinit();
    var r = Reader{ .words = words };
    const packing = call.Packing{ .groups = try r.size(), .k = try r.size(), .n = try r.size(), .tile = try r.size() };
    if (packing.tile != 0 and !winograd.takes(packing)) return error.Operand;
    const source = try matrix(&r, raw, packing, store.allocator());
    if (packing.groups == 0) {
        const plain = into orelse try memory.create(source.rows * source.cols * 4);
        copy(&source, @ptrCast(plain));
        return plain;
    }
    if (source.rows != packing.k) return error.Operand;
    const block = into orelse try memory.create(table.packedBytes(&packing));
    table.pack(&source, &packing, @ptrCast(block));
    return block;
}

/// The weight as a matrix whose columns are those of the packing, or the channels of its factors.
fn matrix(r: *Reader, raw: []const f32, packing: call.Packing, a: std.mem.Allocator) Status!call.Source {
    const axes = try a.alloc(Axis, try r.count());
    var elements: usize = 1;
    var last: usize = 0;
    for (axes) |*x| {
        x.* = .{ .size = try r.size(), .step = try r.size() };
        if (x.size == 0) return error.Operand;
        elements *|= x.size;
        last +|= (x.size - 1) *| x.step;
    }
    if (last >= raw.len or elements >= 1 << 40) return error.Operand;
    const count = try r.size();
    const channels = try r.size();
    const cols = if (packing.groups > 0) packing.groups *| packing.n else channels;
    if (cols == 0 or elements % cols != 0 or (count > 0 and channels != cols)) return error.Operand;
    if (count *| channels > r.words.len - r.at) return error.Truncated;
    const factors = try a.alloc(f64, count * channels);
    for (factors) |*f| f.* = @bitCast(try r.next());
    const cut = try split(axes, cols, a);
    const row = try places(cut[0], elements / cols, a);
    const col = try places(cut[1], cols, a);
    return .{ .ptr = raw.ptr, .row = row.ptr, .rows = row.len, .col = col.ptr, .cols = cols, .factors = factors.ptr, .factor_count = count };
}

/// The axes of rows and those of columns; an axis that has both is split.
fn split(axes: []const Axis, cols: usize, a: std.mem.Allocator) Status![2][]const Axis {
    var inner: usize = 1;
    var at = axes.len;
    while (at > 0 and inner *| axes[at - 1].size <= cols) {
        at -= 1;
        inner *= axes[at].size;
    }
    if (inner == cols) return .{ axes[0..at], axes[at..] };
    const part = cols / inner;
    if (cols % inner != 0 or at == 0 or axes[at - 1].size % part != 0) return error.Operand;
    const both = try a.alloc(Axis, axes.len + 1);
    @memcpy(both[0 .. at - 1], axes[0 .. at - 1]);
    both[at - 1] = .{ .size = axes[at - 1].size / part, .step = axes[at - 1].step * part };
    both[at] = .{ .size = part, .step = axes[at - 1].step };
    @memcpy(both[at + 1 ..], axes[at..]);
    return .{ both[0..at], both[at..] };
}

/// Where each combination of the axes lies, the last one fastest.
fn places(axes: []const Axis, count: usize, a: std.mem.Allocator) Status![]usize {
    const at = try a.alloc(usize, count);
    at[0] = 0;
    var inner: usize = 1;
    var axis = axes.len;
    while (axis > 0) {
        axis -= 1;
        for (1..axes[axis].size) |i| for (0..inner) |j| {
            at[i * inner + j] = at[j] + i * axes[axis].step;
        };
        inner *= axes[axis].size;
    }
    return at;
}

fn copy(source: *const call.Source, to: [*]f32) void {
    for (0..source.rows) |i| for (0..source.cols) |j| {
        to[i * source.cols + j] = source.at(i, j);
    };
}
