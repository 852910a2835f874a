//! y = f(a, b) over a strided index space of up to 6 axes: broadcasting is a stride of 0.
//! Operands a, b, y; attributes rank, sizes[rank], strides of a[rank], strides of b[rank] in elements. y is dense and may be
//! a or b where that operand is not broadcast. The planner merges axes, so that the last one is long. Rounding: one, of f.
//! `scale_shift` y[r, c] = x[r, c] * s[c] + t[c]: operands x, s, t, y; attributes rows, channels.

const isa = @import("isa.zig");
const call = @import("call.zig");
const V = isa.V;
const Call = call.Call;

pub const add = kernel(functions.add);
pub const sub = kernel(functions.sub);
pub const mul = kernel(functions.mul);
pub const div = kernel(functions.div);
pub const min = kernel(functions.min);
pub const max = kernel(functions.max);
pub const prelu = kernel(functions.prelu);

const functions = struct {
    inline fn add(a: V, b: V) V {
        return a + b;
    }
    inline fn sub(a: V, b: V) V {
        return a - b;
    }
    inline fn mul(a: V, b: V) V {
        return a * b;
    }
    inline fn div(a: V, b: V) V {
        return a / b;
    }
    inline fn min(a: V, b: V) V { // NaN in either operand stays
        return @select(f32, a != a, a, @select(f32, a < b, a, b));
    }
    inline fn max(a: V, b: V) V {
        return @select(f32, a != a, a, @select(f32, a > b, a, b));
    }
    inline fn prelu(a: V, b: V) V { // a below zero times slope b
        return @select(f32, a < isa.splat(0), a * b, a);
    }
};

const Function = fn (V, V) callconv(.@"inline") V;
pub const max_rank = 6;

fn kernel(comptime f: Function) call.Kernel {
    const S = struct {
        fn check(c: *const Call) callconv(.c) bool {
            if (c.span_count != 3 or c.attr_count < 1 or c.attrs[0] < 1 or c.attrs[0] > max_rank) return false;
            const rank = c.int(0);
            if (c.attr_count != 1 + 3 * rank or !c.sizes(1, c.attr_count)) return false;
            var n: usize = 1;
            var last = [2]usize{ 0, 0 };
            for (0..rank) |i| {
                const d = c.int(1 + i);
                if (d == 0) return true;
                n *|= d;
                for (0..2) |k| last[k] +|= (d - 1) *| c.int(1 + (k + 1) * rank + i);
            }
            return c.holds(0, last[0] +| 1) and c.holds(1, last[1] +| 1) and c.holds(2, n);
        }

        fn run(c: *const Call) callconv(.c) void {
            const rank = c.int(0);
            const inner = c.int(rank);
            var outer: usize = 1;
            for (1..rank) |i| outer *= c.int(i);
            if (inner == 0) return;
            const sa = c.int(2 * rank);
            const sb = c.int(3 * rank);
            const rows = if (outer == 1) [2]usize{ 0, 1 } else c.share(outer, 1);
            const cols = if (outer == 1) c.share(inner, 64) else [2]usize{ 0, inner };
            for (rows[0]..rows[1]) |r| {
                var a: usize = cols[0] * sa;
                var b: usize = cols[0] * sb;
                var left = r;
                var i = rank - 1;
                while (i > 0) : (i -= 1) {
                    const at = left % c.int(i);
                    left /= c.int(i);
                    a += at * c.int(rank + i);
                    b += at * c.int(2 * rank + i);
                }
                line(c.floats(0) + a, sa, c.floats(1) + b, sb, c.out(2) + r * inner + cols[0], cols[1] - cols[0]);
            }
        }

        fn line(a: [*]const f32, sa: usize, b: [*]const f32, sb: usize, y: [*]f32, n: usize) void {
            if (sa == 1 and sb == 1) return fast(true, true, a, b, y, n);
            if (sa == 1 and sb == 0) return fast(true, false, a, b, y, n);
            if (sa == 0 and sb == 1) return fast(false, true, a, b, y, n);
            for (0..n) |i| y[i] = f(isa.splat(a[i * sa]), isa.splat(b[i * sb]))[0];
        }

        fn fast(comptime va: bool, comptime vb: bool, a: [*]const f32, b: [*]const f32, y: [*]f32, n: usize) void {
            const ca = isa.splat(a[0]);
            const cb = isa.splat(b[0]);
            var i: usize = 0;
            while (i + isa.lanes <= n) : (i += isa.lanes) {
                isa.store(y + i, f(if (va) isa.load(a + i) else ca, if (vb) isa.load(b + i) else cb));
            }
            if (i == n) return;
            const left = n - i;
            isa.storePart(y + i, f(if (va) isa.loadPart(a + i, left) else ca, if (vb) isa.loadPart(b + i, left) else cb), left);
        }
    };
    return .{ .check = &S.check, .run = &S.run };
}

pub const scale_shift = call.Kernel{ .check = &checkScale, .run = &runScale };

fn checkScale(c: *const Call) callconv(.c) bool {
    if (!c.counts(4, 2) or !c.sizes(0, 2)) return false;
    const n = c.int(0) *| c.int(1);
    return c.holds(0, n) and c.holds(1, c.int(1)) and c.holds(2, c.int(1)) and c.holds(3, n);
}

fn runScale(c: *const Call) callconv(.c) void {
    const n = c.int(1);
    const rows = c.share(c.int(0), 1);
    const s = c.floats(1);
    const t = c.floats(2);
    for (rows[0]..rows[1]) |r| {
        const x = c.floats(0) + r * n;
        const y = c.out(3) + r * n;
        var i: usize = 0;
        while (i + isa.lanes <= n) : (i += isa.lanes) {
            isa.store(y + i, isa.mad(isa.load(x + i), isa.load(s + i), isa.load(t + i)));
        }
        while (i < n) : (i += 1) y[i] = isa.mad(isa.splat(x[i]), isa.splat(s[i]), isa.splat(t[i]))[0];
    }
}
