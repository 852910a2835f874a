//! Which table of kernels this processor runs best. AXIOM_ISA in the environment (base, avx2, avx512) limits the choice.

const std = @import("std");
const builtin = @import("builtin");
const call = @import("call.zig");

pub const Choice = struct { name: [*:0]const u8, table: *const call.Table };

const x86 = struct {
    extern const axiom_kernels_base: call.Table;
    extern const axiom_kernels_avx2: call.Table;
    extern const axiom_kernels_avx512: call.Table;
};
const arm = struct {
    extern const axiom_kernels_neon: call.Table;
};

pub fn choose() Choice {
    if (builtin.cpu.arch == .aarch64) return .{ .name = "neon", .table = &arm.axiom_kernels_neon };
    const level = @min(supported(), limit());
    if (level == 2) return .{ .name = "avx512", .table = &x86.axiom_kernels_avx512 };
    if (level == 1) return .{ .name = "avx2", .table = &x86.axiom_kernels_avx2 };
    return .{ .name = "base", .table = &x86.axiom_kernels_base };
}

fn limit() u8 {
    const wish = std.mem.span(std.c.getenv("AXIOM_ISA") orelse return 2);
    if (std.mem.eql(u8, wish, "base")) return 0;
    if (std.mem.eql(u8, wish, "avx2")) return 1;
    return 2;
}

/// 0 base, 1 what x86-64-v3 needs, 2 what x86-64-v4 needs; the operating system must save the registers, too.
fn supported() u8 {
    if (cpuid(0, 0)[0] < 7) return 0;
    const one = cpuid(1, 0);
    const v3_1: u32 = 1 << 12 | 1 << 22 | 1 << 27 | 1 << 28 | 1 << 29; // fma movbe osxsave avx f16c
    if (one[2] & v3_1 != v3_1) return 0;
    const saved = xgetbv();
    const seven = cpuid(7, 0);
    const v3_7: u32 = 1 << 3 | 1 << 5 | 1 << 8; // bmi1 avx2 bmi2
    const lzcnt = cpuid(0x80000001, 0)[2] & 1 << 5 != 0;
    if (saved & 6 != 6 or seven[1] & v3_7 != v3_7 or !lzcnt) return 0;
    const v4_7: u32 = 1 << 16 | 1 << 17 | 1 << 28 | 1 << 30 | 1 << 31; // f dq cd bw vl
    return if (saved & 0xe6 == 0xe6 and seven[1] & v4_7 == v4_7) 2 else 1;
}

/// eax, ebx, ecx, edx
fn cpuid(leaf: u32, sub: u32) [4]u32 {
    var a: u32 = undefined;
    var b: u32 = undefined;
    var c: u32 = undefined;
    var d: u32 = undefined;
    asm volatile ("cpuid"
        : [a] "={eax}" (a),
          [b] "={ebx}" (b),
          [c] "={ecx}" (c),
          [d] "={edx}" (d),
        : [leaf] "{eax}" (leaf),
          [sub] "{ecx}" (sub),
    );
    return .{ a, b, c, d };
}

fn xgetbv() u32 {
    return asm volatile (
        \\ xor %%ecx, %%ecx
        \\ xgetbv
        : [low] "={eax}" (-> u32),
        :
        : .{ .edx = true, .ecx = true });
}
