//! Files of correlates_of_war.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| suasion_fuzz::layouts("correlates_of_war", bytes));
