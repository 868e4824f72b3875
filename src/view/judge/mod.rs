//! Grades, the evidence behind them, and the forms to take along.

pub mod arithmetic;
pub mod discussion_form;
pub mod evaluation;
pub mod evidence_form;
pub mod frameworks;
pub mod grade_steps;
pub(crate) mod judgement_table;
pub mod moderation;
pub mod practice;
