//! Every function of one number against double, on a grid of all exponents and signs, in ulps of the result.

const std = @import("std");
const defs = @import("../src/defs.zig");
const h = @import("harness.zig");
const inf = std.math.inf(f32);
const nan = std.math.nan(f32);

extern "c" fn erfc(f64) f64;
extern "c" fn erf(f64) f64;

const truth = struct {
    fn relu(x: f64, _: f64, _: f64) f64 {
        return @max(x, 0);
    }
    fn leaky_relu(x: f64, a: f64, _: f64) f64 {
        return if (x < 0) a * x else x;
    }
    fn elu(x: f64, a: f64, _: f64) f64 {
        return if (x > 0) x else a * std.math.expm1(x);
    }
    fn selu(x: f64, a: f64, b: f64) f64 {
        return if (x > 0) a * x else b * std.math.expm1(x);
    }
    fn gelu(x: f64, _: f64, _: f64) f64 {
        return 0.5 * x * erfc(-x * std.math.sqrt1_2);
    }
    fn gelu_tanh(x: f64, _: f64, _: f64) f64 {
        if (x == -inf) return nan;
        return x / (1 + @exp(-2 * std.math.sqrt(2.0 / std.math.pi) * (x + 0.044715 * x * x * x)));
    }
    fn silu(x: f64, _: f64, _: f64) f64 {
        return if (x == -inf) nan else x / (1 + @exp(-x));
    }
    fn mish(x: f64, _: f64, _: f64) f64 {
        return x * std.math.tanh(softplus(x, 1, inf));
    }
    fn hard_swish(x: f64, _: f64, _: f64) f64 {
        return x * @min(1, @max(0, x + 3) / 6);
    }
    fn hard_sigmoid(x: f64, a: f64, b: f64) f64 {
        return @min(1, @max(0, a * x + b));
    }
    fn softplus(x: f64, a: f64, b: f64) f64 {
        if (a * x > b) return x;
        return (@max(a * x, 0) + std.math.log1p(@exp(-@abs(a * x)))) / a;
    }
    fn sigmoid(x: f64, _: f64, _: f64) f64 {
        return 1 / (1 + @exp(-x));
    }
    fn tanh(x: f64, _: f64, _: f64) f64 {
        return std.math.tanh(x);
    }
    fn exp(x: f64, _: f64, _: f64) f64 {
        return @exp(x);
    }
    fn log(x: f64, _: f64, _: f64) f64 {
        return if (x < 0) std.math.nan(f64) else @log(x);
    }
    fn sqrt(x: f64, _: f64, _: f64) f64 {
        return @sqrt(x);
    }
    fn abs(x: f64, _: f64, _: f64) f64 {
        return @abs(x);
    }
    fn neg(x: f64, _: f64, _: f64) f64 {
        return -x;
    }
    fn clip(x: f64, a: f64, b: f64) f64 {
        return @min(b, @max(a, x));
    }
    fn square(x: f64, _: f64, _: f64) f64 {
        return x * x;
    }
    fn reciprocal(x: f64, _: f64, _: f64) f64 {
        return 1 / x;
    }
    fn erf(x: f64, _: f64, _: f64) f64 {
        return erfOf(x);
    }
    fn floor(x: f64, _: f64, _: f64) f64 {
        return @floor(x);
    }
    fn ceil(x: f64, _: f64, _: f64) f64 {
        return @ceil(x);
    }
    fn sign(x: f64, _: f64, _: f64) f64 {
        return std.math.sign(x);
    }
    fn celu(x: f64, a: f64, _: f64) f64 {
        return if (x > 0) x else a * std.math.expm1(x / a);
    }
    fn expm1(x: f64, _: f64, _: f64) f64 {
        return std.math.expm1(x);
    }
    fn log1p(x: f64, _: f64, _: f64) f64 {
        return std.math.log1p(x);
    }
    fn log_sigmoid(x: f64, _: f64, _: f64) f64 {
        return @min(x, 0) - std.math.log1p(@exp(-@abs(x)));
    }
    fn softsign(x: f64, _: f64, _: f64) f64 {
        return x / (1 + @abs(x));
    }
    fn soft_shrink(x: f64, a: f64, _: f64) f64 {
        return if (x > a) x - a else if (x < -a) x + a else x * 0;
    }
    fn pow(x: f64, a: f64, _: f64) f64 {
        return std.math.pow(f64, x, a);
    }
    fn round(x: f64, _: f64, _: f64) f64 {
        if (!(@abs(x) < 1e9)) return x;
        const low = @floor(x);
        const half = x - low == 0.5;
        return if (half) 2 * @round(low / 2 + 0.25) else @round(x);
    }
    fn trunc(x: f64, _: f64, _: f64) f64 {
        return @trunc(x);
    }
    fn sin(x: f64, _: f64, _: f64) f64 {
        return @sin(x);
    }
    fn cos(x: f64, _: f64, _: f64) f64 {
        return @cos(x);
    }
    fn tan(x: f64, _: f64, _: f64) f64 {
        return @tan(x);
    }
    fn thresholded_relu(x: f64, a: f64, _: f64) f64 {
        return if (x > a) x else 0;
    }
    fn asin(x: f64, _: f64, _: f64) f64 {
        return std.math.asin(x);
    }
    fn acos(x: f64, _: f64, _: f64) f64 {
        return std.math.acos(x);
    }
    fn atan(x: f64, _: f64, _: f64) f64 {
        return std.math.atan(x);
    }
    fn sinh(x: f64, _: f64, _: f64) f64 {
        return std.math.sinh(x);
    }
    fn cosh(x: f64, _: f64, _: f64) f64 {
        return std.math.cosh(x);
    }
    fn asinh(x: f64, _: f64, _: f64) f64 {
        return std.math.asinh(x);
    }
    fn acosh(x: f64, _: f64, _: f64) f64 {
        return if (x < 1) nan else std.math.acosh(x);
    }
    fn atanh(x: f64, _: f64, _: f64) f64 {
        return std.math.atanh(x);
    }
};

