//! y[o, i] = reduction of x[o, :, i]. Operands x, y (disjoint); attributes outer, axis, inner.
//! Sums are kept in double when inner is 1 and in float32, in order, otherwise; NaN anywhere in a line makes its result NaN.
//! An empty axis gives 0, NaN, -inf and +inf for sum, mean, max and min.

const std = @import("std");
const isa = @import("isa.zig");
const call = @import("call.zig");
const Call = call.Call;
const V = isa.V;

const Kind = enum { sum, mean, max, min };

pub const reduce_sum = kernel(.sum);
pub const reduce_mean = kernel(.mean);
pub const reduce_max = kernel(.max);
pub const reduce_min = kernel(.min);

fn kernel(comptime kind: Kind) call.Kernel {
    const S = struct {
        const start: f32 = switch (kind) {
            .sum, .mean => 0,
            .max => -std.math.inf(f32),
            .min => std.math.inf(f32),
        };

        fn check(c: *const Call) callconv(.c) bool {
            if (!c.counts(2, 3) or !c.sizes(0, 3)) return false;
            const n = c.int(0) *| c.int(2);
            return c.holds(0, n *| c.int(1)) and c.holds(1, n);
        }

        inline fn join(a: V, b: V) V {
            return switch (kind) {
                .sum, .mean => a + b,
                .max => @select(f32, a != a, a, @select(f32, b > a, b, @select(f32, b != b, b, a))),
                .min => @select(f32, a != a, a, @select(f32, b < a, b, @select(f32, b != b, b, a))),
            };
        }

        fn run(c: *const Call) callconv(.c) void {
            const axis = c.int(1);
            const inner = c.int(2);
            const outer = c.share(c.int(0), 1);
            for (outer[0]..outer[1]) |o| {
                const x = c.floats(0) + o * axis * inner;
                const y = c.out(1) + o * inner;
                if (inner == 1) y[0] = along(x, axis) else across(x, y, axis, inner);
            }
        }

        fn along(x: [*]const f32, n: usize) f32 {
            if (kind == .max or kind == .min) {
                var m = isa.splat(start);
                for (0..n) |i| m = join(m, isa.splat(x[i]));
                return m[0];
            }
            var sum: f64 = 0;
            for (0..n) |i| sum += x[i];
            return @floatCast(if (kind == .mean) sum / @as(f64, @floatFromInt(n)) else sum);
        }

        fn across(x: [*]const f32, y: [*]f32, n: usize, inner: usize) void {
            var i: usize = 0;
            while (i < inner) : (i += isa.lanes) {
                const left = inner - i;
                var m = isa.splat(start);
                for (0..n) |k| {
                    const at = x + k * inner + i;
                    m = join(m, if (left >= isa.lanes) isa.load(at) else isa.loadPart(at, left));
                }
                if (kind == .mean) m /= isa.splat(@floatFromInt(n));
                if (left >= isa.lanes) isa.store(y + i, m) else isa.storePart(y + i, m, left);
            }
        }
    };
    return .{ .check = &S.check, .run = &S.run };
}
