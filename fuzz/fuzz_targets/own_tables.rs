//! Tables of a study: chronicle, ties, flows, tallies, organisations, bibliography.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| suasion_fuzz::own_tables(bytes));
