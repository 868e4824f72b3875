//! The columns of the set-up: the school, its year, people, classes and subjects.

use super::column::ColumnType::{self, *};
use super::column::{RecordLayout, RecordLocation, optional, required};
use crate::school::set_up::calendar::WindowKind;
use crate::school::set_up::people::{AvailabilityStatus, StaffRole};

/// The days of the week on which there is school.
const WEEKDAYS: ColumnType = Words(&["Mon", "Tue", "Wed", "Thu", "Fri"]);

/// Week A or B.
const WEEK: ColumnType = Words(&["A", "B"]);

/// The keys of `phase.toml` and of `calendar.toml` that are no records of their own, a row each.
pub const SCHOOL: RecordLayout = RecordLayout {
    sheet: "School",
    file: "phase.toml",
    home: RecordLocation::Keys,
    about: "The school and its choices",
    columns: &[
        required("table", Text, "school, calendar, limits, preferences, minutes …"),
        required("setting", Text, "name, academic_year …"),
        required("value", Text, "what it is"),
    ],
};

/// Year groups led together.
pub const PHASE: RecordLayout = RecordLayout {
    sheet: "Phase",
    file: "phase.toml",
    home: RecordLocation::Tables("phase"),
    about: "The phases: year groups led together; without --phase the first counts",
    columns: &[
        required("id", Text, "a short name, such as ks1"),
        required("name", Text, "the name that people read"),
        required("leader", Staff, "who leads it"),
        required("year_groups", Several, "1;2 (N, R, 1 to 6)"),
        optional("sessions", Several, "the leader's programmed sessions: Thu p4; Fri p1 A"),
    ],
};

/// The phase leader's programmed sessions: a sheet only; in `phase.toml` they are a key of the phase.
pub const SESSIONS: RecordLayout = RecordLayout {
    sheet: "Sessions",
    file: "phase.toml",
    home: RecordLocation::Values("sessions"),
    about: "The phase leader's programmed sessions",
    columns: &[
        required("phase", Phase, "the id of the phase"),
        required("sessions", Text, "Thu p4, or Thu 13:15-14:15 A, or 2027-03-02 p4"),
    ],
};

/// The periods of a day.
pub const PERIODS: RecordLayout = RecordLayout {
    sheet: "Periods",
    file: "phase.toml",
    home: RecordLocation::Tables("period"),
    about: "The periods of a day; without them am1 9:00, am2 10:40, pm1 13:00, pm2 13:45, pm3 14:30",
    columns: &[
        required("id", Text, "a short name, such as p1"),
        required("start", Time, "09:00"),
        required("end", Time, "10:00"),
        optional("weekdays", Several, "empty for all, else Mon-Thu"),
    ],
};

/// The six half terms.
pub const HALF_TERMS: RecordLayout = RecordLayout {
    sheet: "Half terms",
    file: "calendar.toml",
    home: RecordLocation::Tables("half_term"),
    about: "The six half terms; without them the common term dates of the year count",
    columns: &[
        required("number", Number, "1 to 6"),
        required("from", Date, "the first day"),
        required("to", Date, "the last day"),
        optional("first_week", WEEK, "A or B, where timetables alternate"),
    ],
};

/// Days without pupils.
pub const CLOSURES: RecordLayout = RecordLayout {
    sheet: "Closures",
    file: "calendar.toml",
    home: RecordLocation::Tables("closure"),
    about: "Days without pupils, INSET days included",
    columns: &[
        optional("date", Date, "one day"),
        optional("from", Date, "or from this day"),
        optional("to", Date, "to this day"),
        optional("reason", Text, "why"),
        optional("inset", YesNo, "yes: staff are in"),
        optional("allows", Several, "kinds of session that may take place, such as training"),
    ],
};

