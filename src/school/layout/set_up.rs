//! The columns of the set-up: the school, its year, people, classes and subjects.

use super::column::{ColumnLayout, ColumnType, RecordLayout, RecordLocation};
use crate::school::set_up::calendar::WindowKind;
use crate::school::set_up::people::{AvailabilityStatus, StaffRole};

/// The days of the week on which there is school.
const WEEKDAYS: ColumnType = ColumnType::Words(&["Mon", "Tue", "Wed", "Thu", "Fri"]);

/// Week A or B.
const WEEK: ColumnType = ColumnType::Words(&["A", "B"]);

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
        ColumnLayout::required("kind", ColumnType::Words(WindowKind::WORDS), "what it is for"),
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
        ColumnLayout::new("role", ColumnType::Words(StaffRole::WORDS), "empty for class-teacher"),
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
        ColumnLayout::required("status", ColumnType::Words(AvailabilityStatus::WORDS), "what they do then"),
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
