//! Text as files hold it, and rows of delimited text.

pub mod delimited;
pub mod encoding;
