//! The columns of what is recorded through the year, and of the forms for it.

use super::column::{ColumnLayout, ColumnType, RecordLayout, RecordLocation};
use crate::school::evidence_kind::EvidenceKind;
use crate::school::session_kind::SessionKind;
use crate::school::year::actions::{self, ActionStatus};
use crate::school::year::framework::Strand;
use crate::school::year::judgements::JudgementState;
use crate::school::year::log;

/// The task areas and other kinds of session that a subject leader plans.
pub const TASKS: ColumnType = ColumnType::Words(SessionKind::WORDS.split_at(SessionKind::TASK_AREAS).0);

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
        ColumnLayout::required("id", ColumnType::Text, "a short name of its own, the same for ever"),
        ColumnLayout::required("date", ColumnType::Date, "the day, in the half term of the file"),
        ColumnLayout::required("kind", ColumnType::Words(EvidenceKind::WORDS), "what kind of evidence"),
        ColumnLayout::required("subject", ColumnType::Subject, "the subject; phase for the phase as a whole"),
        ColumnLayout::required(
            "aspect",
            ColumnType::Text,
            "an id of the framework (phase frameworks shows them)",
        ),
        ColumnLayout::new(
            "grade",
            ColumnType::Text,
            "the first view of who wrote it; empty where it only describes",
        ),
        ColumnLayout::new("classes", ColumnType::Several, "1A;2B"),
        ColumnLayout::new("year_group", ColumnType::Several, "where no class is named"),
        ColumnLayout::new("by", ColumnType::Staff, "who looked"),
        ColumnLayout::new("sample", ColumnType::Text, "shared by several people's views of one sample"),
        ColumnLayout::new("moderator", ColumnType::Staff, "who looked beside them"),
        ColumnLayout::new("moderator_grade", ColumnType::Text, "their first view, written before talking"),
        ColumnLayout::new("agreed_grade", ColumnType::Text, "what the two agreed on: this counts"),
        ColumnLayout::new("jointly", ColumnType::YesNo, "yes: looked at together"),
        ColumnLayout::new(
            "rests_on",
            ColumnType::Several,
            "the ids of the visits that a grade for lessons rests on",
        ),
        ColumnLayout::new("tags", ColumnType::Several, TAGS),
        ColumnLayout::new("strength", ColumnType::Text, "what is strong"),
        ColumnLayout::new("concern", ColumnType::Text, "what is not; never about a child's safety"),
        ColumnLayout::new("next_step", ColumnType::Text, "what was agreed"),
        ColumnLayout::new("link", ColumnType::Text, "where more is kept"),
        ColumnLayout::new("framework", ColumnType::Text, "empty: the workspace's"),
    ],
};

/// The columns of a form of evidence that is filled in; what is the same in every row, the form itself says.
pub const EVIDENCE_FORM: &[ColumnLayout] = &[
    ColumnLayout::required("aspect", ColumnType::Text, "an aspect of the framework"),
    ColumnLayout::new("date", ColumnType::Date, "the day you looked"),
    ColumnLayout::new("classes", ColumnType::Several, "1A;2B"),
    ColumnLayout::new("grade", ColumnType::Text, "the first view of who wrote it"),
    ColumnLayout::new("moderator_grade", ColumnType::Text, "the first view of who looked too"),
    ColumnLayout::new("agreed_grade", ColumnType::Text, "what the two agreed on: this counts"),
    ColumnLayout::new("strength", ColumnType::Text, "what is strong"),
    ColumnLayout::new("concern", ColumnType::Text, "what is not; never about a child's safety"),
    ColumnLayout::new("next_step", ColumnType::Text, "what was agreed"),
    ColumnLayout::new("year_group", ColumnType::Several, "where no class is named"),
    ColumnLayout::new("sample", ColumnType::Text, "where several forms are about one sample: its name"),
    ColumnLayout::new("rests_on", ColumnType::Several, "of a grade for lessons: the ids of the visits"),
    ColumnLayout::new("jointly", ColumnType::YesNo, "yes: looked at together"),
    ColumnLayout::new("tags", ColumnType::Several, TAGS),
    ColumnLayout::new("kind", ColumnType::Words(EvidenceKind::WORDS), "where it differs"),
    ColumnLayout::new("subject", ColumnType::Subject, "where it differs"),
    ColumnLayout::new("by", ColumnType::Staff, "where it differs"),
    ColumnLayout::new("moderator", ColumnType::Staff, "where it differs"),
    ColumnLayout::new("link", ColumnType::Text, "where more is kept"),
];

/// What the leader judges.
pub const JUDGEMENTS: RecordLayout = RecordLayout {
    sheet: "Judgements",
    file: "judgements.csv",
    home: RecordLocation::Rows,
    about: "What you judge, as draft or agreed",
    columns: &[
        ColumnLayout::required("date", ColumnType::Date, "the day"),
        ColumnLayout::new("scope", ColumnType::Text, "phase, or a subject; empty for the phase"),
        ColumnLayout::new("strand", ColumnType::Words(Strand::WORDS), "one of strand, area and aspect"),
        ColumnLayout::new(
            "area",
            ColumnType::Text,
            "or an area; or safeguarding, or another statement of the framework",
        ),
        ColumnLayout::new("aspect", ColumnType::Text, "or an aspect"),
        ColumnLayout::required("grade", ColumnType::Text, "the grade; met or not met for a statement"),
        ColumnLayout::required("state", ColumnType::Words(JudgementState::WORDS), "draft or agreed"),
        ColumnLayout::new("by", ColumnType::Staff, "who judged"),
        ColumnLayout::new("note", ColumnType::Text, "why"),
        ColumnLayout::new("framework", ColumnType::Text, "empty: the workspace's"),
    ],
};