/// What takes people or classes up.
pub const EVENTS: RecordLayout = RecordLayout {
    sheet: "Events",
    file: "calendar.toml",
    home: RecordLocation::Tables("event"),
    about: "What takes people or classes up",
    columns: &[
        optional("date", Date, "one day"),
        optional("from", Date, "or from this day"),
        optional("to", Date, "to this day"),
        optional("period", Several, "empty for all day"),
        optional("periods", Several, "the same"),
        optional("classes", Several, "1A;2B"),
        optional("year_groups", Several, "1;2"),
        optional("staff", Several, "names or ids; all for everybody"),
        optional("all", YesNo, "yes: it takes everybody up"),
        optional("reason", Text, "what it is"),
    ],
};

/// Assessment windows.
pub const WINDOWS: RecordLayout = RecordLayout {
    sheet: "Windows",
    file: "calendar.toml",
    home: RecordLocation::Tables("window"),
    about: "Assessment windows: the year groups named are left alone then",
    columns: &[
        required("year_groups", Several, "1;2"),
        required("from", Date, "the first day"),
        optional("to", Date, "the last day"),
        required("kind", Words(WindowKind::WORDS), "what it is for"),
        optional("confirmed", YesNo, "no: the dates are still to be checked"),
        optional("label", Text, "its name"),
    ],
};

/// The subjects.
pub const SUBJECTS: RecordLayout = RecordLayout {
    sheet: "Subjects",
    file: "subjects.csv",
    home: RecordLocation::Rows,
    about: "The subjects and who leads each",
    columns: &[
        required("name", Text, "the name that people read"),
        required("leader", Staff, "who leads it; empty where nobody does yet"),
        optional("id", Text, "a short name; else made from the name"),
        optional("core", YesNo, "yes for a core subject"),
        optional("priority", Number, "0 to 3: how pressing it is"),
        optional("times_a_year", Number, "how often you want to see it"),
        optional("assessed_as", Several, "what its results are called: reading;writing"),
    ],
};

/// The staff.
pub const STAFF: RecordLayout = RecordLayout {
    sheet: "Staff",
    file: "staff.csv",
    home: RecordLocation::Rows,
    about: "Everybody on the staff",
    columns: &[
        required("name", Text, "the name that people read"),
        optional("id", Text, "a short name; else made from the name"),
        optional("role", Words(StaffRole::WORDS), "empty for class-teacher"),
        optional("email", Text, "where to write to"),
        optional("days", Text, "empty for Mon to Fri, else Mon-Wed"),
    ],
};

/// The classes.
pub const CLASSES: RecordLayout = RecordLayout {
    sheet: "Classes",
    file: "classes.csv",
    home: RecordLocation::Rows,
    about: "The classes",
    columns: &[
        required("id", Text, "a short name, such as 1A"),
        required("year_group", Several, "1, or 1;2 for a mixed class"),
        optional("teacher", Teachers, "the class teacher; a;b for a job share"),
        optional("room", Text, "where it is taught"),
        optional("pupils", Number, "how many"),
    ],
};

/// The timetable.
pub const TIMETABLE: RecordLayout = RecordLayout {
    sheet: "Timetable",
    file: "timetable.csv",
    home: RecordLocation::Rows,
    about: "What a class is taught when; the lessons that matter to you are enough",
    columns: &[
        required("class", Class, "the class"),
        required("weekday", WEEKDAYS, "the day"),
        required("period", Period, "a period, or a time"),
        required("subject", Subject, "the subject"),
        optional("teacher", Staff, "where it is not the class's own"),
        optional("week", WEEK, "empty for every week"),
        optional("half_term", Number, "for subjects taught in blocks"),
    ],
};

/// Availability.
pub const AVAILABILITY: RecordLayout = RecordLayout {
    sheet: "Availability",
    file: "availability.csv",
    home: RecordLocation::Rows,
    about: "What people do when",
    columns: &[
        required("staff", Staff, "who"),
        optional("weekday", WEEKDAYS, "every week"),
        optional("date", Date, "or one day"),
        optional("from", Date, "or from this day"),
        optional("to", Date, "to this day"),
        optional("period", Period, "empty for all day"),
        required("status", Words(AvailabilityStatus::WORDS), "what they do then"),
        optional("week", WEEK, "empty for every week"),
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
