//! Nothing written outside, nothing said falsely, no input that panics or waits.

mod concerns;
mod ids;
mod limits;
mod missing;
mod outputs;
mod writing;
