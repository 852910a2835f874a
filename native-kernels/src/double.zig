//! Functions that are not worth a polynomial: the C library's double precision, element by element, rounded once.

const isa = @import("isa.zig");
const V = isa.V;

pub extern "c" fn exp(f64) f64;
pub extern "c" fn log1p(f64) f64;
pub extern "c" fn sin(f64) f64;
pub extern "c" fn cos(f64) f64;
pub extern "c" fn tan(f64) f64;
pub extern "c" fn asin(f64) f64;
pub extern "c" fn acos(f64) f64;
pub extern "c" fn atan(f64) f64;
pub extern "c" fn sinh(f64) f64;
pub extern "c" fn cosh(f64) f64;
pub extern "c" fn asinh(f64) f64;
pub extern "c" fn acosh(f64) f64;
pub extern "c" fn atanh(f64) f64;

const c = struct {
    extern "c" fn pow(f64, f64) f64;
};

pub inline fn each(comptime f: fn (f64) callconv(.c) f64, x: V) V {
    var y: [isa.lanes]f32 = x;
    for (&y) |*v| v.* = @floatCast(f(v.*));
    return y;
}

/// x raised to a power, of one number.
pub fn power(x: f64, exponent: f64) f64 {
    return c.pow(x, exponent);
}

/// As Java's: 1 and an infinite or NaN exponent, and -1 and an infinite one, give NaN.
pub inline fn pow(x: V, exponent: f64) V {
    var y: [isa.lanes]f32 = x;
    for (&y) |*v| v.* = @floatCast(if (exponent - exponent != 0 and @abs(v.*) == 1) exponent - exponent else c.pow(v.*, exponent));
    return y;
}
