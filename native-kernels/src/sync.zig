//! Waiting: a spin lock for a few instructions, and sleep until a word changes.

const std = @import("std");
const builtin = @import("builtin");

pub const Word = std.atomic.Value(u32);

pub const SpinLock = struct {
    held: Word = .init(0),

    pub fn tryLock(l: *SpinLock) bool {
        return l.held.swap(1, .acquire) == 0;
    }

    pub fn lock(l: *SpinLock) void {
        while (!l.tryLock()) while (l.held.load(.monotonic) != 0) std.atomic.spinLoopHint();
    }

    pub fn unlock(l: *SpinLock) void {
        l.held.store(0, .release);
    }
};

/// Spins for some microseconds, then sleeps while the word has that value; may wake early.
pub fn waitWhile(word: *Word, value: u32) void {
    for (0..2000) |_| {
        if (word.load(.acquire) != value) return;
        std.atomic.spinLoopHint();
    }
    while (word.load(.acquire) == value) sleep(word, value);
}

pub fn wakeAll(word: *Word) void {
    switch (builtin.os.tag) {
        .linux => _ = std.os.linux.futex_3arg(&word.raw, .{ .cmd = .WAKE, .private = true }, std.math.maxInt(i32)),
        .macos => _ = __ulock_wake(0x101, &word.raw, 0), // UL_COMPARE_AND_WAIT | ULF_WAKE_ALL
        .windows => RtlWakeAddressAll(&word.raw),
        else => @compileError("no way to wake threads on this system"),
    }
}

fn sleep(word: *Word, value: u32) void {
    switch (builtin.os.tag) {
        .linux => _ = std.os.linux.futex_4arg(&word.raw, .{ .cmd = .WAIT, .private = true }, value, null),
        .macos => _ = __ulock_wait(1, &word.raw, value, 0), // UL_COMPARE_AND_WAIT
        .windows => _ = RtlWaitOnAddress(&word.raw, &value, 4, null),
        else => @compileError("no way to wait on this system"),
    }
}

extern "c" fn __ulock_wait(op: u32, at: *const anyopaque, value: u64, micros: u32) c_int;
extern "c" fn __ulock_wake(op: u32, at: *const anyopaque, value: u64) c_int;
extern "ntdll" fn RtlWaitOnAddress(at: *const anyopaque, value: *const anyopaque, size: usize, timeout: ?*const i64) callconv(.winapi) u32;
extern "ntdll" fn RtlWakeAddressAll(at: *const anyopaque) callconv(.winapi) void;
