//! Files of world_bank.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| suasion_fuzz::layouts("world_bank", bytes));
