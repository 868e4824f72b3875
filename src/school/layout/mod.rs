//! How a workspace's records are laid out: which file and which sheet, which columns, what stands in
//! each and what it is for. What reads them, what writes them and the forms all go by this.

pub mod rows;

use super::attainment::measure::Measure;
use super::attainment::scale::{ResultKind, Scale};
use super::evidence_kind::Kind;
use super::session_kind::SessionKind;
use super::set_up::calendar::WindowKind;
use super::set_up::people::{Role, Status};
use super::year::actions::{self, ActionStatus};
use super::year::framework::Strand;
use super::year::judgements::State;
use super::year::log;

/// What stands in a column, so that a sheet offers a list, or takes a date as a date.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
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
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be there and be filled in.
    pub required: bool,
    /// What stands in it.
    pub holds: Holds,
    /// What it is for, in a few words.
    pub help: &'static str,
}

impl Column {
    /// A column that may be left out.
    pub const fn new(name: &'static str, holds: Holds, help: &'static str) -> Self {
        Self { name, required: false, holds, help }
    }

    /// A column that must be filled in.
    pub const fn required(name: &'static str, holds: Holds, help: &'static str) -> Self {
        Self { name, required: true, holds, help }
    }

    /// A key that must be there.
    pub const fn needed(name: &'static str) -> Self {
        Self::required(name, Holds::Text, "")
    }

    /// A key of a table that holds tables, or that nothing needs to be said of.
    pub const fn key(name: &'static str) -> Self {
        Self::new(name, Holds::Text, "")
    }
}

/// The days of the week on which there is school.
const WEEKDAYS: Holds = Holds::Words(|| vec!["Mon", "Tue", "Wed", "Thu", "Fri"]);

/// Week A or B.
const WEEK: Holds = Holds::Words(|| vec!["A", "B"]);

/// The task areas and other kinds of session that a subject leader plans.
pub const TASKS: Holds = Holds::Words(|| {
    SessionKind::TABLE.iter().filter(|row| row.0.task_area().is_some()).map(|row| row.1).collect()
});

/// Where records stand in the workspace's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
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
pub struct Layout {
    /// Its sheet in `school.xlsx`.
    pub sheet: &'static str,
    /// Its file.
    pub file: &'static str,
    /// Where in the file.
    pub home: Home,
    /// What the records are.
    pub about: &'static str,
    /// Its columns, in the order in which they are best filled in.
    pub columns: &'static [Column],
}

/// The keys of `phase.toml` and of `calendar.toml` that are no records of their own, a row each.
pub const SCHOOL: Layout = Layout {
    sheet: "School",
    file: "phase.toml",
    home: Home::Keys,
    about: "The school and its choices",
    columns: &[
        Column::required("table", Holds::Text, "school, calendar, limits, preferences, minutes …"),
        Column::required("setting", Holds::Text, "name, academic_year …"),
        Column::required("value", Holds::Text, "what it is"),
    ],
};

/// Year groups led together.
pub const PHASE: Layout = Layout {
    sheet: "Phase",
    file: "phase.toml",
    home: Home::Tables("phase"),
    about: "The phases: year groups led together; without --phase the first counts",
    columns: &[
        Column::required("id", Holds::Text, "a short name, such as ks1"),
        Column::required("name", Holds::Text, "the name that people read"),
        Column::required("leader", Holds::Staff, "who leads it"),
        Column::required("year_groups", Holds::Several, "1;2 (N, R, 1 to 6)"),
        Column::new("sessions", Holds::Several, "the leader's programmed sessions: Thu p4; Fri p1 A"),
    ],
};

/// The phase leader's programmed sessions: a sheet only; in `phase.toml` they are a key of the phase.
pub const SESSIONS: Layout = Layout {
    sheet: "Sessions",
    file: "phase.toml",
    home: Home::Values("sessions"),
    about: "The phase leader's programmed sessions",
    columns: &[
        Column::required("phase", Holds::Phase, "the id of the phase"),
        Column::required("sessions", Holds::Text, "Thu p4, or Thu 13:15-14:15 A, or 2027-03-02 p4"),
    ],
};

