//! Speed of each kernel family on one thread: GFLOP/s and share of the machine's peak measured in the same run, or
//! GB/s of operands for kernels that only move. Best of several rounds, because the machine is shared. See bench.sh.

const std = @import("std");
const defs = @import("src/defs.zig");
const isa = @import("src/isa.zig");
const call = @import("src/call.zig");
const kernels = @import("kernels.zig");
const harness = @import("test/harness.zig");
const gpa = std.heap.c_allocator;

extern "c" fn printf(format: [*:0]const u8, ...) c_int;

fn now() f64 {
    var t: std.c.timespec = undefined;
    _ = std.c.clock_gettime(.MONOTONIC, &t);
    return @as(f64, @floatFromInt(t.sec)) + @as(f64, @floatFromInt(t.nsec)) * 1e-9;
}

var peak: f64 = 0;

/// Fused multiply-adds on registers alone, as many under way as there are registers.
fn measurePeak() void {
    const n = if (isa.lanes == 16) 24 else 12;
    for (0..20) |_| {
        var acc: [n]isa.V = @splat(isa.splat(0.5));
        const a = isa.splat(@floatCast(0.5 + now() * 1e-30));
        const rounds = 2_000_000;
        const t = now();
        for (0..rounds) |_| inline for (0..n) |i| {
            acc[i] = isa.mad(acc[i], a, a);
        };
        const seconds = now() - t;
        std.mem.doNotOptimizeAway(acc);
        peak = @max(peak, 2.0 * rounds * n * isa.lanes / seconds * 1e-9);
    }
}

const Case = struct { name: [*:0]const u8, flops: usize, attrs: []const i64, sizes: []const usize };

fn run(comptime kernel_name: []const u8, c: Case) void {
    const kernel = kernels.table.kernels[comptime defs.opcode(kernel_name)].?;
    var spans: [8]call.Span = undefined;
    var bytes: f64 = 0;
    for (c.sizes, 0..) |n, i| {
        const x = gpa.alignedAlloc(f32, .@"64", n) catch @panic("memory");
        for (x, 0..) |*v, k| v.* = @as(f32, @floatFromInt(k % 97)) / 97 - 0.4;
        spans[i] = .{ .ptr = @ptrCast(x.ptr), .bytes = n * 4 };
        bytes += @floatFromInt(n * 4);
    }
    var k = call.Call{ .attrs = c.attrs.ptr, .attr_count = c.attrs.len, .spans = &spans, .span_count = c.sizes.len, .scratch = undefined, .part = 0, .parts = 1 };
    if (!kernel.check(&k)) @panic("the benchmark's own call is refused");
    k.scratch = (gpa.alignedAlloc(u8, .@"64", kernel.scratchBytes(&k) + 64) catch @panic("memory")).ptr;
    if (kernel.packs >= 0) spans[@intCast(kernel.packs)].ptr = harness.packedBlock(kernel, &k).ptr;
    kernel.run(&k);
    var best: f64 = 1e9;
    const begin = now();
    while (now() - begin < 0.25) {
        const t = now();
        kernel.run(&k);
        best = @min(best, now() - t);
    }
    const family = kernel_name ++ "";
    if (c.flops > 0) {
        const speed = @as(f64, @floatFromInt(c.flops)) / best * 1e-9;
        _ = printf("%-13s %-34s %9.1f us %8.1f GFLOP/s %5.0f %% of peak\n", family.ptr, c.name, best * 1e6, speed, speed / peak * 100);
    } else _ = printf("%-13s %-34s %9.1f us %8.1f GB/s\n", family.ptr, c.name, best * 1e6, bytes / best * 1e-9);
}

fn dense(name: [*:0]const u8, comptime m: usize, comptime n: usize, comptime k: usize) void {
    run("dense", .{ .name = name, .flops = 2 * m * n * k, .attrs = &.{ m, n, k, 1, comptime defs.opcode("relu"), 0, 0 }, .sizes = &.{ m * k, k * n, n, m * n } });
}

const Net = struct { name: [*:0]const u8, size: usize, channels: usize, outs: usize, kernel: usize, stride: usize = 1 };

fn windowAttrs(comptime c: Net) [20]i64 {
    const o = (c.size - 1) / c.stride + 1;
    return .{ 1, c.channels, 1, c.size, c.size, 1, o, o, 1, c.kernel, c.kernel, 1, c.stride, c.stride, 1, 1, 1, 0, c.kernel / 2, c.kernel / 2 };
}

fn conv(comptime c: Net) void {
    const o = (c.size - 1) / c.stride + 1;
    const taps = c.kernel * c.kernel;
    const attrs = comptime windowAttrs(c) ++ [_]i64{ c.outs, 1, 1, defs.opcode("relu"), 0, 0 };
    run("conv", .{ .name = c.name, .flops = 2 * o * o * taps * c.channels * c.outs, .attrs = &attrs, .sizes = &.{ c.size * c.size * c.channels, taps * c.channels * c.outs, c.outs, o * o * c.outs } });
}

/// GFLOP/s of the plain convolution: more than the peak is possible.
fn winograd(comptime c: Net, comptime m: usize) void {
    const attrs = comptime windowAttrs(c) ++ [_]i64{ c.outs, m, 1, defs.opcode("relu"), 0, 0 };
    run("winograd", .{ .name = c.name, .flops = 2 * c.size * c.size * 9 * c.channels * c.outs, .attrs = &attrs, .sizes = &.{ c.size * c.size * c.channels, 9 * c.channels * c.outs, c.outs, c.size * c.size * c.outs } });
}

