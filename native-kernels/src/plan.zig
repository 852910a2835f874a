//! A compiled network: instructions, packed weights, and a pool of frames (arena and scratch), one per concurrent caller.
//! A run allocates nothing once as many frames exist as callers run at once.

const std = @import("std");
const call = @import("call.zig");
const program = @import("program.zig");
const sync = @import("sync.zig");
const team = @import("team.zig");
const Operand = program.Operand;
const gpa = std.heap.c_allocator;
const alignment = std.mem.Alignment.@"64";

const Memory = []align(64) u8;

const Frame = struct { next: ?*Frame, arena: Memory, scratch: Memory, parts: usize };

pub const Plan = struct {
    store: std.heap.ArenaAllocator,
    program: program.Program,
    weights: Memory,
    scratch_bytes: usize,
    lock: sync.SpinLock = .{},
    free: ?*Frame = null,

    /// `so_far` counts the instructions accepted, also when creation fails.
    pub fn create(words: []const i64, raw: []const u8, table: *const call.Table, so_far: *usize) program.Status!*Plan {
        const p = try gpa.create(Plan);
        errdefer gpa.destroy(p);
        p.* = .{ .store = .init(gpa), .program = undefined, .weights = &.{}, .scratch_bytes = 0 };
        errdefer p.store.deinit();
        p.program = try program.Program.read(words, raw.len, table, p.store.allocator(), so_far);
        try p.packAll(raw);
        return p;
    }

    pub fn destroy(p: *Plan) void {
        while (p.free) |f| {
            p.free = f.next;
            release(f);
        }
        gpa.free(p.weights);
        p.store.deinit();
        gpa.destroy(p);
    }

    /// `addresses`: inputs, then outputs; none overlaps another.
    pub fn run(p: *Plan, addresses: [*]const usize, threads: usize) program.Status!void {
        const wanted = @max(1, @min(threads, team.max_parts));
        const frame = try p.take(wanted);
        defer p.give(frame);
        var job = Job{ .plan = p, .frame = frame, .addresses = addresses };
        team.run(wanted, &job, Job.part);
    }

    fn packAll(p: *Plan, raw: []const u8) program.Status!void {
        var spans: [program.max_operands]call.Span = undefined;
        var bytes: usize = 0;
        for (p.program.instructions) |i| {
            const shape = program.describe(i, &spans);
            p.scratch_bytes = @max(p.scratch_bytes, round(i.kernel.scratchBytes(&shape)));
            for (i.operands, 0..) |o, k| if (o.space == .weights) {
                bytes += packedBytes(i, &shape, k, o);
            };
        }
        p.weights = try gpa.alignedAlloc(u8, alignment, bytes);
        errdefer gpa.free(p.weights);
        var at: usize = 0;
        for (p.program.instructions) |i| {
            var shape = program.describe(i, &spans);
            for (i.operands, 0..) |*o, k| if (o.space == .weights) {
                const size = packedBytes(i, &shape, k, o.*);
                if (k == i.kernel.packs) {
                    const copy = try gpa.alignedAlloc(u8, alignment, @max(o.bytes, 1));
                    defer gpa.free(copy);
                    @memcpy(copy[0..o.bytes], raw[o.offset..][0..o.bytes]);
                    spans[k].ptr = copy.ptr;
                    i.kernel.pack(&shape, @ptrCast(@alignCast(p.weights[at..].ptr)));
                } else @memcpy(p.weights[at..][0..o.bytes], raw[o.offset..][0..o.bytes]);
                o.offset = at;
                at += size;
            };
        }
    }

    fn take(p: *Plan, parts: usize) program.Status!*Frame {
        p.lock.lock();
        const found = p.free;
        if (found) |f| p.free = f.next;
        p.lock.unlock();
        if (found) |f| {
            if (f.parts >= parts) return f;
            release(f);
        }
        const f = try gpa.create(Frame);
        errdefer gpa.destroy(f);
        const arena = try gpa.alignedAlloc(u8, alignment, @max(p.program.arena_bytes, 1));
        errdefer gpa.free(arena);
        const scratch = try gpa.alignedAlloc(u8, alignment, @max(p.scratch_bytes * parts, 1));
        f.* = .{ .next = null, .arena = arena, .scratch = scratch, .parts = parts };
        return f;
    }

    fn give(p: *Plan, f: *Frame) void {
        p.lock.lock();
        f.next = p.free;
        p.free = f;
        p.lock.unlock();
    }
};

fn release(f: *Frame) void {
    gpa.free(f.arena);
    gpa.free(f.scratch);
    gpa.destroy(f);
}

fn round(n: usize) usize {
    return (n + 63) / 64 * 64;
}

fn packedBytes(i: program.Instruction, shape: *const call.Call, k: usize, o: Operand) usize {
    return round(if (k == i.kernel.packs) i.kernel.packedBytes(shape) else o.bytes);
}

const Job = struct {
    plan: *Plan,
    frame: *Frame,
    addresses: [*]const usize,

    fn part(context: *anyopaque, index: usize, parts: usize) void {
        const job: *Job = @ptrCast(@alignCast(context));
        const p = job.plan;
        var spans: [program.max_operands]call.Span = undefined;
        for (p.program.instructions) |i| {
            for (i.operands, 0..) |o, k| spans[k] = .{ .ptr = job.base(o) + o.offset, .bytes = o.bytes };
            i.kernel.run(&.{
                .attrs = i.attrs.ptr,
                .attr_count = i.attrs.len,
                .spans = &spans,
                .span_count = i.operands.len,
                .scratch = @alignCast(job.frame.scratch.ptr + index * p.scratch_bytes),
                .part = index,
                .parts = parts,
            });
            team.barrier(parts);
        }
    }

    fn base(job: *const Job, o: Operand) [*]u8 {
        return switch (o.space) {
            .arena => job.frame.arena.ptr,
            .weights => job.plan.weights.ptr,
            .input => @ptrFromInt(job.addresses[o.index]),
            .output => @ptrFromInt(job.addresses[job.plan.program.inputs.len + o.index]),
        };
    }
};
