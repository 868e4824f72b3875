//! What is wrong with what was asked on the command line: exit code 2.

/// What was asked on the command line cannot be.
#[derive(Debug)]
pub struct UsageError(pub String);

impl std::fmt::Display for UsageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}

/// Returns from the function with a [`UsageError`] in these words.
macro_rules! bail_usage {
    ($($words:tt)*) => {
        return Err($crate::cli::shell::usage::UsageError(format!($($words)*)).into())
    };
}
pub(crate) use bail_usage;
