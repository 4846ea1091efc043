//! Tables that a mapping describes, and mappings.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| suasion_fuzz::mapped(bytes));