fn depthwise(comptime c: Net) void {
    const o = (c.size - 1) / c.stride + 1;
    const attrs = comptime windowAttrs(c) ++ [_]i64{ 1, defs.opcode("relu"), 0, 0 };
    run("depthwise", .{ .name = c.name, .flops = 2 * o * o * c.kernel * c.kernel * c.channels, .attrs = &attrs, .sizes = &.{ c.size * c.size * c.channels, c.kernel * c.kernel * c.channels, c.channels, o * o * c.channels } });
}

pub fn main() void {
    measurePeak();
    _ = printf("instruction set %s, peak %.1f GFLOP/s on one thread\n", @as([*:0]const u8, isa.name), peak);
    dense("512 x 512 x 512", 512, 512, 512);
    dense("1024 x 1024 x 1024", 1024, 1024, 1024);
    dense("32 x 784 -> 256", 32, 256, 784);
    dense("1 x 784 -> 256", 1, 256, 784);
    dense("1 x 4096 -> 4096", 1, 4096, 4096);
    dense("8 x 4096 -> 1024", 8, 1024, 4096);
    run("matmul", .{ .name = "12 heads 197 x 197 x 64", .flops = 2 * 12 * 197 * 197 * 64, .attrs = &.{ 12, 197, 197, 64, 197 * 64, 197 * 64, 1, 64 }, .sizes = &.{ 12 * 197 * 64, 12 * 197 * 64, 12 * 197 * 197 } });
    conv(.{ .name = "56x56x64 -> 64, 3x3", .size = 56, .channels = 64, .outs = 64, .kernel = 3 });
    conv(.{ .name = "14x14x256 -> 256, 3x3", .size = 14, .channels = 256, .outs = 256, .kernel = 3 });
    conv(.{ .name = "56x56x64 -> 256, 1x1", .size = 56, .channels = 64, .outs = 256, .kernel = 1 });
    conv(.{ .name = "224x224x3 -> 64, 7x7 /2", .size = 224, .channels = 3, .outs = 64, .kernel = 7, .stride = 2 });
    conv(.{ .name = "28x28x1 -> 32, 3x3", .size = 28, .channels = 1, .outs = 32, .kernel = 3 });
    winograd(.{ .name = "56x56x64 -> 64, F(4,3)", .size = 56, .channels = 64, .outs = 64, .kernel = 3 }, 4);
    winograd(.{ .name = "28x28x128 -> 128, F(4,3)", .size = 28, .channels = 128, .outs = 128, .kernel = 3 }, 4);
    winograd(.{ .name = "14x14x256 -> 256, F(4,3)", .size = 14, .channels = 256, .outs = 256, .kernel = 3 }, 4);
    winograd(.{ .name = "14x14x256 -> 256, F(2,3)", .size = 14, .channels = 256, .outs = 256, .kernel = 3 }, 2);
    winograd(.{ .name = "7x7x512 -> 512, F(4,3)", .size = 7, .channels = 512, .outs = 512, .kernel = 3 }, 4);
    winograd(.{ .name = "7x7x512 -> 512, F(2,3)", .size = 7, .channels = 512, .outs = 512, .kernel = 3 }, 2);
    winograd(.{ .name = "14x14x32 -> 64, F(4,3)", .size = 14, .channels = 32, .outs = 64, .kernel = 3 }, 4);
    depthwise(.{ .name = "112x112x32, 3x3", .size = 112, .channels = 32, .outs = 32, .kernel = 3 });
    depthwise(.{ .name = "14x14x384, 3x3", .size = 14, .channels = 384, .outs = 384, .kernel = 3 });
    const pooled = comptime windowAttrs(.{ .name = "", .size = 112, .channels = 64, .outs = 64, .kernel = 3, .stride = 2 });
    run("max_pool", .{ .name = "112x112x64, 3x3 /2", .flops = 0, .attrs = &pooled, .sizes = &.{ 112 * 112 * 64, 56 * 56 * 64 } });
    inline for (.{ "relu", "sigmoid", "tanh", "gelu", "silu", "exp", "log" }) |name| {
        run(name, .{ .name = "16384 numbers", .flops = 0, .attrs = &.{ 16384, 0, 0 }, .sizes = &.{ 16384, 16384 } });
    }
    run("add", .{ .name = "16384 numbers", .flops = 0, .attrs = &.{ 1, 16384, 1, 1 }, .sizes = &.{ 16384, 16384, 16384 } });
    run("softmax", .{ .name = "128 rows of 1000", .flops = 0, .attrs = &.{ 128, 1000 }, .sizes = &.{ 128000, 128000 } });
    run("layer_norm", .{ .name = "197 rows of 768", .flops = 0, .attrs = &.{ 197, 768, @bitCast(@as(f64, 1e-5)) }, .sizes = &.{ 197 * 768, 768, 768, 197 * 768 } });
    run("copy", .{ .name = "transpose 512 x 512", .flops = 0, .attrs = &.{ 2, 0, 0, 512, 512, 1, 512, 512, 1 }, .sizes = &.{ 512 * 512, 512 * 512 } });
    run("reduce_mean", .{ .name = "49 points of 2048 channels", .flops = 0, .attrs = &.{ 1, 49, 2048 }, .sizes = &.{ 49 * 2048, 2048 } });
}
