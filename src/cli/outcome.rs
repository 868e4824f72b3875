//! What a command came to, for the exit code.

/// What a command came to, for the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Answered: 0.
    Answered,
    /// The records are wrong: 1.
    Faulty,
    /// Answered, but something needs a person: 3.
    Unsettled,
}
