//! How a workspace's records are laid out: which file and which sheet, which columns, what stands in
//! each and what it is for. What reads them, what writes them and the forms all go by this.

pub mod rows;

use super::attainment::measure::Measure;
use super::attainment::scale::{ResultKind, Scale};
use super::evidence_kind::EvidenceKind;
use super::session_kind::SessionKind;
use super::set_up::calendar::WindowKind;
use super::set_up::people::{AvailabilityStatus, StaffRole};
use super::year::actions::{self, ActionStatus};
use super::year::framework::Strand;
use super::year::judgements::JudgementState;
use super::year::log;

/// What stands in a column, so that a sheet offers a list, or takes a date as a date.
#[derive(Clone, Copy, Debug)]
pub enum ColumnType {
    /// Words of the user's own.
    Text,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A whole number.
    Number,
    /// `yes` or `no`.
    YesNo,
    /// One of these words.
    Words(fn() -> Vec<&'static str>),
    /// A person on the staff.
    Staff,
    /// A person on the staff, or several between `;`.
    Teachers,
    /// A subject.
    Subject,
    /// A class.
    Class,
    /// A phase.
    Phase,
    /// A period's id, or a time.
    Period,
    /// Several of what is named, between `;`.
    Several,
}

/// A column of a file or sheet, or a key of a table.
#[derive(Clone, Copy, Debug)]
pub struct ColumnLayout {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be there and be filled in.
    pub required: bool,
    /// What stands in it.
    pub holds: ColumnType,
    /// What it is for, in a few words.
    pub help: &'static str,
}

impl ColumnLayout {
    /// A column that may be left out.
    pub const fn new(name: &'static str, holds: ColumnType, help: &'static str) -> Self {
        Self { name, required: false, holds, help }
    }

    /// A column that must be filled in.
    pub const fn required(name: &'static str, holds: ColumnType, help: &'static str) -> Self {
        Self { name, required: true, holds, help }
    }

    /// A key that must be there.
    pub const fn needed(name: &'static str) -> Self {
        Self::required(name, ColumnType::Text, "")
    }

