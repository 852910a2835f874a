//! Sliding windows over up to three spatial axes, channels last: the geometry that conv, depthwise and pool share.
//! One and two spatial axes come with leading axes of size 1.

const call = @import("call.zig");
const Call = call.Call;

/// Attributes: images, channels, input[3], output[3], kernel[3], stride[3], dilation[3], low padding[3].
/// What sticks out at the high end is padding as well; the output size decides how much.
pub const attrs = 20;

pub const Place = struct { image: usize, at: [3]usize };

pub const Window = struct {
    images: usize,
    channels: usize,
    in: [3]usize,
    out: [3]usize,
    kernel: [3]usize,
    stride: [3]usize,
    dilation: [3]usize,
    low: [3]usize,

    pub fn of(c: *const Call) Window {
        return .{
            .images = c.int(0),
            .channels = c.int(1),
            .in = three(c, 2),
            .out = three(c, 5),
            .kernel = three(c, 8),
            .stride = three(c, 11),
            .dilation = three(c, 14),
            .low = three(c, 17),
        };
    }

    pub fn points(w: Window) usize {
        return w.images *| w.out[0] *| w.out[1] *| w.out[2];
    }

    pub fn taps(w: Window) usize {
        return w.kernel[0] *| w.kernel[1] *| w.kernel[2];
    }

    pub fn inputs(w: Window) usize {
        return w.images *| w.in[0] *| w.in[1] *| w.in[2] *| w.channels;
    }

    /// Image and output position of point m.
    pub fn place(w: Window, m: usize) Place {
        const x = m % w.out[2];
        const row = m / w.out[2];
        const y = row % w.out[1];
        const slab = row / w.out[1];
        return .{ .image = slab / w.out[0], .at = .{ slab % w.out[0], y, x } };
    }

    /// The point after one at a place.
    pub fn after(w: Window, p: Place) Place {
        var next = p;
        var axis: usize = 3;
        while (axis > 0) {
            axis -= 1;
            next.at[axis] += 1;
            if (next.at[axis] < w.out[axis]) return next;
            next.at[axis] = 0;
        }
        next.image += 1;
        return next;
    }

    /// Input coordinate before padding is taken off, that is plus `low`.
    pub fn start(w: Window, axis: usize, at: usize) usize {
        return at * w.stride[axis];
    }

    /// Taps [from, to) of the axis that fall inside the input.
    pub fn inside(w: Window, axis: usize, at: usize) [2]usize {
        const s = w.start(axis, at);
        const d = w.dilation[axis];
        const low = w.low[axis];
        if (d == 1) { // no divisions where nearly every network needs none
            const last = @min(w.in[axis] + low -| s, w.kernel[axis]);
            return .{ @min(low -| s, last), last };
        }
        const from = if (s >= low) 0 else (low - s + d - 1) / d;
        const end = w.in[axis] + low;
        const to = if (s >= end) 0 else (end - s + d - 1) / d;
        const clipped = @min(to, w.kernel[axis]);
        return .{ @min(from, clipped), clipped };
    }

    /// Positions [from, to) of the axis at which a tap falls inside the input.
    pub fn where(w: Window, axis: usize, tap: usize) [2]usize {
        const reach = tap * w.dilation[axis];
        const to = @min(w.out[axis], up((w.in[axis] + w.low[axis]) -| reach, w.stride[axis]));
        return .{ @min(to, up(w.low[axis] -| reach, w.stride[axis])), to };
    }

    /// Positions [from, to) of the axis all of whose taps fall inside the input; from is not above to.
    pub fn wholly(w: Window, axis: usize) [2]usize {
        const to = w.where(axis, w.kernel[axis] - 1)[1];
        return .{ @min(to, w.where(axis, 0)[0]), to };
    }

    /// Input coordinate of a tap that is inside.
    pub fn coordinate(w: Window, axis: usize, at: usize, tap: usize) usize {
        return w.start(axis, at) + tap * w.dilation[axis] - w.low[axis];
    }
};

fn up(n: usize, d: usize) usize {
    return (n + d - 1) / d;
}

fn three(c: *const Call, i: usize) [3]usize {
    return .{ c.int(i), c.int(i + 1), c.int(i + 2) };
}

pub fn check(c: *const Call) bool {
    if (c.attr_count < attrs or !c.sizes(0, attrs)) return false;
    for (8..17) |i| if (c.int(i) == 0) return false;
    return true;
}
