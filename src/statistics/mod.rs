//! Numbers in, numbers out: agreement between raters, shares, means and gaps. Knows no schools.

pub mod agreement;
pub mod gaps;
pub mod many;
pub mod means;
pub mod reference;
pub mod shares;
