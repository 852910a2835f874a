//! Vector functions, float32 in and out. Each takes and answers NaN as NaN, and infinities as the written formula does in double
//! (x * 0 is NaN for an infinite x). Errors (test/unary_test.zig measures them on a dense grid of all exponents) are stated in kernels.def.
//! Polynomials: minimax on the stated interval, own fit; the number at the end of a line is the fit's relative error.

const std = @import("std");
const double = @import("double.zig");
const isa = @import("isa.zig");
const V = isa.V;
const D = @Vector(isa.lanes, f64);
const I = @Vector(isa.lanes, i32);
const mad = isa.mad;

inline fn c(x: f32) V {
    return @splat(x);
}

inline fn pick(p: @Vector(isa.lanes, bool), a: V, b: V) V {
    return @select(f32, p, a, b);
}

inline fn poly(x: V, comptime k: []const f32) V {
    var y = c(k[k.len - 1]);
    comptime var i = k.len - 1;
    inline while (i > 0) : (i -= 1) y = mad(y, x, c(k[i - 1]));
    return y;
}

/// x where x is NaN, else y.
inline fn keepNan(x: V, y: V) V {
    return pick(x != x, x, y);
}

/// 2^n for integers n in [-300, 300] in two factors that never leave the normal range, so that p * 2^n rounds once
/// (but for results below the normal range: twice).
inline fn scale(p: V, n: I) V {
    const half = n >> @as(@Vector(isa.lanes, u5), @splat(1));
    return p * power(half) * power(n - half);
}

inline fn power(n: I) V {
    return @bitCast((n + @as(I, @splat(127))) << @as(@Vector(isa.lanes, u5), @splat(23)));
}

inline fn nearest(x: V) V {
    return (x + c(12582912.0)) - c(12582912.0); // |x| < 2^22
}

const log2e = 1.44269504088896340736;
const ln2_hi = 0.693359375;
const ln2_lo = -2.12194440054690583e-4;
const exp_q = [_]f32{ 5.0000000469e-01, 1.6666666819e-01, 4.1666352287e-02, 8.3332725921e-03, 1.3941206628e-03, 1.9914446667e-04 }; // 2^-32

/// A number p * 2^n, before the power is applied: what is multiplied in first is not hurt by underflow.
const Scaled = struct {
    p: V,
    n: I,

    inline fn value(s: Scaled) V {
        return scale(s.p, s.n);
    }

    inline fn times(s: Scaled, factor: V) V {
        return scale(s.p * factor, s.n);
    }
};

/// exp(r) - 1 for |r| <= ln(2)/2
inline fn core(r: V) V {
    return mad(r * r, poly(r, &exp_q), r);
}

/// exp(x) = (1 + p) * 2^n
inline fn reduce(x: V) Scaled {
    const n = nearest(x * c(log2e));
    return .{ .p = core(mad(n, c(-ln2_lo), mad(n, c(-ln2_hi), x))), .n = @intFromFloat(n) };
}

inline fn range(x: V, lo: f32, hi: f32) V {
    return pick(x > c(lo), pick(x < c(hi), x, c(hi)), c(lo)); // NaN becomes lo
}

/// exp(x), of x below -120 something below every float32
inline fn expOf(x: V) Scaled {
    const e = reduce(range(x, -120.0, 89.0));
    return .{ .p = c(1) + e.p, .n = e.n };
}

pub inline fn exp(x: V) V {
    return keepNan(x, expOf(x).value());
}

/// exp of a double argument whose float32 rounding would cost |x| ulps.
inline fn expWide(x: D) Scaled {
    const limit: D = @splat(120.0);
    const y = @select(f64, x > -limit, @select(f64, x < limit, x, limit), -limit);
    const magic: D = @splat(6755399441055744.0);
    const n = (y * @as(D, @splat(log2e)) + magic) - magic;
    const r: V = @floatCast(y - n * @as(D, @splat(0.693147180559945309417)));
    return .{ .p = c(1) + core(r), .n = @intFromFloat(@as(V, @floatCast(n))) };
}

pub inline fn expm1(x: V) V {
    return keepNan(x, pick(x > c(80), exp(x), expm1Small(x)));
}

/// x up to 88
inline fn expm1Small(x: V) V {
    const e = reduce(range(x, -30.0, 88.0));
    const s = power(e.n);
    return mad(e.p, s, s - c(1));
}