fn erfOf(x: f64) f64 {
    return erf(x);
}

fn parameters(comptime name: []const u8) [2]f64 {
    if (std.mem.eql(u8, name, "leaky_relu")) return .{ 0.01, 0 };
    if (std.mem.eql(u8, name, "elu")) return .{ 1.3, 0 };
    if (std.mem.eql(u8, name, "selu")) return .{ 1.0507009873554805, 1.0507009873554805 * 1.6732632423543772 };
    if (std.mem.eql(u8, name, "hard_sigmoid")) return .{ 1.0 / 6.0, 0.5 };
    if (std.mem.eql(u8, name, "clip")) return .{ -1.5, 6 };
    if (std.mem.eql(u8, name, "celu")) return .{ 0.5, 0 };
    if (std.mem.eql(u8, name, "soft_shrink") or std.mem.eql(u8, name, "thresholded_relu")) return .{ 0.5, 0 };
    if (std.mem.eql(u8, name, "pow")) return .{ 2.5, 0 };
    if (std.mem.eql(u8, name, "softplus")) return .{ 1, inf };
    return .{ 0, 0 };
}

/// Distance in units of the last place of float32 at the expected number; correctly rounded is at most a half.
fn ulps(y: f32, expected: f64) f64 {
    const nearest: f32 = @floatCast(expected);
    if (std.math.isNan(expected)) return if (std.math.isNan(y)) 0 else inf;
    if (y == nearest) return 0;
    if (!std.math.isFinite(y) and !std.math.isFinite(nearest)) return inf;
    // Where the exact result is beyond float32 a neighbour of the edge is as good as infinity, and the other way round.
    const largest: f64 = std.math.floatMax(f32);
    const want = @min(@max(expected, -largest), largest);
    const got = @min(@max(@as(f64, y), -largest), largest);
    const exponent = if (want == 0) -126 else @max(-126, std.math.frexp(want).exponent - 1);
    return @abs(got - want) / std.math.scalbn(@as(f64, 1), exponent - 23);
}

fn grid(step: u64) []f32 {
    const n: usize = @intCast(((1 << 32) + step - 1) / step);
    const special = [_]f32{ 0, -0.0, 1, -1, 3, -3, 0.5, -0.5, inf, -inf, nan, 0.625, -0.625, 88.7, -87.3, -103.9, 1e-45, -1e-45, 3.4e38, -3.4e38, 20, -20, -15, -14.5 };
    const dense = 40000; // linear grid on [-20, 20): where the functions bend
    const x = h.gpa.alloc(f32, n + special.len + dense) catch @panic("memory");
    for (0..n) |i| x[i] = @bitCast(@as(u32, @intCast(i * step)));
    @memcpy(x[n..][0..special.len], &special);
    for (0..dense) |i| x[n + special.len + i] = (@as(f32, @floatFromInt(i)) - 20000 + 0.37) / 1000;
    return x;
}

test "every function of one number keeps its ulps, NaN and infinities" {
    const quick = std.c.getenv("AXIOM_QUICK") != null;
    const x = grid(if (quick) 1999993 else 9973);
    defer h.gpa.free(x);
    inline for (defs.entries) |e| {
        if (comptime std.mem.eql(u8, e.family, "unary")) {
            const p = comptime parameters(e.name);
            const y = try h.run(e.name, &.{ @intCast(x.len), h.bits(p[0]), h.bits(p[1]) }, &.{x}, x.len);
            defer h.gpa.free(y);
            var worst: f64 = 0;
            var at: f32 = 0;
            for (x, y) |xi, yi| {
                const expected = if (std.math.isNan(xi) and !comptime std.mem.eql(u8, e.name, "thresholded_relu")) nan else @field(truth, e.name)(xi, p[0], p[1]);
                const d = ulps(yi, expected);
                if (d > worst) {
                    worst = d;
                    at = xi;
                }
            }
            const stated = std.fmt.parseFloat(f64, e.ulps) catch unreachable;
            if (std.c.getenv("AXIOM_VERBOSE") != null) std.debug.print("{s}: {d:.2} ulps at {e}, stated {d}\n", .{ e.name, worst, at, stated });
            if (!(worst <= @max(stated, 0.5))) {
                std.debug.print("{s}: {d:.2} ulps at {e}, stated {d}\n", .{ e.name, worst, at, stated });
                return error.OutOfTolerance;
            }
        }
    }
}

test "lengths below, at and above a vector" {
    var r = h.Random{ .state = 7 };
    for (0..70) |n| {
        const x = r.floats(n);
        defer h.gpa.free(x);
        const y = try h.run("tanh", &.{ @intCast(n), 0, 0 }, &.{x}, n);
        defer h.gpa.free(y);
        for (x, y) |a, b| try h.within(b, std.math.tanh(@as(f64, a)), 3 * 1.2e-7);
    }
}

test "softplus with a slope and a threshold" {
    const x = grid(9999991);
    defer h.gpa.free(x);
    const y = try h.run("softplus", &.{ @intCast(x.len), h.bits(1.7), h.bits(20) }, &.{x}, x.len);
    defer h.gpa.free(y);
    for (x, y) |xi, yi| {
        const expected = if (std.math.isNan(xi)) nan else truth.softplus(xi, 1.7, 20);
        if (!(ulps(yi, expected) <= 5)) {
            std.debug.print("softplus({e}) = {e}, expected {e}\n", .{ xi, yi, expected });
            return error.OutOfTolerance;
        }
    }
}
