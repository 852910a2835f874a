//! y[i] = f(x[i]). Operands x, y (y may be x); attributes n, a, b (two doubles, the function's parameters).
//! Any alignment. Rounding: see math.zig and kernels.def.

const std = @import("std");
const isa = @import("isa.zig");
const call = @import("call.zig");
const defs = @import("defs.zig");
const math = @import("math.zig");
const double = @import("double.zig");
const V = isa.V;
const Call = call.Call;

const Function = fn (V, f64, f64) callconv(.@"inline") V;

pub const relu = kernel(functions.relu);
pub const leaky_relu = kernel(functions.leaky_relu);
pub const elu = kernel(functions.elu);
pub const selu = kernel(functions.selu);
pub const gelu = kernel(functions.gelu);
pub const gelu_tanh = kernel(functions.gelu_tanh);
pub const silu = kernel(functions.silu);
pub const mish = kernel(functions.mish);
pub const hard_swish = kernel(functions.hard_swish);
pub const hard_sigmoid = kernel(functions.hard_sigmoid);
pub const softplus = kernel(functions.softplus);
pub const sigmoid = kernel(functions.sigmoid);
pub const tanh = kernel(functions.tanh);
pub const exp = kernel(functions.exp);
pub const log = kernel(functions.log);
pub const sqrt = kernel(functions.sqrt);
pub const abs = kernel(functions.abs);
pub const neg = kernel(functions.neg);
pub const clip = kernel(functions.clip);
pub const square = kernel(functions.square);
pub const reciprocal = kernel(functions.reciprocal);
pub const erf = kernel(functions.erf);
pub const floor = kernel(functions.floor);
pub const ceil = kernel(functions.ceil);
pub const sign = kernel(functions.sign);
pub const celu = kernel(functions.celu);
pub const expm1 = kernel(functions.expm1);
pub const log1p = kernel(functions.log1p);
pub const log_sigmoid = kernel(functions.log_sigmoid);
pub const softsign = kernel(functions.softsign);
pub const soft_shrink = kernel(functions.soft_shrink);
pub const pow = kernel(functions.pow);
pub const asin = kernel(functions.asin);
pub const acos = kernel(functions.acos);
pub const atan = kernel(functions.atan);
pub const sinh = kernel(functions.sinh);
pub const cosh = kernel(functions.cosh);
pub const asinh = kernel(functions.asinh);
pub const acosh = kernel(functions.acosh);
pub const atanh = kernel(functions.atanh);
pub const round = kernel(functions.round);
pub const trunc = kernel(functions.trunc);
pub const sin = kernel(functions.sin);
pub const cos = kernel(functions.cos);
pub const tan = kernel(functions.tan);
pub const thresholded_relu = kernel(functions.thresholded_relu);

