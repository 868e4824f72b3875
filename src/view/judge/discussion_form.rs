//! Pages of questions to think and talk by: a policy review, audits, conversations, a moderation meeting.

use chrono::NaiveDate;
use serde::Serialize;

use crate::document::{Block, Cell, Column, Document, Table};
use crate::render::long_date;

/// A page of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiscussionPage {
    PolicyReview,
    /// An audit of one area of progress.
    Audit,
    /// An audit of the phase leader's role as it stands.
    RoleAudit,
    /// A senior leader with a subject or phase leader.
    LeadershipConversation,
    /// Teachers who look at the same work together.
    ModerationMeeting,
    /// What teachers know of the targets: before and after.
    QuestionSheet,
}

impl DiscussionPage {
    /// Its word, its title, and what is asked in order.
    fn parts(self) -> (&'static str, &'static str, &'static [&'static str]) {
        match self {
            // After the key stage coordinator's duty to help evaluate how well policies work and their effect.
            DiscussionPage::PolicyReview => (
                "policy-review",
                "Policy review",
                &[
                    "Which policy or development, and since when?",
                    "What effect was it meant to have, on whom, by when?",
                    "What is done now that was not done before?",
                    "What evidence is there of its effect (rows by their ids)?",
                    "What speaks against it, or for another cause?",
                    "Finding: keep, change or drop; and why",
                    "Who does what next, by when?",
                ],
            ),
            // After the third objective of the phase leader's post: an audit, and a plan that follows from it.
            DiscussionPage::Audit => (
                "audit",
                "Audit of one area of progress",
                &[
                    "The question: what is to be found out, about whose progress?",
                    "The sample: which classes, how many books, lessons, plans, results; how chosen?",
                    "What was looked at, when and by whom (rows by their ids)?",
                    "Findings: what is so, of how many; what is strong",
                    "What may be behind it, and what speaks against that",
                    "What follows: strategies, who, by when (phase actions add)",
                    "What staff need to know or learn first",
                    "How it will show in pupils' work and in planning, and when it is looked at again",
                ],
            ),
            // After the job card of the phase leader, its demands in order.
            DiscussionPage::RoleAudit => (
                "role-audit",
                "Audit of the phase leader's role",
                &[
                    "Direction: what learning in the phase should become; agreed when, with whom?",
                    "Knowing the phase: standards, targets, which subjects are off their path, why",
                    "Knowing practice: where it is strong and weak; who offers to be visited",
                    "Strategies: which are in use; how their effect is looked at",
                    "Pupils' work, each half term with a subject leader: done? useful? accurate?",
                    "Teachers' records, each half term: done? useful? accurate?",
                    "Lesson visits, twice each half term: done? useful? what would help?",
                    "Judging outcomes and provision, and the plan to the next grade: how firm?",
                    "Schedules without clashes, given out in time: how far?",
                    "Subject leaders: what they gain from working together, in their words",
                    "Reporting: to whom, how often, with what effect",
                    "Time: what the role takes, what it has; what could go",
                    "What is to change, who does it, by when; what was agreed with the line manager",
                ],
            ),
            // After the roles and responsibilities: conversations that recognise impact and agree direction.
            DiscussionPage::LeadershipConversation => (
                "leadership-conversation",
                "Leadership conversation",
                &[
                    "What has your leadership changed since last time? What shows it (rows by their ids)?",
                    "What is to be celebrated, and shared with others?",
                    "Where did things fall short of what was planned? Why, as far as is known?",
                    "What does the evidence say of the subject or phase now?",
                    "What direction do we agree for the time to come?",
                    "Who follows up what: one owner each, with a date (phase actions add)",
                    "What support is needed? When do we talk again?",
                ],
            ),
            // After the second objective of the phase leader's post: do teachers know the targets better?
            DiscussionPage::QuestionSheet => (
                "question-sheet",
                "What we know of the targets (no names)",
                &[
                    "What should pupils of your year group reach by the end of the year, in reading, writing and maths?",
                    "And those of the year groups before and after yours?",
                    "How many of your class are on the way to it? How do you know?",
                    "Where in this week's planning is a target used?",
                    "What would help you to use them more?",
                ],
            ),
            // After the class teachers' part: work and results moderated together, so that all are treated alike.
            DiscussionPage::ModerationMeeting => (
                "moderation-meeting",
                "Moderation meeting",
                &[
                    "What is looked at: subject, aspect, which work of which classes; how chosen? No pupil is named",
                    "Each one's view, written before talking: who, which piece, which grade",
                    "Where we agreed at once",
                    "Where we did not: what each of us saw",
                    "What we agreed on, piece by piece (phase record --sample NAME keeps the views)",
                    "What the standard means, in our words, from now on",
                    "What changes in teaching, planning or records; who, by when",
                ],
            ),
        }
    }
}

/// The form.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DiscussionForm {
    /// `phase/page-form/1`.
    pub schema: &'static str,
    pub form: &'static str,
    /// What it is for.
    pub of: String,
    pub date: NaiveDate,
    pub asked: &'static [&'static str],
    #[serde(skip)]
    title: &'static str,
}

/// The form for a phase, or a subject in it.
pub fn form(page: DiscussionPage, phase: &str, subject: Option<&str>, date: NaiveDate) -> DiscussionForm {
    let of = subject.map_or_else(|| phase.to_owned(), |subject| format!("{subject}, {phase}"));
    let (form, title, asked) = page.parts();
    DiscussionForm { schema: "phase/page-form/1", form, of, date, asked, title }
}

/// The form as a document.
pub fn document(form: &DiscussionForm) -> Document {
    let line = "_".repeat(72);
    let mut blocks =
        vec![Block::Paragraph(format!("Date {}     Who {}", long_date(form.date), "_".repeat(38)))];
    for asked in form.asked {
        blocks.push(Block::Heading((*asked).to_owned()));
        blocks.push(Block::Verbatim(format!("{line}\n{line}")));
    }
    blocks.push(Block::Paragraph(
        "Nothing of this is about a named pupil's needs or safety, and nobody is graded.".to_owned(),
    ));
    let rows = form.asked.iter().map(|asked| vec![Cell::from(*asked), Cell::Empty]).collect();
    Document::new(
        format!("{}: {}", form.title, form.of),
        blocks,
        Table::new(["asked", "answer"].map(Column::text).to_vec(), rows),
        form.date,
    )
}
