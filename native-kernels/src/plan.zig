//! A compiled network: instructions, checked. It holds neither weights nor working memory; whoever runs it says where they
//! lie, so that plans of all sizes share both. A run allocates nothing and takes no lock but the team's.

const std = @import("std");
const call = @import("call.zig");
const memory = @import("memory.zig");
const program = @import("program.zig");
const team = @import("team.zig");
const Operand = program.Operand;
const gpa = std.heap.c_allocator;

pub const Plan = struct {
    store: std.heap.ArenaAllocator,
    program: program.Program,
    scratch_bytes: usize,

    /// `so_far` counts the instructions accepted, also when creation fails.
    pub fn create(words: []const i64, table: *const call.Table, so_far: *usize) program.Status!*Plan {
        const p = try gpa.create(Plan);
        errdefer gpa.destroy(p);
        p.* = .{ .store = .init(gpa), .program = undefined, .scratch_bytes = 0 };
        errdefer p.store.deinit();
        p.program = try program.Program.read(words, table, p.store.allocator(), so_far);
        var spans: [program.max_operands]call.Span = undefined;
        for (p.program.instructions) |i| {
            p.scratch_bytes = @max(p.scratch_bytes, memory.round(i.kernel.scratchBytes(&program.describe(i, &spans))));
        }
        return p;
    }

    pub fn destroy(p: *Plan) void {
        p.store.deinit();
        gpa.destroy(p);
    }

    /// Bytes that a run by so many threads works in: the arena, then scratch for each.
    pub fn workBytes(p: *const Plan, threads: usize) usize {
        return memory.round(p.program.arena_bytes) +| p.scratch_bytes *| partsOf(threads);
    }

    /// `addresses`: inputs, outputs, weights, then memory to work in, 64-byte aligned; none overlaps another.
    pub fn run(p: *const Plan, addresses: [*]const usize, threads: usize) void {
        var job = Job{ .plan = p, .addresses = addresses };
        team.run(partsOf(threads), &job, Job.part);
    }

    fn partsOf(threads: usize) usize {
        return @max(1, @min(threads, team.max_parts));
    }
};

const Job = struct {
    plan: *const Plan,
    addresses: [*]const usize,

    fn part(context: *anyopaque, index: usize, parts: usize) void {
        const job: *Job = @ptrCast(@alignCast(context));
        const p = job.plan;
        const scratch = job.work() + memory.round(p.program.arena_bytes) + index * p.scratch_bytes;
        var spans: [program.max_operands]call.Span = undefined;
        for (p.program.instructions) |i| {
            for (i.operands, 0..) |o, k| spans[k] = .{ .ptr = job.base(o) + o.offset, .bytes = o.bytes };
            i.kernel.run(&.{
                .attrs = i.attrs.ptr,
                .attr_count = i.attrs.len,
                .spans = &spans,
                .span_count = i.operands.len,
                .scratch = @alignCast(scratch),
                .part = index,
                .parts = parts,
            });
            team.barrier(parts);
        }
    }

    fn base(job: *const Job, o: Operand) [*]u8 {
        const p = job.plan.program;
        return switch (o.space) {
            .arena => job.work(),
            .input => @ptrFromInt(job.addresses[o.index]),
            .output => @ptrFromInt(job.addresses[p.inputs.len + o.index]),
            .weight => @ptrFromInt(job.addresses[p.inputs.len + p.outputs.len + o.index]),
        };
    }

    fn work(job: *const Job) [*]u8 {
        const p = job.plan.program;
        return @ptrFromInt(job.addresses[p.inputs.len + p.outputs.len + p.weights.len]);
    }
};
