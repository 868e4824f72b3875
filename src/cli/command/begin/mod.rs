//! Begin: the folder, its checks and where things stand.

pub(crate) mod ask;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod forget;
pub(crate) mod init;
pub(crate) mod new_year;
pub(crate) mod status;
pub(crate) mod undo;
