//! Compile-time options that force the 512-bit shapes, for tests on machines without AVX-512.
pub const wide = true;
