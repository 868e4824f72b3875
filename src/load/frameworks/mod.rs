//! Inspection frameworks: those built in, and the school's own.

pub(crate) mod file;
pub mod library;
pub mod lookup;
