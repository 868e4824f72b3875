//! The columns of pupils, results, targets and national figures.

use super::column::ColumnType::*;
use super::column::{RecordLayout, RecordLocation, optional, required};
use crate::school::attainment::measure::Measure;
use crate::school::attainment::scale::{ResultKind, Scale};

/// The pupils, by codes.
pub const PUPILS: RecordLayout = RecordLayout {
    sheet: "Pupils",
    file: "pupils.csv",
    home: RecordLocation::Rows,
    about: "The pupils, by a code that the school makes; never a name or UPN",
    columns: &[
        required("pupil", Code, "the code, such as P014"),
        required("class", Class, "the class"),
        required("year_group", Code, "N, R, 1 to 6"),
        optional("joined", Date, "since when, where not from the beginning"),
        optional("left", Date, "the last day"),
        optional("sex", Words(&["F", "M"]), "girls and boys"),
        optional("disadvantaged", YesNo, "the pupil premium flag"),
        optional("fsm", YesNo, "free meals now: other pupils than the flag"),
        optional("send", Words(&["N", "K", "E"]), "none, support, plan"),
        optional("eal", YesNo, "English as an additional language"),
        optional("looked_after", YesNo, "looked after"),
        optional("birth_term", Words(&["autumn", "spring", "summer"]), "born in"),
        optional("prior_attainment", Words(&["low", "middle", "high"]), "what was reached before the phase"),
    ],
};

/// Results.
pub const ASSESSMENTS: RecordLayout = RecordLayout {
    sheet: "Assessments",
    file: "assessments.csv",
    home: RecordLocation::Rows,
    about: "What pupils reached",
    columns: &[
        required("pupil", Code, "the pupil's code"),
        required("subject", Code, "reading, writing, maths, phonics, attendance …"),
        required("point", Code, "baseline, autumn, spring, summer, or a date"),
        required("result", Code, "what the scale takes"),
        required("scale", Words(Scale::WORDS), "how the result is read"),
        optional("kind", Words(ResultKind::WORDS), "teacher or test; empty: as the scale has it"),
        optional("strand", Code, "the strand of a test; empty for the whole"),
    ],
};

/// What is aimed at.
pub const TARGETS: RecordLayout = RecordLayout {
    sheet: "Targets",
    file: "targets.csv",
    home: RecordLocation::Rows,
    about: "What is aimed at, for the end of the phase or a data point before",
    columns: &[
        required("subject", Code, "reading, writing, maths, rwm …"),
        required("measure", Words(Measure::WORDS), "what is counted"),
        required("percent", Number, "the share in percent; of an average the score"),
        optional("point", Code, "empty: the end of the phase"),
        optional("year_group", Code, "empty: every year group of the phase"),
        optional("group", Text, "empty for all; else disadvantaged=yes"),
    ],
};

/// What pupils who started alike reach nationally.
pub const STARTS: RecordLayout = RecordLayout {
    sheet: "Starts",
    file: "starts.csv",
    home: RecordLocation::Rows,
    about: "What pupils who started alike reach nationally, for value added and progress",
    columns: &[
        optional("subject", Code, "empty for value added (2004); else reading …"),
        required("start", Code, "Key Stage 1 points; or low, middle, high"),
        required("reached", Number, "the median or average reached from there"),
        optional("spread", Number, "the national spread between pupils"),
    ],
};

/// Figures of the whole country that the school brings itself.
pub const NATIONAL: RecordLayout = RecordLayout {
    sheet: "National",
    file: "national.csv",
    home: RecordLocation::Rows,
    about: "National figures of your own, beside those built in",
    columns: &[
        required("results_year", Number, "the summer in which it was reached"),
        required("key_stage", Code, "EYFS, Y1, KS1, Y4, KS2"),
        required("measure", Text, "reading_expected, rwm_expected, gld …"),
        required("value", Number, "percent, or a score"),
        optional("group", Text, "empty for all; disadvantaged, girls …"),
        optional("status", Text, "provisional, revised or unknown"),
        optional("source", Text, "who published it, and when"),
    ],
};

/// The files that tracking is made from.
pub const TRACKED: &[&str] = &[PUPILS.file, ASSESSMENTS.file, TARGETS.file, STARTS.file, NATIONAL.file];

/// The mappings of imports.
pub const IMPORT_MAPPINGS: &str = "import.toml";
