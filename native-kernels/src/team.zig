//! Threads that sleep until a run wants them. One run at a time has the team; a run that finds it taken, or that wants one
//! part only, works alone on its caller's thread: the numbers are the same. Threads are started on first use and stay.

const std = @import("std");
const sync = @import("sync.zig");

pub const max_parts = 64;
pub const Work = *const fn (context: *anyopaque, part: usize, parts: usize) void;

var lock = sync.SpinLock{};
var started: usize = 1;
/// Generation * 256 + parts of the job under way: one word, so that a late sleeper never mixes two jobs.
var job = sync.Word.init(0);
var work: Work = undefined;
var context: *anyopaque = undefined;
var arrived = sync.Word.init(0);
var phase = sync.Word.init(0);

pub fn run(wanted: usize, c: *anyopaque, w: Work) void {
    if (wanted <= 1 or !lock.tryLock()) return w(c, 0, 1);
    defer lock.unlock();
    const parts = start(wanted);
    if (parts == 1) return w(c, 0, 1);
    work = w;
    context = c;
    const generation = (job.load(.monotonic) >> 8) +% 1;
    job.store(generation << 8 | @as(u32, @intCast(parts)), .release);
    sync.wakeAll(&job);
    w(c, 0, parts);
    barrier(parts);
}

/// All parts of the job meet here.
pub fn barrier(parts: usize) void {
    if (parts == 1) return;
    const now = phase.load(.acquire);
    if (arrived.fetchAdd(1, .acq_rel) + 1 == parts) {
        arrived.store(0, .monotonic);
        phase.store(now +% 1, .release);
        sync.wakeAll(&phase);
    } else sync.waitWhile(&phase, now);
}

fn start(wanted: usize) usize {
    while (started < wanted) : (started += 1) {
        const t = std.Thread.spawn(.{ .stack_size = 1 << 20 }, sleeper, .{started}) catch break;
        t.detach();
    }
    return @min(wanted, started);
}

fn sleeper(index: usize) void {
    var seen: u32 = 0;
    while (true) {
        sync.waitWhile(&job, seen);
        seen = job.load(.acquire);
        const parts = seen & 255;
        if (index >= parts) continue;
        work(context, index, parts);
        barrier(parts);
    }
}
