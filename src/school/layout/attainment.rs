//! The columns of pupils, results, targets and national figures.

use super::column::{ColumnLayout, ColumnType, RecordLayout, RecordLocation};
use crate::school::attainment::measure::Measure;
use crate::school::attainment::scale::{ResultKind, Scale};

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
        ColumnLayout::new("sex", ColumnType::Words(&["F", "M"]), "girls and boys"),
        ColumnLayout::new("disadvantaged", ColumnType::YesNo, "the pupil premium flag"),
        ColumnLayout::new("fsm", ColumnType::YesNo, "free meals now: other pupils than the flag"),
        ColumnLayout::new("send", ColumnType::Words(&["N", "K", "E"]), "none, support, plan"),
        ColumnLayout::new("eal", ColumnType::YesNo, "English as an additional language"),
        ColumnLayout::new("looked_after", ColumnType::YesNo, "looked after"),
        ColumnLayout::new("birth_term", ColumnType::Words(&["autumn", "spring", "summer"]), "born in"),
        ColumnLayout::new(
            "prior_attainment",
            ColumnType::Words(&["low", "middle", "high"]),
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
        ColumnLayout::required("scale", ColumnType::Words(Scale::WORDS), "how the result is read"),
        ColumnLayout::new(
            "kind",
            ColumnType::Words(ResultKind::WORDS),
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
        ColumnLayout::required("measure", ColumnType::Words(Measure::WORDS), "what is counted"),
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

/// The files that tracking is made from.
pub const TRACKED: &[&str] = &[PUPILS.file, ASSESSMENTS.file, TARGETS.file, STARTS.file, NATIONAL.file];

/// The mappings of imports.
pub const IMPORT_MAPPINGS: &str = "import.toml";
