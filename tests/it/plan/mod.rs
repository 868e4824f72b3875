//! Planning: schedules checked by other means, and what becomes of them.

mod schedules;
mod sessions;