const log_p = [_]f32{ 3.3333309892e-01, -2.4999985042e-01, 2.0002269203e-01, -1.6669368692e-01, 1.4217789591e-01, -1.2381654609e-01, 1.1877292719e-01, -1.1808469672e-01, 6.9278493457e-02 }; // 2^-30

pub inline fn log(x: V) V {
    const tiny = x < c(1.17549435e-38);
    const y = pick(tiny, x * c(8388608.0), x);
    const bits: I = @bitCast(y);
    const root: I = @bitCast(c(0.70710678));
    const e = (bits -% root) >> @as(@Vector(isa.lanes, u5), @splat(23));
    const m: V = @bitCast(bits -% (e << @as(@Vector(isa.lanes, u5), @splat(23))));
    const k = @as(V, @floatFromInt(e)) - pick(tiny, c(23), c(0));
    const f = m - c(1);
    const z = f * f;
    const low = mad(f * z, poly(f, &log_p), k * c(ln2_lo));
    const sum = mad(c(-0.5), z, low) + f;
    const y0 = mad(k, c(ln2_hi), sum);
    const y1 = pick(x == c(0), c(-std.math.inf(f32)), pick(x < c(0), c(std.math.nan(f32)), y0));
    return pick(x == c(std.math.inf(f32)), x, keepNan(x, y1));
}

/// log(1 + x), x in [0, 1].
inline fn log1p(x: V) V {
    const w = c(1) + x;
    return pick(w == c(1), x, log(w) + (x - (w - c(1))) / w);
}

pub inline fn sigmoid(x: V) V {
    const e = expOf(-@abs(x));
    const d = c(1) / (c(1) + e.value());
    return keepNan(x, pick(x >= c(0), d, e.times(d)));
}

pub inline fn silu(x: V) V {
    const e = expOf(-@abs(x));
    const y = x / (c(1) + e.value());
    return keepNan(x, pick(x >= c(0), y, pick(x < c(-120), x * c(0), e.times(y))));
}

const tanh_p = [_]f32{ -3.3333330190e-01, 1.3333180543e-01, -5.3943399958e-02, 2.1681643302e-02, -8.1290014512e-03, 2.0977217934e-03 }; // 2^-32

pub inline fn tanh(x: V) V {
    const t = @abs(x);
    const z = x * x;
    const small = mad(x * z, poly(z, &tanh_p), x);
    const large = c(1) - c(2) / (expOf(t + t).value() + c(1));
    const signed = pick(x < c(0), -large, large);
    return keepNan(x, pick(t < c(0.625), small, signed));
}

/// erfc(t / sqrt 2) = exp(-t^2/2) * q(u) / (1 + t), u = (t - 3) / (t + 3), t in [0, 15].
const erfc_q = [_]f32{ 9.7211158691e-01, -1.9305352348e-01, -3.2864368502e-02, 9.0328073316e-02, -4.5458943920e-02, 2.3184441074e-03, 6.0155727663e-03, -6.9586094111e-04, -1.0228543341e-03, 1.1566077860e-05, 1.6796511223e-04, 4.0258432189e-05 }; // 2^-31

/// erfc(t / sqrt 2), which is 2 * (1 - Phi(t)), for t >= 0 (NaN gives some number).
inline fn tail(t0: V) Scaled {
    const t = range(t0, 0, 15);
    const u = (t - c(3)) / (t + c(3));
    const d: D = t;
    const e = expWide(d * d * @as(D, @splat(-0.5)));
    return .{ .p = e.p * (poly(u, &erfc_q) / (t + c(1))), .n = e.n };
}

pub inline fn gelu(x: V) V {
    const e = tail(@abs(x));
    const half = x * c(0.5);
    const y = pick(x > c(0), x - half * e.value(), e.times(half));
    return keepNan(x, pick(x < c(-15), x * c(0), pick(x > c(15), x, y)));
}

pub inline fn geluTanh(x: V) V {
    const d: D = range(x, -20, 20);
    const k: D = @splat(0.79788456080286535588 * 2.0);
    const z = d * (k + k * @as(D, @splat(0.044715)) * d * d);
    const e = expWide(-@abs(z));
    const y = x / (c(1) + e.value());
    return keepNan(x, pick(x >= c(0), y, pick(x < c(-20), x * c(0), e.times(y))));
}

