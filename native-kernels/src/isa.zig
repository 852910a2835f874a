//! What the compile target offers: vector length, register tile, fused multiply-add. The same sources are compiled
//! once per instruction set; everything that differs is decided here, at compile time.

const std = @import("std");
const builtin = @import("builtin");
const options = @import("options");

const cpu = builtin.cpu;

fn x86(comptime f: std.Target.x86.Feature) bool {
    return cpu.arch == .x86_64 and std.Target.x86.featureSetHas(cpu.features, f);
}

/// `options.wide` forces the 512-bit shapes on narrower targets, so that their logic is tested where no AVX-512 is.
const avx512 = options.wide or x86(.avx512f);
const neon = cpu.arch == .aarch64;

pub const has_fma = neon or x86(.fma) or x86(.avx512f);

pub const name = if (neon) "neon" else if (avx512) "avx512" else if (x86(.avx2)) "avx2" else "base";

/// Lanes of one float32 vector.
pub const lanes = if (avx512) 16 else if (x86(.avx2)) 8 else 4;
/// Vectors side by side in a register tile, and so in a packed panel.
pub const tile_vectors = if (avx512) 4 else if (neon) 3 else 2;
/// Vectors of sums that the registers hold beside what is multiplied.
pub const accumulators = if (avx512 or neon) 24 else 12;
/// Sums that must be under way at once to hide the latency of one.
pub const sums_under_way = 8;
pub const panel = lanes * tile_vectors;

pub const V = @Vector(lanes, f32);

/// a * b + c, in one rounding where the target has it and in two where not.
pub inline fn mad(a: anytype, b: @TypeOf(a), c: @TypeOf(a)) @TypeOf(a) {
    return if (has_fma) @mulAdd(@TypeOf(a), a, b, c) else a * b + c;
}

pub inline fn splat(x: f32) V {
    return @splat(x);
}

pub inline fn load(p: [*]const f32) V {
    return p[0..lanes].*;
}

pub inline fn store(p: [*]f32, v: V) void {
    p[0..lanes].* = v;
}

/// Whether a mask of lanes costs no more than a whole vector.
const masks = x86(.avx512f) and !options.wide;

/// The first n < lanes elements, the other lanes zero.
pub inline fn loadPart(p: [*]const f32, n: usize) V {
    if (masks) return asm volatile ("vmovups (%[p]), %[v]{%[m]}{z}"
        : [v] "=v" (-> V),
        : [p] "r" (p),
          [m] "{k1}" (lanesBelow(n)),
        : .{ .memory = true });
    var t: [lanes]f32 = @splat(0);
    for (0..n) |i| t[i] = p[i];
    return t;
}

pub inline fn storePart(p: [*]f32, v: V, n: usize) void {
    if (masks) return asm volatile ("vmovups %[v], (%[p]){%[m]}"
        :
        : [v] "v" (v),
          [p] "r" (p),
          [m] "{k1}" (lanesBelow(n)),
        : .{ .memory = true });
    const t: [lanes]f32 = v;
    for (0..n) |i| p[i] = t[i];
}

inline fn lanesBelow(n: usize) u16 {
    return @intCast((@as(u32, 1) << @intCast(n)) - 1);
}

const streams = cpu.arch == .x86_64 and !options.wide;

/// Stores what is not read soon, past the caches where the processor can; at a multiple of the vector's bytes.
pub inline fn stream(p: [*]f32, v: V) void {
    if (!streams) return store(p, v);
    if (lanes == 4) {
        asm volatile ("movntps %[v], (%[p])"
            :
            : [v] "x" (v),
              [p] "r" (p),
            : .{ .memory = true });
    } else {
        asm volatile ("vmovntps %[v], (%[p])"
            :
            : [v] "v" (v),
              [p] "r" (p),
            : .{ .memory = true });
    }
}

/// Has all see what was streamed.
pub inline fn streamed() void {
    if (streams) asm volatile ("sfence" ::: .{ .memory = true });
}
