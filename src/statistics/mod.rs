//! Numbers in, numbers out: agreement between raters, and shares. Knows no schools.

pub mod agreement;
pub mod shares;
