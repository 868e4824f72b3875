//! Checks across files, after all of them are read.

pub(crate) mod action_links;
pub(crate) mod evidence_consistency;
pub(crate) mod pupil_codes_in_notes;
pub mod pupil_mentions;
pub(crate) mod set_up;
pub(crate) mod unread_files;