    /// A key of a table that holds tables, or that nothing needs to be said of.
    pub const fn key(name: &'static str) -> Self {
        Self::new(name, ColumnType::Text, "")
    }
}

/// The days of the week on which there is school.
const WEEKDAYS: ColumnType = ColumnType::Words(|| vec!["Mon", "Tue", "Wed", "Thu", "Fri"]);

/// Week A or B.
const WEEK: ColumnType = ColumnType::Words(|| vec!["A", "B"]);

/// The task areas and other kinds of session that a subject leader plans.
pub const TASKS: ColumnType = ColumnType::Words(|| {
    SessionKind::TABLE.iter().filter(|row| row.0.task_area().is_some()).map(|row| row.1).collect()
});

/// Where records stand in the workspace's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordLocation {
    /// The rows of a CSV file.
    Rows,
    /// Tables of a TOML file: their key.
    Tables(&'static str),
    /// The values of one key of another sheet's tables, a row each: that key.
    Values(&'static str),
    /// All other keys of a TOML file, a row each.
    Keys,
}

/// One kind of record.
#[derive(Clone, Copy, Debug)]
pub struct RecordLayout {
    /// Its sheet in `school.xlsx`.
    pub sheet: &'static str,
    /// Its file.
    pub file: &'static str,
    /// Where in the file.
    pub home: RecordLocation,
    /// What the records are.
    pub about: &'static str,
    /// Its columns, in the order in which they are best filled in.
    pub columns: &'static [ColumnLayout],
}

/// The keys of `phase.toml` and of `calendar.toml` that are no records of their own, a row each.
pub const SCHOOL: RecordLayout = RecordLayout {
    sheet: "School",
    file: "phase.toml",
    home: RecordLocation::Keys,
    about: "The school and its choices",
    columns: &[
        ColumnLayout::required("table", ColumnType::Text, "school, calendar, limits, preferences, minutes …"),
        ColumnLayout::required("setting", ColumnType::Text, "name, academic_year …"),
        ColumnLayout::required("value", ColumnType::Text, "what it is"),
    ],
};

/// Year groups led together.
pub const PHASE: RecordLayout = RecordLayout {
    sheet: "Phase",
    file: "phase.toml",
    home: RecordLocation::Tables("phase"),
    about: "The phases: year groups led together; without --phase the first counts",
    columns: &[
        ColumnLayout::required("id", ColumnType::Text, "a short name, such as ks1"),
        ColumnLayout::required("name", ColumnType::Text, "the name that people read"),
        ColumnLayout::required("leader", ColumnType::Staff, "who leads it"),
        ColumnLayout::required("year_groups", ColumnType::Several, "1;2 (N, R, 1 to 6)"),
        ColumnLayout::new(
            "sessions",
            ColumnType::Several,
            "the leader's programmed sessions: Thu p4; Fri p1 A",
        ),
    ],
};

/// The phase leader's programmed sessions: a sheet only; in `phase.toml` they are a key of the phase.
pub const SESSIONS: RecordLayout = RecordLayout {
    sheet: "Sessions",
    file: "phase.toml",
    home: RecordLocation::Values("sessions"),
    about: "The phase leader's programmed sessions",
    columns: &[
        ColumnLayout::required("phase", ColumnType::Phase, "the id of the phase"),
        ColumnLayout::required(
            "sessions",
            ColumnType::Text,
            "Thu p4, or Thu 13:15-14:15 A, or 2027-03-02 p4",
        ),
    ],
};

/// The periods of a day.
pub const PERIODS: RecordLayout = RecordLayout {
    sheet: "Periods",
    file: "phase.toml",
    home: RecordLocation::Tables("period"),
    about: "The periods of a day; without them am1 9:00, am2 10:40, pm1 13:00, pm2 13:45, pm3 14:30",
    columns: &[
        ColumnLayout::required("id", ColumnType::Text, "a short name, such as p1"),
        ColumnLayout::required("start", ColumnType::Time, "09:00"),
        ColumnLayout::required("end", ColumnType::Time, "10:00"),
        ColumnLayout::new("weekdays", ColumnType::Several, "empty for all, else Mon-Thu"),
    ],
};

/// The six half terms.
pub const HALF_TERMS: RecordLayout = RecordLayout {
    sheet: "Half terms",
    file: "calendar.toml",
    home: RecordLocation::Tables("half_term"),
    about: "The six half terms; without them the common term dates of the year count",
    columns: &[
        ColumnLayout::required("number", ColumnType::Number, "1 to 6"),
        ColumnLayout::required("from", ColumnType::Date, "the first day"),
        ColumnLayout::required("to", ColumnType::Date, "the last day"),
        ColumnLayout::new("first_week", WEEK, "A or B, where timetables alternate"),
    ],
};

/// Days without pupils.
pub const CLOSURES: RecordLayout = RecordLayout {
    sheet: "Closures",
    file: "calendar.toml",
    home: RecordLocation::Tables("closure"),
    about: "Days without pupils, INSET days included",
    columns: &[
        ColumnLayout::new("date", ColumnType::Date, "one day"),
        ColumnLayout::new("from", ColumnType::Date, "or from this day"),
        ColumnLayout::new("to", ColumnType::Date, "to this day"),
        ColumnLayout::new("reason", ColumnType::Text, "why"),
        ColumnLayout::new("inset", ColumnType::YesNo, "yes: staff are in"),
        ColumnLayout::new(
            "allows",
            ColumnType::Several,
            "kinds of session that may take place, such as training",
        ),
    ],
};

/// What takes people or classes up.
pub const EVENTS: RecordLayout = RecordLayout {
    sheet: "Events",
    file: "calendar.toml",
    home: RecordLocation::Tables("event"),
    about: "What takes people or classes up",
    columns: &[
        ColumnLayout::new("date", ColumnType::Date, "one day"),
        ColumnLayout::new("from", ColumnType::Date, "or from this day"),
        ColumnLayout::new("to", ColumnType::Date, "to this day"),
        ColumnLayout::new("period", ColumnType::Several, "empty for all day"),
        ColumnLayout::new("periods", ColumnType::Several, "the same"),
        ColumnLayout::new("classes", ColumnType::Several, "1A;2B"),
        ColumnLayout::new("year_groups", ColumnType::Several, "1;2"),
        ColumnLayout::new("staff", ColumnType::Several, "names or ids; all for everybody"),
        ColumnLayout::new("all", ColumnType::YesNo, "yes: it takes everybody up"),
        ColumnLayout::new("reason", ColumnType::Text, "what it is"),
    ],
};

/// Assessment windows.
pub const WINDOWS: RecordLayout = RecordLayout {
    sheet: "Windows",
    file: "calendar.toml",
    home: RecordLocation::Tables("window"),
    about: "Assessment windows: the year groups named are left alone then",
    columns: &[
        ColumnLayout::required("year_groups", ColumnType::Several, "1;2"),
        ColumnLayout::required("from", ColumnType::Date, "the first day"),
        ColumnLayout::new("to", ColumnType::Date, "the last day"),
        ColumnLayout::required(
            "kind",
            ColumnType::Words(|| WindowKind::WORDS.iter().map(|row| row.1).collect()),
            "what it is for",
        ),
        ColumnLayout::new("confirmed", ColumnType::YesNo, "no: the dates are still to be checked"),
        ColumnLayout::new("label", ColumnType::Text, "its name"),
    ],
};

/// The subjects.
pub const SUBJECTS: RecordLayout = RecordLayout {
    sheet: "Subjects",
    file: "subjects.csv",
    home: RecordLocation::Rows,
    about: "The subjects and who leads each",
    columns: &[
        ColumnLayout::required("name", ColumnType::Text, "the name that people read"),
        ColumnLayout::required("leader", ColumnType::Staff, "who leads it; empty where nobody does yet"),
        ColumnLayout::new("id", ColumnType::Text, "a short name; else made from the name"),
        ColumnLayout::new("core", ColumnType::YesNo, "yes for a core subject"),
        ColumnLayout::new("priority", ColumnType::Number, "0 to 3: how pressing it is"),
        ColumnLayout::new("times_a_year", ColumnType::Number, "how often you want to see it"),
        ColumnLayout::new("assessed_as", ColumnType::Several, "what its results are called: reading;writing"),
    ],
};

/// The staff.
pub const STAFF: RecordLayout = RecordLayout {
    sheet: "Staff",
    file: "staff.csv",
    home: RecordLocation::Rows,
    about: "Everybody on the staff",
    columns: &[
        ColumnLayout::required("name", ColumnType::Text, "the name that people read"),
        ColumnLayout::new("id", ColumnType::Text, "a short name; else made from the name"),
        ColumnLayout::new(
            "role",
            ColumnType::Words(|| StaffRole::WORDS.iter().map(|row| row.1).collect()),
            "empty for class-teacher",
        ),
        ColumnLayout::new("email", ColumnType::Text, "where to write to"),
        ColumnLayout::new("days", ColumnType::Text, "empty for Mon to Fri, else Mon-Wed"),
    ],
};

/// The classes.
pub const CLASSES: RecordLayout = RecordLayout {
    sheet: "Classes",
    file: "classes.csv",
    home: RecordLocation::Rows,
    about: "The classes",
    columns: &[
        ColumnLayout::required("id", ColumnType::Text, "a short name, such as 1A"),
        ColumnLayout::required("year_group", ColumnType::Several, "1, or 1;2 for a mixed class"),
        ColumnLayout::new("teacher", ColumnType::Teachers, "the class teacher; a;b for a job share"),
        ColumnLayout::new("room", ColumnType::Text, "where it is taught"),
        ColumnLayout::new("pupils", ColumnType::Number, "how many"),
    ],
};

/// The timetable.
pub const TIMETABLE: RecordLayout = RecordLayout {
    sheet: "Timetable",
    file: "timetable.csv",
    home: RecordLocation::Rows,
    about: "What a class is taught when; the lessons that matter to you are enough",
    columns: &[
        ColumnLayout::required("class", ColumnType::Class, "the class"),
        ColumnLayout::required("weekday", WEEKDAYS, "the day"),
        ColumnLayout::required("period", ColumnType::Period, "a period, or a time"),
        ColumnLayout::required("subject", ColumnType::Subject, "the subject"),
        ColumnLayout::new("teacher", ColumnType::Staff, "where it is not the class's own"),
        ColumnLayout::new("week", WEEK, "empty for every week"),
        ColumnLayout::new("half_term", ColumnType::Number, "for subjects taught in blocks"),
    ],
};

/// Availability.
pub const AVAILABILITY: RecordLayout = RecordLayout {
    sheet: "Availability",
    file: "availability.csv",
    home: RecordLocation::Rows,
    about: "What people do when",
    columns: &[
        ColumnLayout::required("staff", ColumnType::Staff, "who"),
        ColumnLayout::new("weekday", WEEKDAYS, "every week"),
        ColumnLayout::new("date", ColumnType::Date, "or one day"),
        ColumnLayout::new("from", ColumnType::Date, "or from this day"),
        ColumnLayout::new("to", ColumnType::Date, "to this day"),
        ColumnLayout::new("period", ColumnType::Period, "empty for all day"),
        ColumnLayout::required(
            "status",
            ColumnType::Words(|| AvailabilityStatus::WORDS.iter().map(|row| row.1).collect()),
            "what they do then",
        ),
        ColumnLayout::new("week", WEEK, "empty for every week"),
    ],
};

/// The records of the set-up, in the order of the workbook's sheets.
pub const SET_UP: &[RecordLayout] = &[
    PHASE,
    SESSIONS,
    SUBJECTS,
    STAFF,
    CLASSES,
    TIMETABLE,
    AVAILABILITY,
    HALF_TERMS,
    CLOSURES,
    EVENTS,
    WINDOWS,
    PERIODS,
    SCHOOL,
];

/// The files of the set-up.
pub const FILES: &[&str] = &[
    "phase.toml",
    "calendar.toml",
    "subjects.csv",
    "staff.csv",
    "classes.csv",
    "timetable.csv",
    "availability.csv",
];

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
        ColumnLayout::required(
            "kind",
            ColumnType::Words(|| EvidenceKind::TABLE.iter().map(|row| row.1).collect()),
            "what kind of evidence",
        ),
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
    ColumnLayout::new(
        "kind",
        ColumnType::Words(|| EvidenceKind::TABLE.iter().map(|row| row.1).collect()),
        "where it differs",
    ),
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
        ColumnLayout::new(
            "strand",
            ColumnType::Words(|| Strand::WORDS.iter().map(|row| row.1).collect()),
            "one of strand, area and aspect",
        ),
        ColumnLayout::new(
            "area",
            ColumnType::Text,
            "or an area; or safeguarding, or another statement of the framework",
        ),
        ColumnLayout::new("aspect", ColumnType::Text, "or an aspect"),
        ColumnLayout::required("grade", ColumnType::Text, "the grade; met or not met for a statement"),
        ColumnLayout::required(
            "state",
            ColumnType::Words(|| JudgementState::WORDS.iter().map(|row| row.1).collect()),
            "draft or agreed",
        ),
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
        ColumnLayout::new(
            "status",
            ColumnType::Words(|| ActionStatus::WORDS.iter().map(|row| row.1).collect()),
            "empty for open",
        ),
        ColumnLayout::new("kind", ColumnType::Words(|| actions::KINDS.to_vec()), "what it is"),
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
        ColumnLayout::required("kind", ColumnType::Words(|| log::KINDS.to_vec()), "what kind of thing"),
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

/// The files of what is improved, beside actions and the log.
pub const IMPROVED: &[&str] = &[OBJECTIVES, DUTIES];

/// A school's own choice of sections and words for its reports.
pub const REPORTS: &str = "reports.toml";

/// The pupils, by codes.
pub const PUPILS: RecordLayout = RecordLayout {
    sheet: "Pupils",
    file: "pupils.csv",
    home: RecordLocation::Rows,
    about: "The pupils, by a code that the school makes; never a name or UPN",
    columns: &[
        ColumnLayout::required("pupil", ColumnType::Text, "the code, such as P014"),
        ColumnLayout::required("class", ColumnType::Class, "the class"),
        ColumnLayout::required("year_group", ColumnType::Text, "N, R, 1 to 6"),
        ColumnLayout::new("joined", ColumnType::Date, "since when, where not from the beginning"),
        ColumnLayout::new("left", ColumnType::Date, "the last day"),
        ColumnLayout::new("sex", ColumnType::Words(|| vec!["F", "M"]), "girls and boys"),
        ColumnLayout::new("disadvantaged", ColumnType::YesNo, "the pupil premium flag"),
        ColumnLayout::new("fsm", ColumnType::YesNo, "free meals now: other pupils than the flag"),
        ColumnLayout::new("send", ColumnType::Words(|| vec!["N", "K", "E"]), "none, support, plan"),
        ColumnLayout::new("eal", ColumnType::YesNo, "English as an additional language"),
        ColumnLayout::new("looked_after", ColumnType::YesNo, "looked after"),
        ColumnLayout::new("birth_term", ColumnType::Words(|| vec!["autumn", "spring", "summer"]), "born in"),
        ColumnLayout::new(
            "prior_attainment",
            ColumnType::Words(|| vec!["low", "middle", "high"]),
            "what was reached before the phase",
        ),
    ],
};

/// Results.
pub const ASSESSMENTS: RecordLayout = RecordLayout {
    sheet: "Assessments",
    file: "assessments.csv",
    home: RecordLocation::Rows,
    about: "What pupils reached",
    columns: &[
        ColumnLayout::required("pupil", ColumnType::Text, "the pupil's code"),
        ColumnLayout::required("subject", ColumnType::Text, "reading, writing, maths, phonics, attendance …"),
        ColumnLayout::required("point", ColumnType::Text, "baseline, autumn, spring, summer, or a date"),
        ColumnLayout::required("result", ColumnType::Text, "what the scale takes"),
        ColumnLayout::required(
            "scale",
            ColumnType::Words(|| Scale::WORDS.iter().map(|row| row.1).collect()),
            "how the result is read",
        ),
        ColumnLayout::new(
            "kind",
            ColumnType::Words(|| ResultKind::WORDS.iter().map(|row| row.1).collect()),
            "teacher or test; empty: as the scale has it",
        ),
        ColumnLayout::new("strand", ColumnType::Text, "the strand of a test; empty for the whole"),
    ],
};

/// What is aimed at.
pub const TARGETS: RecordLayout = RecordLayout {
    sheet: "Targets",
    file: "targets.csv",
    home: RecordLocation::Rows,
    about: "What is aimed at, for the end of the phase or a data point before",
    columns: &[
        ColumnLayout::required("subject", ColumnType::Text, "reading, writing, maths, rwm …"),
        ColumnLayout::required(
            "measure",
            ColumnType::Words(|| Measure::WORDS.iter().map(|row| row.1).collect()),
            "what is counted",
        ),
        ColumnLayout::required(
            "percent",
            ColumnType::Number,
            "the share in percent; of an average the score",
        ),
        ColumnLayout::new("point", ColumnType::Text, "empty: the end of the phase"),
        ColumnLayout::new("year_group", ColumnType::Text, "empty: every year group of the phase"),
        ColumnLayout::new("group", ColumnType::Text, "empty for all; else disadvantaged=yes"),
    ],
};

/// What pupils who started alike reach nationally.
pub const STARTS: RecordLayout = RecordLayout {
    sheet: "Starts",
    file: "starts.csv",
    home: RecordLocation::Rows,
    about: "What pupils who started alike reach nationally, for value added and progress",
    columns: &[
        ColumnLayout::new("subject", ColumnType::Text, "empty for value added (2004); else reading …"),
        ColumnLayout::required("start", ColumnType::Text, "Key Stage 1 points; or low, middle, high"),
        ColumnLayout::required("reached", ColumnType::Number, "the median or average reached from there"),
        ColumnLayout::new("spread", ColumnType::Number, "the national spread between pupils"),
    ],
};

/// Figures of the whole country that the school brings itself.
pub const NATIONAL: RecordLayout = RecordLayout {
    sheet: "National",
    file: "national.csv",
    home: RecordLocation::Rows,
    about: "National figures of your own, beside those built in",
    columns: &[
        ColumnLayout::required("results_year", ColumnType::Number, "the summer in which it was reached"),
        ColumnLayout::required("key_stage", ColumnType::Text, "EYFS, Y1, KS1, Y4, KS2"),
        ColumnLayout::required("measure", ColumnType::Text, "reading_expected, rwm_expected, gld …"),
        ColumnLayout::required("value", ColumnType::Number, "percent, or a score"),
        ColumnLayout::new("group", ColumnType::Text, "empty for all; disadvantaged, girls …"),
        ColumnLayout::new("status", ColumnType::Text, "provisional, revised or unknown"),
        ColumnLayout::new("source", ColumnType::Text, "who published it, and when"),
    ],
};

/// The files that evaluations are made from, beside those in folders.
pub const KEPT: &[&str] = &[JUDGEMENTS.file, ACTIONS.file, LOG.file];

/// The files that tracking is made from.
pub const TRACKED: &[&str] = &[PUPILS.file, ASSESSMENTS.file, TARGETS.file, STARTS.file, NATIONAL.file];

/// The mappings of imports.
pub const IMPORT_MAPPINGS: &str = "import.toml";

/// The folders with files of their own: handed in or kept, and frameworks.
pub const FOLDERS: &[&str] = &["schedules", "evidence", "frameworks"];

/// The workbook that may stand in place of the set-up files.
pub const WORKBOOK: &str = "school.xlsx";

/// The file that marks a workspace as being written to.
pub const LOCK: &str = ".phase-lock";

/// The file that names the parts of a change to several files until all are in their places.
pub const JOURNAL: &str = ".phase-journal";

/// How the names of drafts begin, and those of draft files end.
pub const DRAFT: (&str, &str) = (".phase-", ".tmp");

/// Whether a name is that of a draft, a file or a folder that takes the place of another once it is whole.
pub fn is_draft(name: &str) -> bool {
    let middle = name.strip_prefix(DRAFT.0).map(|rest| rest.strip_suffix(DRAFT.1).unwrap_or(rest));
    middle.is_some_and(|middle| middle.len() == 6 && middle.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Every file of the set-up, the workbook too.
pub fn files() -> Vec<&'static str> {
    FILES.iter().copied().chain([WORKBOOK]).collect()
}

/// Every file in the workspace's own folder that is read.
pub fn all_files() -> Vec<&'static str> {
    let own = KEPT.iter().chain(TRACKED).chain(IMPROVED).copied().chain([IMPORT_MAPPINGS, REPORTS]);
    files().into_iter().chain(own).collect()
}

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

/// The columns of a schedule that one subject leader hands in, in a file named after the subject.
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
