//! Root of the kernel tests: every family, and whole plans. See test.sh.

test {
    _ = @import("test/unary_test.zig");
    _ = @import("test/gemm_test.zig");
    _ = @import("test/window_test.zig");
    _ = @import("test/rows_test.zig");
    _ = @import("test/nests_test.zig");
    _ = @import("test/plan_test.zig");
}