/// One row a function: its vector form with the two parameters.
pub const functions = struct {
    pub inline fn relu(x: V, _: f64, _: f64) V {
        return @select(f32, x < isa.splat(0), isa.splat(0), x); // NaN stays
    }
    pub inline fn leaky_relu(x: V, a: f64, _: f64) V {
        return @select(f32, x < isa.splat(0), x * isa.splat(@floatCast(a)), x);
    }
    pub inline fn elu(x: V, a: f64, _: f64) V {
        return math.elu(x, 1, @floatCast(a));
    }
    pub inline fn selu(x: V, a: f64, b: f64) V { // outer scale, inner scale
        return math.elu(x, @floatCast(a), @floatCast(b));
    }
    pub inline fn gelu(x: V, _: f64, _: f64) V {
        return math.gelu(x);
    }
    pub inline fn gelu_tanh(x: V, _: f64, _: f64) V {
        return math.geluTanh(x);
    }
    pub inline fn silu(x: V, _: f64, _: f64) V {
        return math.silu(x);
    }
    pub inline fn mish(x: V, _: f64, _: f64) V {
        return math.mish(x);
    }
    pub inline fn hard_swish(x: V, _: f64, _: f64) V {
        return math.hardSwish(x);
    }
    pub inline fn hard_sigmoid(x: V, a: f64, b: f64) V {
        return math.hardSigmoid(x, a, b);
    }
    pub inline fn softplus(x: V, a: f64, b: f64) V { // beta, threshold
        return math.softplus(x, a, b);
    }
    pub inline fn sigmoid(x: V, _: f64, _: f64) V {
        return math.sigmoid(x);
    }
    pub inline fn tanh(x: V, _: f64, _: f64) V {
        return math.tanh(x);
    }
    pub inline fn exp(x: V, _: f64, _: f64) V {
        return math.exp(x);
    }
    pub inline fn log(x: V, _: f64, _: f64) V {
        return math.log(x);
    }
    pub inline fn sqrt(x: V, _: f64, _: f64) V {
        return @sqrt(x);
    }
    pub inline fn abs(x: V, _: f64, _: f64) V {
        return @abs(x);
    }
    pub inline fn neg(x: V, _: f64, _: f64) V {
        return -x;
    }
    pub inline fn clip(x: V, a: f64, b: f64) V {
        return math.clip(x, @floatCast(a), @floatCast(b));
    }
    pub inline fn square(x: V, _: f64, _: f64) V {
        return x * x;
    }
    pub inline fn reciprocal(x: V, _: f64, _: f64) V {
        return isa.splat(1) / x;
    }
    pub inline fn erf(x: V, _: f64, _: f64) V {
        return math.erf(x);
    }
    pub inline fn floor(x: V, _: f64, _: f64) V {
        return @floor(x);
    }
    pub inline fn ceil(x: V, _: f64, _: f64) V {
        return @ceil(x);
    }
    pub inline fn sign(x: V, _: f64, _: f64) V {
        return math.sign(x);
    }
    pub inline fn celu(x: V, a: f64, _: f64) V {
        return math.celu(x, @floatCast(a));
    }
    pub inline fn expm1(x: V, _: f64, _: f64) V {
        return math.expm1(x);
    }
    pub inline fn log1p(x: V, _: f64, _: f64) V {
        return double.each(double.log1p, x);
    }
    pub inline fn log_sigmoid(x: V, _: f64, _: f64) V {
        return -math.softplus(-x, 1, std.math.inf(f64));
    }
    pub inline fn softsign(x: V, _: f64, _: f64) V {
        return x / (isa.splat(1) + @abs(x));
    }
    pub inline fn soft_shrink(x: V, a: f64, _: f64) V {
        return math.softShrink(x, @floatCast(a));
    }
    pub inline fn pow(x: V, a: f64, _: f64) V {
        return double.pow(x, a);
    }
    pub inline fn asin(x: V, _: f64, _: f64) V {
        return double.each(double.asin, x);
    }
    pub inline fn acos(x: V, _: f64, _: f64) V {
        return double.each(double.acos, x);
    }
    pub inline fn atan(x: V, _: f64, _: f64) V {
        return double.each(double.atan, x);
    }
    pub inline fn sinh(x: V, _: f64, _: f64) V {
        return double.each(double.sinh, x);
    }
    pub inline fn cosh(x: V, _: f64, _: f64) V {
        return double.each(double.cosh, x);
    }
    pub inline fn asinh(x: V, _: f64, _: f64) V {
        return double.each(double.asinh, x);
    }
    pub inline fn acosh(x: V, _: f64, _: f64) V {
        return double.each(double.acosh, x);
    }
    pub inline fn atanh(x: V, _: f64, _: f64) V {
        return double.each(double.atanh, x);
    }
    pub inline fn round(x: V, _: f64, _: f64) V {
        return math.round(x);
    }
    pub inline fn trunc(x: V, _: f64, _: f64) V {
        return @trunc(x);
    }
    pub inline fn sin(x: V, _: f64, _: f64) V {
        return double.each(double.sin, x);
    }
    pub inline fn cos(x: V, _: f64, _: f64) V {
        return double.each(double.cos, x);
    }
    pub inline fn tan(x: V, _: f64, _: f64) V {
        return double.each(double.tan, x);
    }
    pub inline fn thresholded_relu(x: V, a: f64, _: f64) V { // NaN gives 0
        return @select(f32, x > isa.splat(@floatCast(a)), x, isa.splat(0));
    }
};

/// y = f(x) on n elements; y may be x.
pub const Apply = *const fn ([*]const f32, [*]f32, usize, f64, f64) void;

/// By opcode; null where the opcode is no function of one number.
pub const table: [defs.limit]?Apply = build: {
    var t: [defs.limit]?Apply = @splat(null);
    for (defs.entries) |e| {
        if (@hasDecl(functions, e.name)) t[e.opcode] = &over(@field(functions, e.name)).apply;
    }
    break :build t;
};

fn over(comptime f: Function) type {
    return struct {
        fn apply(x: [*]const f32, y: [*]f32, n: usize, a: f64, b: f64) void {
            var i: usize = 0;
            while (i + isa.lanes <= n) : (i += isa.lanes) isa.store(y + i, f(isa.load(x + i), a, b));
            if (i == n) return;
            var rest: [isa.lanes]f32 = isa.loadPart(x + i, n - i);
            apply(&rest, &rest, isa.lanes, a, b); // once more the same code: half the machine code of a tail of its own
            @memcpy(y[i..n], rest[0 .. n - i]);
        }
    };
}

fn kernel(comptime f: Function) call.Kernel {
    const S = struct {
        fn check(c: *const Call) callconv(.c) bool {
            return c.counts(2, 3) and c.sizes(0, 1) and c.holds(0, c.int(0)) and c.holds(1, c.int(0));
        }
        fn run(c: *const Call) callconv(.c) void {
            const r = c.share(c.int(0), 64);
            over(f).apply(c.floats(0) + r[0], c.out(1) + r[0], r[1] - r[0], c.real(1), c.real(2));
        }
    };
    return .{ .check = &S.check, .run = &S.run };
}
