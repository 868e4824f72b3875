//! Where things stand, the reports and the notices.

mod headteacher_copy;
pub(crate) mod meeting_sections;
pub mod notices;
pub mod report;
pub(crate) mod session_notice;
pub mod status;
pub(crate) mod year_figures;
