//! The school's own route for a concern.

/// The school's own route for a concern, and phrases of its own that refuse.
#[derive(Clone, Debug, Default)]
pub struct Safeguarding {
    /// Whom to report to, a line each; where there is none, the template.
    pub route: Vec<String>,
    /// Phrases that refuse, besides those that are built in.
    pub phrases: Vec<String>,
}

/// The route where the school has not entered its own (after *Keeping Children Safe in Education*; the
/// line on staff is confirmed from an excerpt, the rest unverified).
pub(crate) const TEMPLATE: &[&str] = &[
    "A concern about a child: the designated safeguarding lead or a deputy, at once.",
    "Immediate danger: 999 and children's social care.",
    "A concern about a member of staff: the headteacher. About the headteacher: the chair of governors.",
    "A conflict of interest in telling the headteacher: the local authority designated officer.",
];

impl Safeguarding {
    /// Whom to report to, in one text.
    pub fn route(&self) -> String {
        if self.route.is_empty() { TEMPLATE.join(" ") } else { self.route.join(" ") }
    }
}
