//! Derivatives of functions of one number: y[i] = f(x[i]) in double precision, rounded once. Operands x, y.
//! Attributes: n, kind, then the function; numbers with a fraction are doubles.
//! Kind 0, curves between cuts: cuts, for each its place and whether the curve on its left has it, then one curve more than
//! cuts: p, u, q, e for p(x) * u(x)^q * exp(e(x)), polynomials being their number of coefficients and these from the constant.
//! Kind 1, a polynomial of functions: ring, rate, terms, for each term its coefficient and the exponents of rate * x and of
//! the ring's functions: 0 logistic, 1 the gate of GELU's tanh form (both f(y), f(-y)), 2 those of Mish (f(y), f(-y), g, 1 - g),
//! 3 the normal distribution and its density.
//! Kind 2, a polynomial of the tangent.

const std = @import("std");
const call = @import("call.zig");
const double = @import("double.zig");
const Call = call.Call;

pub const slope = call.Kernel{ .check = &check, .run = &run };

const Words = struct {
    words: []const i64,
    at: usize,

    fn real(w: *Words) f64 {
        defer w.at += 1;
        return @bitCast(w.words[w.at]);
    }

    fn whole(w: *Words) usize {
        defer w.at += 1;
        return @intCast(w.words[w.at]);
    }

    /// The next word as a number up to a limit; null where it is none.
    fn count(w: *Words, most: usize) ?usize {
        if (w.at >= w.words.len or w.words[w.at] < 0 or w.words[w.at] > most) return null;
        return w.whole();
    }

    fn skip(w: *Words, n: usize) ?void {
        if (w.at + n > w.words.len) return null;
        w.at += n;
    }

    fn polynomial(w: *Words) ?void {
        return w.skip(w.count(1 << 16) orelse return null);
    }
};

const functions_of = [_]usize{ 2, 2, 4, 2 };
const most_power = 1 << 16;

fn check(c: *const Call) callconv(.c) bool {
    if (c.span_count != 2 or c.attr_count < 3 or !c.sizes(0, 2)) return false;
    if (!c.holds(0, c.int(0)) or !c.holds(1, c.int(0))) return false;
    var w = Words{ .words = c.attrs[0..c.attr_count], .at = 2 };
    const known = switch (c.int(1)) {
        0 => curves(&w),
        1 => ring(&w),
        2 => w.polynomial(),
        else => null,
    };
    return known != null and w.at == c.attr_count;
}

fn curves(w: *Words) ?void {
    const cuts = w.count(1 << 16) orelse return null;
    w.skip(2 * cuts) orelse return null;
    for (0..cuts + 1) |_| {
        w.polynomial() orelse return null;
        w.polynomial() orelse return null;
        w.skip(1) orelse return null;
        w.polynomial() orelse return null;
    }
}

fn ring(w: *Words) ?void {
    const kind = w.count(functions_of.len - 1) orelse return null;
    w.skip(1) orelse return null;
    const terms = w.count(1 << 16) orelse return null;
    for (0..terms) |_| {
        w.skip(1) orelse return null;
        for (0..functions_of[kind] + 1) |_| _ = w.count(most_power) orelse return null;
    }
}

fn run(c: *const Call) callconv(.c) void {
    const r = c.share(c.int(0), 64);
    const x = c.floats(0);
    const y = c.out(1);
    const words = c.attrs[0..c.attr_count];
    for (r[0]..r[1]) |i| {
        var w = Words{ .words = words, .at = 2 };
        const at: f64 = x[i];
        y[i] = @floatCast(switch (c.int(1)) {
            0 => piecewise(&w, at),
            1 => summed(&w, at),
            else => if (at != at) at else polynomial(&w, double.tan(at)),
        });
    }
}

/// By Horner's rule, from the highest coefficient.
fn polynomial(w: *Words, x: f64) f64 {
    const n = w.whole();
    defer w.at += n;
    var y: f64 = 0;
    var i = n;
    while (i > 0) {
        i -= 1;
        const coefficient: f64 = @bitCast(w.words[w.at + i]);
        y = if (i + 1 == n) coefficient else @mulAdd(f64, y, x, coefficient);
    }
    return y;
}

