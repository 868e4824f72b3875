//! Numbers in, numbers out: agreement between raters, shares, means and gaps. Knows no schools.

pub mod agreement;
pub mod difference;
pub mod mean;
pub mod multiple_testing;
pub mod proportion;
pub mod proportion_test;