/// The periods of a day.
pub const PERIODS: Layout = Layout {
    sheet: "Periods",
    file: "phase.toml",
    home: Home::Tables("period"),
    about: "The periods of a day; without them am1 9:00, am2 10:40, pm1 13:00, pm2 13:45, pm3 14:30",
    columns: &[
        Column::required("id", Holds::Text, "a short name, such as p1"),
        Column::required("start", Holds::Time, "09:00"),
        Column::required("end", Holds::Time, "10:00"),
        Column::new("weekdays", Holds::Several, "empty for all, else Mon-Thu"),
    ],
};

/// The six half terms.
pub const HALF_TERMS: Layout = Layout {
    sheet: "Half terms",
    file: "calendar.toml",
    home: Home::Tables("half_term"),
    about: "The six half terms; without them the common term dates of the year count",
    columns: &[
        Column::required("number", Holds::Number, "1 to 6"),
        Column::required("from", Holds::Date, "the first day"),
        Column::required("to", Holds::Date, "the last day"),
        Column::new("first_week", WEEK, "A or B, where timetables alternate"),
    ],
};

/// Days without pupils.
pub const CLOSURES: Layout = Layout {
    sheet: "Closures",
    file: "calendar.toml",
    home: Home::Tables("closure"),
    about: "Days without pupils, INSET days included",
    columns: &[
        Column::new("date", Holds::Date, "one day"),
        Column::new("from", Holds::Date, "or from this day"),
        Column::new("to", Holds::Date, "to this day"),
        Column::new("reason", Holds::Text, "why"),
        Column::new("inset", Holds::YesNo, "yes: staff are in"),
        Column::new("allows", Holds::Several, "kinds of session that may take place, such as training"),
    ],
};

/// What takes people or classes up.
pub const EVENTS: Layout = Layout {
    sheet: "Events",
    file: "calendar.toml",
    home: Home::Tables("event"),
    about: "What takes people or classes up",
    columns: &[
        Column::new("date", Holds::Date, "one day"),
        Column::new("from", Holds::Date, "or from this day"),
        Column::new("to", Holds::Date, "to this day"),
        Column::new("period", Holds::Several, "empty for all day"),
        Column::new("periods", Holds::Several, "the same"),
        Column::new("classes", Holds::Several, "1A;2B"),
        Column::new("year_groups", Holds::Several, "1;2"),
        Column::new("staff", Holds::Several, "names or ids; all for everybody"),
        Column::new("all", Holds::YesNo, "yes: it takes everybody up"),
        Column::new("reason", Holds::Text, "what it is"),
    ],
};

/// Assessment windows.
pub const WINDOWS: Layout = Layout {
    sheet: "Windows",
    file: "calendar.toml",
    home: Home::Tables("window"),
    about: "Assessment windows: the year groups named are left alone then",
    columns: &[
        Column::required("year_groups", Holds::Several, "1;2"),
        Column::required("from", Holds::Date, "the first day"),
        Column::new("to", Holds::Date, "the last day"),
        Column::required(
            "kind",
            Holds::Words(|| WindowKind::WORDS.iter().map(|row| row.1).collect()),
            "what it is for",
        ),
        Column::new("confirmed", Holds::YesNo, "no: the dates are still to be checked"),
        Column::new("label", Holds::Text, "its name"),
    ],
};

/// The subjects.
pub const SUBJECTS: Layout = Layout {
    sheet: "Subjects",
    file: "subjects.csv",
    home: Home::Rows,
    about: "The subjects and who leads each",
    columns: &[
        Column::required("name", Holds::Text, "the name that people read"),
        Column::required("leader", Holds::Staff, "who leads it; empty where nobody does yet"),
        Column::new("id", Holds::Text, "a short name; else made from the name"),
        Column::new("core", Holds::YesNo, "yes for a core subject"),
        Column::new("priority", Holds::Number, "0 to 3: how pressing it is"),
        Column::new("times_a_year", Holds::Number, "how often you want to see it"),
        Column::new("assessed_as", Holds::Several, "what its results are called: reading;writing"),
    ],
};

