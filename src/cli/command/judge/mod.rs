//! Judge: evidence in, grades out.

pub(crate) mod evaluate;
pub(crate) mod form;
pub(crate) mod frameworks;
pub(crate) mod moderate;
pub(crate) mod practice;
pub(crate) mod record;
