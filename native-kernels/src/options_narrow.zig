//! Compile-time options of an ordinary build.
pub const wide = false;