/// The staff.
pub const STAFF: Layout = Layout {
    sheet: "Staff",
    file: "staff.csv",
    home: Home::Rows,
    about: "Everybody on the staff",
    columns: &[
        Column::required("name", Holds::Text, "the name that people read"),
        Column::new("id", Holds::Text, "a short name; else made from the name"),
        Column::new(
            "role",
            Holds::Words(|| Role::WORDS.iter().map(|row| row.1).collect()),
            "empty for class-teacher",
        ),
        Column::new("email", Holds::Text, "where to write to"),
        Column::new("days", Holds::Text, "empty for Mon to Fri, else Mon-Wed"),
    ],
};

/// The classes.
pub const CLASSES: Layout = Layout {
    sheet: "Classes",
    file: "classes.csv",
    home: Home::Rows,
    about: "The classes",
    columns: &[
        Column::required("id", Holds::Text, "a short name, such as 1A"),
        Column::required("year_group", Holds::Several, "1, or 1;2 for a mixed class"),
        Column::new("teacher", Holds::Teachers, "the class teacher; a;b for a job share"),
        Column::new("room", Holds::Text, "where it is taught"),
        Column::new("pupils", Holds::Number, "how many"),
    ],
};

/// The timetable.
pub const TIMETABLE: Layout = Layout {
    sheet: "Timetable",
    file: "timetable.csv",
    home: Home::Rows,
    about: "What a class is taught when; the lessons that matter to you are enough",
    columns: &[
        Column::required("class", Holds::Class, "the class"),
        Column::required("weekday", WEEKDAYS, "the day"),
        Column::required("period", Holds::Period, "a period, or a time"),
        Column::required("subject", Holds::Subject, "the subject"),
        Column::new("teacher", Holds::Staff, "where it is not the class's own"),
        Column::new("week", WEEK, "empty for every week"),
        Column::new("half_term", Holds::Number, "for subjects taught in blocks"),
    ],
};

/// Availability.
pub const AVAILABILITY: Layout = Layout {
    sheet: "Availability",
    file: "availability.csv",
    home: Home::Rows,
    about: "What people do when",
    columns: &[
        Column::required("staff", Holds::Staff, "who"),
        Column::new("weekday", WEEKDAYS, "every week"),
        Column::new("date", Holds::Date, "or one day"),
        Column::new("from", Holds::Date, "or from this day"),
        Column::new("to", Holds::Date, "to this day"),
        Column::new("period", Holds::Period, "empty for all day"),
        Column::required(
            "status",
            Holds::Words(|| Status::WORDS.iter().map(|row| row.1).collect()),
            "what they do then",
        ),
        Column::new("week", WEEK, "empty for every week"),
    ],
};