const erf_p = [_]f32{ 1.1283791671e+00, -3.7612638484e-01, 1.1283782747e-01, -2.6865445820e-02, 5.2210748769e-03, -8.4847114503e-04, 1.1270544606e-04, -9.6801369795e-06 }; // 2^-35

pub inline fn erf(x: V) V {
    const t = @abs(x);
    const small = x * poly(x * x, &erf_p);
    const d: D = range(t, 0, 10);
    const r: V = @floatCast(d * @as(D, @splat(1.41421356237309504880)));
    const large = c(1) - tail(r).value();
    return keepNan(x, pick(t < c(1), small, pick(x < c(0), -large, large)));
}

pub inline fn mish(x: V) V {
    const q = expOf(-@abs(x));
    const e = q.value(); // e^x below zero, e^-x above
    const above = mad(e, c(2), c(1));
    const high = x * (above / mad(e * c(2), e, above));
    const low = q.times(x * ((e + c(2)) / mad(e, e + c(2), c(2))));
    return keepNan(x, pick(x >= c(0), high, pick(x < c(-120), x * c(0), low)));
}

/// log(1 + exp(beta * x)) / beta; x itself where beta * x is above the threshold. A product of two float32 numbers is exact in double.
pub inline fn softplus(x: V, beta: f64, threshold: f64) V {
    const z = @as(D, x) * @as(D, @splat(beta));
    const rest = if (beta == 1) log1p(expOf(-@abs(x)).value()) else bend(z, beta);
    const linear = z > @as(D, @splat(threshold));
    return keepNan(x, @select(f32, linear, x, pick(x > c(0), x, c(0)) + rest));
}

/// log(1 + exp(-|z|)) / beta, whatever the size of beta: in double, element by element
inline fn bend(z: D, beta: f64) V {
    var y: [isa.lanes]f32 = undefined;
    inline for (&y, 0..) |*v, i| v.* = @floatCast(double.log1p(double.exp(-@abs(z[i]))) / beta);
    return y;
}

/// alpha * (exp(x / alpha) - 1). Near zero, where x / alpha may underflow, it is x * ((exp(z) - 1) / z), which never leaves x's range.
pub inline fn celu(x: V, alpha: f32) V {
    const z = x / c(alpha);
    const near = x * mad(z, poly(z, &exp_q), c(1));
    const far = expm1(z) * c(alpha);
    return keepNan(x, pick(x > c(0), x, pick(z > c(-0.34), near, far)));
}

/// Towards zero by lambda; what would cross it becomes zero
pub inline fn softShrink(x: V, lambda: f32) V {
    return pick(x > c(lambda), x - c(lambda), pick(x < c(-lambda), x + c(lambda), x * c(0)));
}

pub inline fn elu(x: V, outer: f32, inner: f32) V {
    return keepNan(x, pick(x > c(0), x * c(outer), expm1(x) * c(inner)));
}

/// x * clip((x + 3) / 6, 0, 1)
pub inline fn hardSwish(x: V) V {
    const y = x * (x + c(3)) / c(6);
    return keepNan(x, pick(x >= c(3), x, pick(x <= c(-3), x * c(0), y)));
}

/// clip(alpha * x + beta, 0, 1), in double because of the cancellation near its zero
pub inline fn hardSigmoid(x: V, alpha: f64, beta: f64) V {
    const y: V = @floatCast(@as(D, x) * @as(D, @splat(alpha)) + @as(D, @splat(beta)));
    return clip(y, 0, 1);
}

/// min(max(x, lo), hi), also where lo lies above hi; NaN stays NaN
pub inline fn clip(x: V, lo: f32, hi: f32) V {
    const low = pick(x < c(lo), c(lo), x);
    return pick(low > c(hi), c(hi), low);
}

pub inline fn sign(x: V) V {
    return pick(x > c(0), c(1), pick(x < c(0), c(-1), x));
}

/// To the nearest integer, halves to the even one; numbers from 2^23 up are integers already.
pub inline fn round(x: V) V {
    const t = @abs(x);
    const y = (t + c(8388608.0)) - c(8388608.0);
    return pick(t < c(8388608.0), pick(x < c(0), -y, y), x);
}
