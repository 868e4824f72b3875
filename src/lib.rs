//! `phase`: plans, judges and tracks the work of a primary school's phase leader from plain files.
//!
//! Data flows one way: files → [`school::School`] → an answer → a [`document::Document`] → bytes.

#[macro_use]
pub mod words;

pub mod cli;
pub mod diagnostic;
pub mod document;
pub mod edit;
pub mod improve;
pub mod judge;
pub mod load;
pub mod overview;
pub mod plan;
pub mod privacy;
pub mod render;
pub mod school;
pub mod statistics;
pub mod store;
pub mod text;
pub mod track;
pub mod view;

#[cfg(test)]
#[path = "../tests/unit/schemas.rs"]
mod schemas;
