//! Files of un_digital_library.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| suasion_fuzz::layouts("un_digital_library", bytes));
