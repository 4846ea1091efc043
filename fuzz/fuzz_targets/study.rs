//! A study file, its claims and its periodisations.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| suasion_fuzz::study(bytes));
