//! What a change wrote, or would write.

pub mod forget_pupil;
pub mod imports;
pub mod new_year;
pub mod set_up;