fn piecewise(w: *Words, x: f64) f64 {
    const cuts = w.whole();
    var before: usize = 0;
    for (0..cuts) |_| {
        const at = w.real();
        const left = w.whole() != 0;
        before += @intFromBool(if (left) x > at else x >= at);
    }
    for (0..before) |_| {
        w.polynomial() orelse unreachable;
        w.polynomial() orelse unreachable;
        w.at += 1;
        w.polynomial() orelse unreachable;
    }
    return curve(w, x);
}

fn curve(w: *Words, x: f64) f64 {
    const factor = polynomial(w, x);
    const base = polynomial(w, x);
    const power = w.real();
    const exponents = w.words[w.at];
    const exponent = polynomial(w, x);
    var weight: f64 = if (power == 0) 1 else double.power(base, power);
    if (exponents > 0) weight *= double.exp(exponent);
    return if (x != x) x else if (weight == 0) 0 else factor * weight;
}

fn summed(w: *Words, x: f64) f64 {
    const kind = w.whole();
    const y = w.real() * x;
    var all = variables(kind, y);
    if (std.math.isInf(y)) all[0] = 0; // there a term with the number has decayed
    var sum: f64 = 0;
    for (0..w.whole()) |_| {
        var product = w.real();
        const exponents = w.at;
        var i = functions_of[kind] + 1;
        while (i > 0) { // what has decayed before what has grown
            i -= 1;
            for (0..@intCast(w.words[exponents + i])) |_| product *= all[i];
        }
        w.at += functions_of[kind] + 1;
        sum += product;
    }
    return sum;
}

fn variables(kind: usize, y: f64) [5]f64 {
    return switch (kind) {
        0 => .{ y, logistic(y), logistic(-y), 0, 0 },
        1 => .{ y, logistic(inner(y)), logistic(-inner(y)), 0, 0 },
        2 => .{ y, logistic(y), logistic(-y), gate(y), rest(logistic(-y)) },
        else => .{ y, below(y), density(y), 0, 0 },
    };
}

fn logistic(x: f64) f64 {
    const e = double.exp(-@abs(x));
    return if (x >= 0) 1 / (1 + e) else e / (1 + e);
}

/// 2 sqrt(2 / pi) (x + 0.044715 x^3), what GELU's tanh form takes the logistic function of.
fn inner(x: f64) f64 {
    return 1.5957691216057308 * x * @mulAdd(f64, 0.044715 * x, x, 1);
}

/// tanh(ln(1 + exp(x))).
fn gate(x: f64) f64 {
    const q = double.exp(-@abs(x));
    return if (x >= 0) (1 + 2 * q) / (1 + 2 * q * (1 + q)) else q * (q + 2) / (q * (q + 2) + 2);
}

/// 1 less that, from the logistic function of -x.
fn rest(c: f64) f64 {
    return 2 * c * c / (1 + c * c);
}

/// Density of the normal distribution; the square's rounding error is put back.
fn density(x: f64) f64 {
    const square = x * x;
    if (square > 1500) return 0;
    const left = @mulAdd(f64, x, x, -square);
    return double.exp(-square / 2) * (1 - left / 2) / 2.5066282746310007;
}

/// Probability of a number below x: near 0 by the series of positive terms, in the tails by Mills' ratio.
fn below(x: f64) f64 {
    if (x < -1.5) return tail(-x);
    if (x > 1.5) return 1 - tail(x);
    var term = x;
    var sum = x;
    var n: f64 = 3;
    while (@abs(term) > @abs(sum) * 0x1p-56) : (n += 2) {
        term *= x * x / n;
        sum += term;
    }
    return 0.5 + sum * density(x);
}

fn tail(x: f64) f64 {
    var k: f64 = @trunc(450 / (x * x)) + 20;
    var fraction = x;
    while (k > 0) : (k -= 1) fraction = x + k / fraction;
    return density(x) / fraction;
}
