//! The columns of what is recorded through the year, and of the forms for it.

use super::column::ColumnType::{self, *};
use super::column::{ColumnLayout, RecordLayout, RecordLocation, optional, required};
use crate::school::evidence_kind::EvidenceKind;
use crate::school::session_kind::SessionKind;
use crate::school::year::actions::{self, ActionStatus};
use crate::school::year::framework::Strand;
use crate::school::year::judgements::JudgementState;
use crate::school::year::log;

/// The task areas and other kinds of session that a subject leader plans.
pub const TASKS: ColumnType = Words(SessionKind::WORDS.split_at(SessionKind::TASK_AREAS).0);

/// What the tags of a piece of evidence are.
const TAGS: &str =
    "what was looked for beside the aspect: target-used or target-not-used; adapted or not-adapted";

/// Evidence: a file for each half term.
pub const EVIDENCE: RecordLayout = RecordLayout {
    sheet: "Evidence",
    file: "evidence/ht1.csv",
    home: RecordLocation::Rows,
    about: "Pieces of evidence, each tagged to an aspect of the framework; a single lesson carries no grade",
    columns: &[
        required("id", Text, "a short name of its own, the same for ever"),
        required("date", Date, "the day, in the half term of the file"),
        required("kind", Words(EvidenceKind::WORDS), "what kind of evidence"),
        required("subject", Subject, "the subject; phase for the phase as a whole"),
        required("aspect", Code, "an id of the framework (phase frameworks shows them)"),
        optional("grade", Code, "the first view of who wrote it; empty where it only describes"),
        optional("classes", Several, "the classes: 1A;2B"),
        optional("year_group", Several, "the year group, where no class is named"),
        optional("by", Staff, "who looked"),
        optional("sample", Text, "shared by several people's views of one sample"),
        optional("moderator", Staff, "who looked beside them"),
        optional("moderator_grade", Code, "their first view, written before talking"),
        optional("agreed_grade", Code, "what the two agreed on: this counts"),
        optional("jointly", YesNo, "yes: looked at together"),
        optional("rests_on", Several, "the ids of the visits that a grade for lessons rests on"),
        optional("tags", Several, TAGS),
        optional("strength", Note, "what is strong"),
        optional("concern", Note, "what is not; never about a child's safety"),
        optional("next_step", Note, "what was agreed"),
        optional("link", Text, "where more is kept"),
        optional("framework", Code, "the framework; empty: the workspace's"),
    ],
};

/// The columns of a form of evidence that is filled in; what is the same in every row, the form itself says.
pub const EVIDENCE_FORM: &[ColumnLayout] = &[
    required("aspect", Code, "an aspect of the framework"),
    optional("date", Date, "the day you looked"),
    optional("classes", Several, "1A;2B"),
    optional("grade", Code, "the first view of who wrote it"),
    optional("moderator_grade", Code, "the first view of who looked too"),
    optional("agreed_grade", Code, "what the two agreed on: this counts"),
    optional("strength", Note, "what is strong"),
    optional("concern", Note, "what is not; never about a child's safety"),
    optional("next_step", Note, "what was agreed"),
    optional("year_group", Several, "where no class is named"),
    optional("sample", Text, "where several forms are about one sample: its name"),
    optional("rests_on", Several, "of a grade for lessons: the ids of the visits"),
    optional("jointly", YesNo, "yes: looked at together"),
    optional("tags", Several, TAGS),
    optional("kind", Words(EvidenceKind::WORDS), "where it differs"),
    optional("subject", Subject, "where it differs"),
    optional("by", Staff, "where it differs"),
    optional("moderator", Staff, "where it differs"),
    optional("link", Text, "where more is kept"),
];

/// What the leader judges.
pub const JUDGEMENTS: RecordLayout = RecordLayout {
    sheet: "Judgements",
    file: "judgements.csv",
    home: RecordLocation::Rows,
    about: "What you judge, as draft or agreed",
    columns: &[
        required("date", Date, "the day"),
        optional("scope", Code, "phase, or a subject; empty for the phase"),
        optional("strand", Words(Strand::WORDS), "one of strand, area and aspect"),
        optional("area", Text, "or an area; or safeguarding, or another statement of the framework"),
        optional("aspect", Code, "or an aspect"),
        required("grade", Code, "the grade; met or not met for a statement"),
        required("state", Words(JudgementState::WORDS), "draft or agreed"),
        optional("by", Staff, "who judged"),
        optional("note", Note, "why"),
        optional("framework", Code, "the framework; empty: the workspace's"),
    ],
};

