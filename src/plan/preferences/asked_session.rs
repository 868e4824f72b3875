//! What a preference is asked of: a session of a plan, or one of a half term as agreed.

use crate::plan::clashes::ClashChecker;
use crate::plan::schedule::candidates::CandidateOrigin;
use crate::plan::schedule::context::PlanningContext;
use crate::school::Session;

/// A session that a plan may hold, by itself.
pub(super) struct CandidateSession<'c, 's> {
    pub context: &'c PlanningContext<'s>,
    pub session: &'c Session,
    pub origin: CandidateOrigin,
}

/// A session of a half term, and the others.
pub(super) struct AgreedSession<'s, 'a> {
    pub check: &'s ClashChecker<'a>,
    pub session: &'s Session,
    pub others: &'s [&'a Session],
}
