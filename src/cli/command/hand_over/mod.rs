//! Hand over: notices and reports.

pub(crate) mod notify;
pub(crate) mod report;
