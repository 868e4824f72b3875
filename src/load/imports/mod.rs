//! Files that others made, on their way into the records.

pub(crate) mod calendar_sessions;
pub(crate) mod column_headings;
pub mod column_mapping;
pub mod column_roles;
pub mod evidence_form;
pub mod marksheet;
pub mod pupil_key;
pub mod schedule_form;
pub mod term_dates;
