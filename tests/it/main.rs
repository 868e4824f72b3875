//! Every test from outside, a module a room or a command.
//!
//! One binary, so that it is linked once. `cargo test --test it MODULE::` runs one module.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests may panic"
)]

mod begin;
mod check;
mod formats;
#[path = "../../benches/generator/mod.rs"]
mod generator;
mod guards;
mod hand_over;
mod improve;
mod judge;
mod plan;
mod program;
mod requirements;
mod rules;
mod safety;
mod seeded;
mod statistics;
mod stories;
mod structure;
#[cfg(unix)]
mod terminal;
mod track;
mod workspace;
