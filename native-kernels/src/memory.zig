//! Memory that Java holds by its address: what runs work in, and blocks of weights. Its own size lies in front of it.

const std = @import("std");
const builtin = @import("builtin");
const gpa = std.heap.c_allocator;
const head = 64;
const small = std.mem.Alignment.@"64";
/// Large memory begins at such a page where the system has them: it is there, and found, in fewer steps.
const large = std.mem.Alignment.fromByteUnits(2 << 20);
const large_bytes = 4 << 20;
const use_huge_pages = 14;

extern "c" fn madvise(address: *anyopaque, length: usize, advice: c_int) c_int;

/// The next multiple of 64, or the largest number there is.
pub fn round(n: usize) usize {
    return (n +| 63) / 64 * 64;
}

pub fn create(bytes: usize) error{OutOfMemory}![*]align(64) u8 {
    const size = head +| bytes;
    const all = gpa.rawAlloc(size, alignment(size), @returnAddress()) orelse return error.OutOfMemory;
    if (size >= large_bytes and builtin.os.tag == .linux) _ = madvise(all, size, use_huge_pages);
    @as(*usize, @ptrCast(@alignCast(all))).* = size;
    return @alignCast(all + head);
}

pub fn destroy(data: [*]align(64) u8) void {
    const all = data - head;
    const size = @as(*usize, @ptrCast(@alignCast(all))).*;
    gpa.rawFree(all[0..size], alignment(size), @returnAddress());
}

fn alignment(size: usize) std.mem.Alignment {
    return if (size >= large_bytes) large else small;
}