/// What somebody will do.
pub const ACTIONS: RecordLayout = RecordLayout {
    sheet: "Actions",
    file: "actions.csv",
    home: RecordLocation::Rows,
    about: "What somebody will do",
    columns: &[
        required("id", Text, "a short name of its own"),
        required("action", Note, "what is done"),
        required("owner", Staff, "who leads it"),
        required("due", Date, "by when"),
        optional("status", Words(ActionStatus::WORDS), "how it stands; empty for open"),
        optional("kind", Words(actions::KINDS), "what it is"),
        optional("subject", Subject, "the subject, or what is assessed: reading"),
        optional("aspect", Code, "the aspect that it serves"),
        optional("group", Text, "the group of pupils: disadvantaged=yes"),
        optional("year_group", Several, "the year groups"),
        optional("with", Teachers, "who is coached, new to the school, or shares the work"),
        optional("agreed", YesNo, "yes: everybody concerned has agreed; coaching and the like need it"),
        optional("opened", Date, "the day it began"),
        optional("done", Date, "when it was done"),
        optional(
            "came_from",
            Text,
            "evidence, a session, an objective, a duty or a row of the log, by its id",
        ),
        optional("measure", Note, "what would show that it worked"),
        optional("before", Note, "how it stood before"),
        optional("after", Note, "how it stands after: the finding"),
        optional("budget", Text, "what it may cost, in pounds"),
        optional("spent", Text, "what it has cost, in pounds"),
        optional("review", Date, "when it is first looked at again"),
    ],
};

/// What happened.
pub const LOG: RecordLayout = RecordLayout {
    sheet: "Log",
    file: "log.csv",
    home: RecordLocation::Rows,
    about: "What happened: meetings, training, offers to be visited and the like; no private matters",
    columns: &[
        required("date", Date, "the day"),
        required("kind", Words(log::KINDS), "what kind of thing"),
        optional("id", Text, "a short name of its own, for actions that come from it"),
        optional("who", Teachers, "who was concerned"),
        optional("what", Note, "what it was"),
        optional("subject", Subject, "the subject"),
        optional("year_group", Several, "the year groups"),
        optional("class", Several, "the classes"),
        optional("group", Text, "the group of pupils that is counted: disadvantaged=yes"),
        optional("count", Number, "how many"),
        optional("shows", Text, "the duties, objectives or actions that it belongs to"),
        optional("renewal", Date, "when it must be done again: of training"),
        optional("link", Text, "where more is kept"),
    ],
};

/// The objectives.
pub const OBJECTIVES: &str = "objectives.toml";

/// The responsibilities of the post.
pub const DUTIES: &str = "duties.toml";

/// The files of what is improved, next to actions and the log.
pub const IMPROVED: &[&str] = &[OBJECTIVES, DUTIES];

/// A school's own choice of sections and words for its reports.
pub const REPORTS: &str = "reports.toml";

/// The files that evaluations are made from, besides those in folders.
pub const KEPT: &[&str] = &[JUDGEMENTS.file, ACTIONS.file, LOG.file];

/// The columns of `all.csv`: the schedules of several subjects in one file.
pub const HANDED_IN_ALL: &[ColumnLayout] = &[
    required("subject", Subject, "the subject"),
    required("task", TASKS, "1 to 5, or its name"),
    required("date", Date, "the day"),
    optional("period", Period, "a period, or a time"),
    optional("start", Time, "or from this time"),
    optional("end", Time, "to this time"),
    optional("classes", Several, "1A;2B"),
    optional("teacher", Teachers, "who is visited, where it is not the class's own"),
    optional("place", Text, "where"),
    optional("minutes", Number, "how long"),
    optional("fixed", YesNo, "yes: it may not be moved"),
    optional("note", Note, "anything else"),
];

/// The columns of a schedule that one subject leader sends in, in a file named after the subject.
pub const HANDED_IN: &[ColumnLayout] = match HANDED_IN_ALL {
    [_, rest @ ..] => rest,
    [] => &[],
};

/// The sheet that a schedule form is filled in on.
pub const FORM_SHEET: &str = "Schedule";

/// The sheet that says what a form is for, and its columns.
pub const FORM_KEYS: (&str, &[ColumnLayout]) =
    ("Form", &[required("setting", Text, "what is told"), required("value", Text, "please leave as it is")]);
