//! Track: attainment against its path.

pub(crate) mod causes;
pub(crate) mod gaps;
pub(crate) mod trajectory;