/// The records of the set-up, in the order of the workbook's sheets.
pub const SET_UP: &[Layout] = &[
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
pub const EVIDENCE: Layout = Layout {
    sheet: "Evidence",
    file: "evidence/ht1.csv",
    home: Home::Rows,
    about: "Pieces of evidence, each tagged to an aspect of the framework; a single lesson carries no grade",
    columns: &[
        Column::required("id", Holds::Text, "a short name of its own, the same for ever"),
        Column::required("date", Holds::Date, "the day, in the half term of the file"),
        Column::required(
            "kind",
            Holds::Words(|| Kind::TABLE.iter().map(|row| row.1).collect()),
            "what kind of evidence",
        ),
        Column::required("subject", Holds::Subject, "the subject; phase for the phase as a whole"),
        Column::required("aspect", Holds::Text, "an id of the framework (phase frameworks shows them)"),
        Column::new("grade", Holds::Text, "the first view of who wrote it; empty where it only describes"),
        Column::new("classes", Holds::Several, "1A;2B"),
        Column::new("year_group", Holds::Several, "where no class is named"),
        Column::new("by", Holds::Staff, "who looked"),
        Column::new("sample", Holds::Text, "shared by several people's views of one sample"),
        Column::new("moderator", Holds::Staff, "who looked beside them"),
        Column::new("moderator_grade", Holds::Text, "their first view, written before talking"),
        Column::new("agreed_grade", Holds::Text, "what the two agreed on: this counts"),
        Column::new("jointly", Holds::YesNo, "yes: looked at together"),
        Column::new("rests_on", Holds::Several, "the ids of the visits that a grade for lessons rests on"),
        Column::new("tags", Holds::Several, TAGS),
        Column::new("strength", Holds::Text, "what is strong"),
        Column::new("concern", Holds::Text, "what is not; never about a child's safety"),
        Column::new("next_step", Holds::Text, "what was agreed"),
        Column::new("link", Holds::Text, "where more is kept"),
        Column::new("framework", Holds::Text, "empty: the workspace's"),
    ],
};

/// The columns of a form of evidence that is filled in; what is the same in every row, the form itself says.
pub const EVIDENCE_FORM: &[Column] = &[
    Column::required("aspect", Holds::Text, "an aspect of the framework"),
    Column::new("date", Holds::Date, "the day you looked"),
    Column::new("classes", Holds::Several, "1A;2B"),
    Column::new("grade", Holds::Text, "the first view of who wrote it"),
    Column::new("moderator_grade", Holds::Text, "the first view of who looked too"),
    Column::new("agreed_grade", Holds::Text, "what the two agreed on: this counts"),
    Column::new("strength", Holds::Text, "what is strong"),
    Column::new("concern", Holds::Text, "what is not; never about a child's safety"),
    Column::new("next_step", Holds::Text, "what was agreed"),
    Column::new("year_group", Holds::Several, "where no class is named"),
    Column::new("sample", Holds::Text, "where several forms are about one sample: its name"),
    Column::new("rests_on", Holds::Several, "of a grade for lessons: the ids of the visits"),
    Column::new("jointly", Holds::YesNo, "yes: looked at together"),
    Column::new("tags", Holds::Several, TAGS),
    Column::new("kind", Holds::Words(|| Kind::TABLE.iter().map(|row| row.1).collect()), "where it differs"),
    Column::new("subject", Holds::Subject, "where it differs"),
    Column::new("by", Holds::Staff, "where it differs"),
    Column::new("moderator", Holds::Staff, "where it differs"),
    Column::new("link", Holds::Text, "where more is kept"),
];

/// What the leader judges.
pub const JUDGEMENTS: Layout = Layout {
    sheet: "Judgements",
    file: "judgements.csv",
    home: Home::Rows,
    about: "What you judge, as draft or agreed",
    columns: &[
        Column::required("date", Holds::Date, "the day"),
        Column::new("scope", Holds::Text, "phase, or a subject; empty for the phase"),
        Column::new(
            "strand",
            Holds::Words(|| Strand::WORDS.iter().map(|row| row.1).collect()),
            "one of strand, area and aspect",
        ),
        Column::new(
            "area",
            Holds::Text,
            "or an area; or safeguarding, or another statement of the framework",
        ),
        Column::new("aspect", Holds::Text, "or an aspect"),
        Column::required("grade", Holds::Text, "the grade; met or not met for a statement"),
        Column::required(
            "state",
            Holds::Words(|| State::WORDS.iter().map(|row| row.1).collect()),
            "draft or agreed",
        ),
        Column::new("by", Holds::Staff, "who judged"),
        Column::new("note", Holds::Text, "why"),
        Column::new("framework", Holds::Text, "empty: the workspace's"),
    ],
};

/// What somebody will do.
pub const ACTIONS: Layout = Layout {
    sheet: "Actions",
    file: "actions.csv",
    home: Home::Rows,
    about: "What somebody will do",
    columns: &[
        Column::required("id", Holds::Text, "a short name of its own"),
        Column::required("action", Holds::Text, "what is done"),
        Column::required("owner", Holds::Staff, "who leads it"),
        Column::required("due", Holds::Date, "by when"),
        Column::new(
            "status",
            Holds::Words(|| ActionStatus::WORDS.iter().map(|row| row.1).collect()),
            "empty for open",
        ),
        Column::new("kind", Holds::Words(|| actions::KINDS.to_vec()), "what it is"),
        Column::new("subject", Holds::Subject, "the subject, or what is assessed: reading"),
        Column::new("aspect", Holds::Text, "the aspect that it serves"),
        Column::new("group", Holds::Text, "the group of pupils: disadvantaged=yes"),
        Column::new("year_group", Holds::Several, "the year groups"),
        Column::new("with", Holds::Teachers, "who is coached, new to the school, or shares the work"),
        Column::new(
            "agreed",
            Holds::YesNo,
            "yes: everybody concerned has agreed; coaching and the like need it",
        ),
        Column::new("opened", Holds::Date, "since when"),
        Column::new("done", Holds::Date, "when it was done"),
        Column::new(
            "came_from",
            Holds::Text,
            "evidence, a session, an objective, a duty or a row of the log, by its id",
        ),
        Column::new("measure", Holds::Text, "what would show that it worked"),
        Column::new("before", Holds::Text, "how it stood before"),
        Column::new("after", Holds::Text, "how it stands after: the finding"),
        Column::new("budget", Holds::Text, "what it may cost, in pounds"),
        Column::new("spent", Holds::Text, "what it has cost, in pounds"),
        Column::new("review", Holds::Date, "when it is first looked at again"),
    ],
};

/// What happened.
pub const LOG: Layout = Layout {
    sheet: "Log",
    file: "log.csv",
    home: Home::Rows,
    about: "What happened: meetings, training, offers to be visited and the like; no private matters",
    columns: &[
        Column::required("date", Holds::Date, "the day"),
        Column::required("kind", Holds::Words(|| log::KINDS.to_vec()), "what kind of thing"),
        Column::new("id", Holds::Text, "a short name of its own, for actions that come from it"),
        Column::new("who", Holds::Teachers, "who was concerned"),
        Column::new("what", Holds::Text, "what it was"),
        Column::new("subject", Holds::Subject, "the subject"),
        Column::new("year_group", Holds::Several, "the year groups"),
        Column::new("class", Holds::Several, "the classes"),
        Column::new("group", Holds::Text, "the group of pupils that is counted: disadvantaged=yes"),
        Column::new("count", Holds::Number, "how many"),
        Column::new("shows", Holds::Text, "the duties, objectives or actions that it belongs to"),
        Column::new("renewal", Holds::Date, "when it must be done again: of training"),
        Column::new("link", Holds::Text, "where more is kept"),
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
pub const PUPILS: Layout = Layout {
    sheet: "Pupils",
    file: "pupils.csv",
    home: Home::Rows,
    about: "The pupils, by a code that the school makes; never a name or UPN",
    columns: &[
        Column::required("pupil", Holds::Text, "the code, such as P014"),
        Column::required("class", Holds::Class, "the class"),
        Column::required("year_group", Holds::Text, "N, R, 1 to 6"),
        Column::new("joined", Holds::Date, "since when, where not from the beginning"),
        Column::new("left", Holds::Date, "the last day"),
        Column::new("sex", Holds::Words(|| vec!["F", "M"]), "girls and boys"),
        Column::new("disadvantaged", Holds::YesNo, "the pupil premium flag"),
        Column::new("fsm", Holds::YesNo, "free meals now: other pupils than the flag"),
        Column::new("send", Holds::Words(|| vec!["N", "K", "E"]), "none, support, plan"),
        Column::new("eal", Holds::YesNo, "English as an additional language"),
        Column::new("looked_after", Holds::YesNo, "looked after"),
        Column::new("birth_term", Holds::Words(|| vec!["autumn", "spring", "summer"]), "born in"),
        Column::new(
            "prior_attainment",
            Holds::Words(|| vec!["low", "middle", "high"]),
            "what was reached before the phase",
        ),
    ],
};

/// Results.
pub const ASSESSMENTS: Layout = Layout {
    sheet: "Assessments",
    file: "assessments.csv",
    home: Home::Rows,
    about: "What pupils reached",
    columns: &[
        Column::required("pupil", Holds::Text, "the pupil's code"),
        Column::required("subject", Holds::Text, "reading, writing, maths, phonics, attendance …"),
        Column::required("point", Holds::Text, "baseline, autumn, spring, summer, or a date"),
        Column::required("result", Holds::Text, "what the scale takes"),
        Column::required(
            "scale",
            Holds::Words(|| Scale::WORDS.iter().map(|row| row.1).collect()),
            "how the result is read",
        ),
        Column::new(
            "kind",
            Holds::Words(|| ResultKind::WORDS.iter().map(|row| row.1).collect()),
            "teacher or test; empty: as the scale has it",
        ),
        Column::new("strand", Holds::Text, "the strand of a test; empty for the whole"),
    ],
};

/// What is aimed at.
pub const TARGETS: Layout = Layout {
    sheet: "Targets",
    file: "targets.csv",
    home: Home::Rows,
    about: "What is aimed at, for the end of the phase or a data point before",
    columns: &[
        Column::required("subject", Holds::Text, "reading, writing, maths, rwm …"),
        Column::required(
            "measure",
            Holds::Words(|| Measure::WORDS.iter().map(|row| row.1).collect()),
            "what is counted",
        ),
        Column::required("percent", Holds::Number, "the share in percent; of an average the score"),
        Column::new("point", Holds::Text, "empty: the end of the phase"),
        Column::new("year_group", Holds::Text, "empty: every year group of the phase"),
        Column::new("group", Holds::Text, "empty for all; else disadvantaged=yes"),
    ],
};

/// What pupils who started alike reach nationally.
pub const STARTS: Layout = Layout {
    sheet: "Starts",
    file: "starts.csv",
    home: Home::Rows,
    about: "What pupils who started alike reach nationally, for value added and progress",
    columns: &[
        Column::new("subject", Holds::Text, "empty for value added (2004); else reading …"),
        Column::required("start", Holds::Text, "Key Stage 1 points; or low, middle, high"),
        Column::required("reached", Holds::Number, "the median or average reached from there"),
        Column::new("spread", Holds::Number, "the national spread between pupils"),
    ],
};

/// Figures of the whole country that the school brings itself.
pub const NATIONAL: Layout = Layout {
    sheet: "National",
    file: "national.csv",
    home: Home::Rows,
    about: "National figures of your own, beside those built in",
    columns: &[
        Column::required("results_year", Holds::Number, "the summer in which it was reached"),
        Column::required("key_stage", Holds::Text, "EYFS, Y1, KS1, Y4, KS2"),
        Column::required("measure", Holds::Text, "reading_expected, rwm_expected, gld …"),
        Column::required("value", Holds::Number, "percent, or a score"),
        Column::new("group", Holds::Text, "empty for all; disadvantaged, girls …"),
        Column::new("status", Holds::Text, "provisional, revised or unknown"),
        Column::new("source", Holds::Text, "who published it, and when"),
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
pub const HANDED_IN_ALL: &[Column] = &[
    Column::required("subject", Holds::Subject, "the subject"),
    Column::required("task", TASKS, "1 to 5, or its name"),
    Column::required("date", Holds::Date, "the day"),
    Column::new("period", Holds::Period, "a period, or a time"),
    Column::new("start", Holds::Time, "or from this time"),
    Column::new("end", Holds::Time, "to this time"),
    Column::new("classes", Holds::Several, "1A;2B"),
    Column::new("teacher", Holds::Teachers, "who is visited, where it is not the class's own"),
    Column::new("place", Holds::Text, "where"),
    Column::new("minutes", Holds::Number, "how long"),
    Column::new("fixed", Holds::YesNo, "yes: it may not be moved"),
    Column::new("note", Holds::Text, "anything else"),
];

/// The columns of a schedule that one subject leader hands in, in a file named after the subject.
pub const HANDED_IN: &[Column] = match HANDED_IN_ALL {
    [_, rest @ ..] => rest,
    [] => &[],
};

/// The sheet that a schedule form is filled in on.
pub const FORM_SHEET: &str = "Schedule";

/// The sheet that says what a form is for, and its columns.
pub const FORM_KEYS: (&str, &[Column]) = (
    "Form",
    &[
        Column::required("setting", Holds::Text, "what is told"),
        Column::required("value", Holds::Text, "please leave as it is"),
    ],
);
