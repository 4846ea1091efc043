//! Files of sipri.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| suasion_fuzz::layouts("sipri", bytes));
