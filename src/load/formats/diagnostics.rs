//! Every problem of a folder's files: one list, to which whatever reads one of them adds.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::values::ValueError;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::privacy::concerns::ConcernCheck;
use crate::school::settings::safeguarding::Safeguarding;

/// Every problem found so far. A copy is the same list: files that are read side by side share it.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Arc<Mutex<Found>>);

#[derive(Debug, Default)]
struct Found {
    list: Vec<Diagnostic>,
    /// Lines that are not to be shown.
    hushed: BTreeSet<Place>,
    concern_check: Arc<ConcernCheck>,
    /// Whom a concern is reported to.
    route: Vec<String>,
}

impl Diagnostics {
    /// None yet, with a school's own phrases that read as a concern, and its route.
    pub fn of(safeguarding: &Safeguarding) -> Self {
        let none = Self::default();
        none.learn(safeguarding);
        none
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes over the school's own phrases that read as a concern, and its route.
    pub fn learn(&self, safeguarding: &Safeguarding) {
        self.found().concern_check = Arc::new(ConcernCheck::new(&safeguarding.phrases));
        self.learn_route(safeguarding.route.clone());
    }

    /// Takes over the school's own route for a concern.
    pub fn learn_route(&self, route: Vec<String>) {
        self.found().route = route;
    }

    /// What tells that words read as a safeguarding concern.
    pub fn concern_check(&self) -> Arc<ConcernCheck> {
        self.found().concern_check.clone()
    }

    /// That something reads as a concern, and whom to report it to.
    pub fn concern(&self) -> ValueError {
        let route = self.found().route.clone();
        ValueError::of_concern(&Safeguarding { route, ..Safeguarding::default() }.route())
    }

    /// Adds a problem.
    pub fn push(&self, diagnostic: Diagnostic) {
        self.found().list.push(diagnostic);
    }

    /// Adds something that is wrong in a line that is not to be shown, whatever else is wrong in it.
    pub fn hush(&self, diagnostic: Diagnostic) {
        let mut found = self.found();
        found.hushed.insert(diagnostic.place.clone());
        found.list.push(diagnostic);
    }

    /// Adds an error of a line or a file that is not at hand to be shown.
    pub fn error(&self, at: &Place, message: impl Into<String>, hint: &str) {
        self.push(Diagnostic::at(Severity::Error, at, message.into(), hint.to_owned()));
    }

    /// Adds a warning of a line or a file that is not at hand to be shown.
    pub fn warning(&self, at: &Place, message: impl Into<String>, hint: &str) {
        self.push(Diagnostic::at(Severity::Warning, at, message.into(), hint.to_owned()));
    }

    /// Whether something at a place has been reported to be wrong: what follows from it need not be shown too.
    pub fn has_error_at(&self, place: &Place) -> bool {
        let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
        self.found().list.iter().any(|diagnostic| is_error(diagnostic) && diagnostic.place == *place)
    }

    /// Whether something has been reported in these very words.
    pub fn has(&self, message: &str) -> bool {
        self.found().list.iter().any(|diagnostic| diagnostic.message == message)
    }

    /// All of them, in order, each once; what reads as a safeguarding concern is in none: not in its line, and not in what
    /// is said of it.
    pub fn sorted(&self) -> Vec<Diagnostic> {
        let found = self.found();
        let mut list: Vec<Diagnostic> =
            found.list.iter().map(|diagnostic| found.without_concern(diagnostic.clone())).collect();
        list.sort_by(|a, b| a.order().cmp(&b.order()));
        list.dedup();
        list
    }
}

impl Found {
    fn without_concern(&self, diagnostic: Diagnostic) -> Diagnostic {
        let is_concern = |text: &str| self.concern_check.is_concern(text);
        let line = diagnostic.excerpt.as_ref().is_some_and(|excerpt| is_concern(&excerpt.text));
        let hushed = self.hushed.contains(&diagnostic.place);
        let says = is_concern(&diagnostic.message) || is_concern(&diagnostic.hint);
        let excerpt = diagnostic.excerpt.filter(|_| !line && !hushed);
        if !says && (!line || hushed) {
            return Diagnostic { excerpt, ..diagnostic };
        }
        Diagnostic {
            message: "something is wrong in a row that reads as a safeguarding concern (it is not shown)"
                .into(),
            hint: "keep it out of every file here, and tell the designated safeguarding lead".into(),
            excerpt,
            ..diagnostic
        }
    }
}