/// What somebody will do.
pub const ACTIONS: RecordLayout = RecordLayout {
    sheet: "Actions",
    file: "actions.csv",
    home: RecordLocation::Rows,
    about: "What somebody will do",
    columns: &[
        ColumnLayout::required("id", ColumnType::Text, "a short name of its own"),
        ColumnLayout::required("action", ColumnType::Text, "what is done"),
        ColumnLayout::required("owner", ColumnType::Staff, "who leads it"),
        ColumnLayout::required("due", ColumnType::Date, "by when"),
        ColumnLayout::new("status", ColumnType::Words(ActionStatus::WORDS), "empty for open"),
        ColumnLayout::new("kind", ColumnType::Words(actions::KINDS), "what it is"),
        ColumnLayout::new("subject", ColumnType::Subject, "the subject, or what is assessed: reading"),
        ColumnLayout::new("aspect", ColumnType::Text, "the aspect that it serves"),
        ColumnLayout::new("group", ColumnType::Text, "the group of pupils: disadvantaged=yes"),
        ColumnLayout::new("year_group", ColumnType::Several, "the year groups"),
        ColumnLayout::new(
            "with",
            ColumnType::Teachers,
            "who is coached, new to the school, or shares the work",
        ),
        ColumnLayout::new(
            "agreed",
            ColumnType::YesNo,
            "yes: everybody concerned has agreed; coaching and the like need it",
        ),
        ColumnLayout::new("opened", ColumnType::Date, "since when"),
        ColumnLayout::new("done", ColumnType::Date, "when it was done"),
        ColumnLayout::new(
            "came_from",
            ColumnType::Text,
            "evidence, a session, an objective, a duty or a row of the log, by its id",
        ),
        ColumnLayout::new("measure", ColumnType::Text, "what would show that it worked"),
        ColumnLayout::new("before", ColumnType::Text, "how it stood before"),
        ColumnLayout::new("after", ColumnType::Text, "how it stands after: the finding"),
        ColumnLayout::new("budget", ColumnType::Text, "what it may cost, in pounds"),
        ColumnLayout::new("spent", ColumnType::Text, "what it has cost, in pounds"),
        ColumnLayout::new("review", ColumnType::Date, "when it is first looked at again"),
    ],
};

/// What happened.
pub const LOG: RecordLayout = RecordLayout {
    sheet: "Log",
    file: "log.csv",
    home: RecordLocation::Rows,
    about: "What happened: meetings, training, offers to be visited and the like; no private matters",
    columns: &[
        ColumnLayout::required("date", ColumnType::Date, "the day"),
        ColumnLayout::required("kind", ColumnType::Words(log::KINDS), "what kind of thing"),
        ColumnLayout::new("id", ColumnType::Text, "a short name of its own, for actions that come from it"),
        ColumnLayout::new("who", ColumnType::Teachers, "who was concerned"),
        ColumnLayout::new("what", ColumnType::Text, "what it was"),
        ColumnLayout::new("subject", ColumnType::Subject, "the subject"),
        ColumnLayout::new("year_group", ColumnType::Several, "the year groups"),
        ColumnLayout::new("class", ColumnType::Several, "the classes"),
        ColumnLayout::new(
            "group",
            ColumnType::Text,
            "the group of pupils that is counted: disadvantaged=yes",
        ),
        ColumnLayout::new("count", ColumnType::Number, "how many"),
        ColumnLayout::new("shows", ColumnType::Text, "the duties, objectives or actions that it belongs to"),
        ColumnLayout::new("renewal", ColumnType::Date, "when it must be done again: of training"),
        ColumnLayout::new("link", ColumnType::Text, "where more is kept"),
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
    ColumnLayout::required("subject", ColumnType::Subject, "the subject"),
    ColumnLayout::required("task", TASKS, "1 to 5, or its name"),
    ColumnLayout::required("date", ColumnType::Date, "the day"),
    ColumnLayout::new("period", ColumnType::Period, "a period, or a time"),
    ColumnLayout::new("start", ColumnType::Time, "or from this time"),
    ColumnLayout::new("end", ColumnType::Time, "to this time"),
    ColumnLayout::new("classes", ColumnType::Several, "1A;2B"),
    ColumnLayout::new("teacher", ColumnType::Teachers, "who is visited, where it is not the class's own"),
    ColumnLayout::new("place", ColumnType::Text, "where"),
    ColumnLayout::new("minutes", ColumnType::Number, "how long"),
    ColumnLayout::new("fixed", ColumnType::YesNo, "yes: it may not be moved"),
    ColumnLayout::new("note", ColumnType::Text, "anything else"),
];

/// The columns of a schedule that one subject leader sends in, in a file named after the subject.
pub const HANDED_IN: &[ColumnLayout] = match HANDED_IN_ALL {
    [_, rest @ ..] => rest,
    [] => &[],
};

/// The sheet that a schedule form is filled in on.
pub const FORM_SHEET: &str = "Schedule";

/// The sheet that says what a form is for, and its columns.
pub const FORM_KEYS: (&str, &[ColumnLayout]) = (
    "Form",
    &[
        ColumnLayout::required("setting", ColumnType::Text, "what is told"),
        ColumnLayout::required("value", ColumnType::Text, "please leave as it is"),
    ],
);
