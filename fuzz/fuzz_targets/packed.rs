//! Packed files: zip, gzip, zstd.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| suasion_fuzz::packed(bytes));
