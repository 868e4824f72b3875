//! The tables of the TOML files.

use super::column::ColumnType::*;
use super::column::{ColumnLayout, ColumnType, optional, required};
use super::set_up::{CLOSURES, EVENTS, HALF_TERMS, PERIODS, PHASE, WINDOWS};
use super::table::{InnerTable, OwnKeys, TableLayout, one, several};
use crate::school::year::duties::Frequency;
use crate::school::year::framework::{AreaMethod, Strand};
use crate::school::year::report_kinds::{ReportKind, Section};

const FRAMEWORK: ColumnLayout = optional("framework", Code, "the framework that is judged by; else job-card");
const PREVIOUS: ColumnLayout =
    optional("previous", Text, "last year's folder, named from this one; only read");
const FORMAT: ColumnLayout = optional("format", Number, "1: the form of these files");

/// The keys of `phase.toml` outside of any table, which people may write under any of them.
pub const PHASE_ROOT: &[ColumnLayout] = &[FORMAT, FRAMEWORK, PREVIOUS];

/// `[school]` of `phase.toml`.
pub const SCHOOL_TABLE: TableLayout =
    TableLayout::of(&[required("name", Text, "the school's name"), FORMAT, FRAMEWORK, PREVIOUS]);

/// `[job_card]`.
pub const JOB_CARDS: TableLayout = TableLayout::of(&[]).with(&[
    one("phase-leader", "how many of each task area in a half term", TableLayout::of_own(Number)),
    one("subject-leader", "the same, for each subject leader", TableLayout::of_own(Number)),
]);

/// `[limits]`.
pub const LIMITS: TableLayout = TableLayout::of(&[
    optional(
        "visits_per_teacher_per_half_term",
        Number,
        "at most so many visits to a teacher in a half term",
    ),
    optional("visits_per_teacher_per_year", Number, "at most so many visits to a teacher in a year"),
    optional("releases_per_period", Number, "at most so many people out of class at once"),
]);

/// `[sufficiency]`.
pub const SUFFICIENCY: TableLayout = TableLayout::of(&[
    optional("kinds", Number, "at least so many kinds of evidence"),
    optional("items", Number, "at least so many pieces"),
    optional("classes", Number, "of at least so many classes"),
    optional("weeks", Number, "from at least so many weeks"),
    optional("observers", Number, "by at least so many people"),
    optional("half_terms", Number, "from at least so many half terms"),
    optional("reason", Text, "why the school asks for more or less than usual"),
]);

/// `[assessment]`.
pub const ASSESSMENT: TableLayout = TableLayout::of(&[optional(
    "phonics_threshold",
    Number,
    "the marks from which the phonics check is met",
)]);

/// `[marks.maths]` and the like.
pub const MARK: TableLayout = TableLayout::of(&[
    required("of", Number, "the most marks"),
    optional("met", Number, "the marks from which the standard is met"),
]);

/// `[privacy]`.
pub const PRIVACY: TableLayout = TableLayout::of(&[
    optional("hidden_up_to", Number, "numbers up to this are hidden"),
    optional("counts_up_to", Number, "of groups up to this only the size is shown"),
    optional("reason", Text, "why less is hidden than usual"),
])
.with(&[one("keep_until", "until when a year group's records are kept", TableLayout::of_own(Date))]);

/// `[safeguarding]`.
pub const SAFEGUARDING: TableLayout = TableLayout::of(&[
    optional("route", Guidance, "whom to tell, in order"),
    optional("phrases", Guidance, "further phrases that are refused"),
]);

/// `phase.toml`.
pub const PHASE_FILE: TableLayout = TableLayout::of(PHASE_ROOT).with(&[
    one("school", "the school", SCHOOL_TABLE),
    several("phase", PHASE.about, TableLayout::of(PHASE.columns)),
    several("period", PERIODS.about, TableLayout::of(PERIODS.columns)),
    one("job_card", "how many of each task area in a half term", JOB_CARDS),
    one("limits", "what must not be exceeded", LIMITS),
    one("preferences", "a weight for each preference; 0 leaves it out", TableLayout::of_own(Number)),
    one("minutes", "how long each kind of session lasts", TableLayout::of_own(Number)),
    one("places", "how many sessions a place holds at once", TableLayout::of_own(Number)),
    one("groups", "further columns of pupils.csv, and what people read", TableLayout::of_own(Text)),
    one("privacy", "which small numbers are hidden", PRIVACY),
    one("safeguarding", "the school's own route", SAFEGUARDING),
    one("sufficiency", "how much evidence a settled judgement needs", SUFFICIENCY),
    one("assessment", "how results are read", ASSESSMENT),
    one(
        "marks",
        "what tests are out of, by what is assessed",
        TableLayout { own: OwnKeys::Tables(&MARK), ..TableLayout::of(&[]) },
    ),
    one("codes", "the school's own codes of results, and how each is read", TableLayout::of_own(CODES)),
]);

/// How a code of results is read.
const CODES: ColumnType = Words(&["met", "not-met", "not-assessed", "left", "missing"]);

/// `calendar.toml`.
pub const CALENDAR_FILE: TableLayout = TableLayout::of(&[required("academic_year", Text, "as in 2026-27")])
    .with(&[
        several("half_term", HALF_TERMS.about, TableLayout::of(HALF_TERMS.columns)),
        several("closure", CLOSURES.about, TableLayout::of(CLOSURES.columns)),
        several("event", EVENTS.about, TableLayout::of(EVENTS.columns)),
        several("window", WINDOWS.about, TableLayout::of(WINDOWS.columns)),
    ]);

/// `[[objective.criterion]]`.
pub const CRITERION: TableLayout = TableLayout::of(&[
    required("text", Note, "what must be so"),
    optional("milestone", Text, "the day on which it was done; \"\" until then"),
    optional("measure", Code, "a number that the records give"),
    optional("evidence", Number, "so many records of the kinds"),
    optional("by", Date, "when it must be so"),
    optional("from", Code, "how it stood"),
    optional("to", Code, "what is wanted"),
    optional("since", Code, "from which data point"),
    optional("subject", Subject, "of which subject"),
    optional("group", Code, "of which pupils, as in disadvantaged=yes"),
    optional("year_group", Code, "of which year group"),
    optional("aspect", Code, "of which aspect"),
    optional("grade", Code, "at which grade"),
    optional("kinds", Several, "of which kinds"),
]);

/// `[[objective.monitoring]]`.
pub const MONITORING: TableLayout = TableLayout::of(&[
    required("text", Note, "what it is"),
    optional("shown_by", Several, "records of these kinds"),
    optional("link", Text, "where it is kept"),
]);

/// `[[objective]]`.
pub const OBJECTIVE: TableLayout = TableLayout::of(&[
    required("id", Text, "a short name"),
    required("title", Note, "what is to be reached"),
    optional("owner", Staff, "who"),
    optional("line_manager", Staff, "to whom they report"),
    optional("opened", Date, "when it was agreed"),
    required("due", Date, "by when"),
    optional("agreed_progress", Note, "the progress agreed, in the school's own words"),
    optional("aims", Several, "the aims that it serves"),
])
.with(&[
    several("criterion", "the success criteria, each shown in one way", CRITERION),
    several("monitoring", "what shows how it goes", MONITORING),
]);

/// `objectives.toml`.
pub const OBJECTIVES_FILE: TableLayout =
    TableLayout::of(&[]).with(&[several("objective", "what a leader is to reach", OBJECTIVE)]);

/// `[[duty]]`.
pub const DUTY: TableLayout = TableLayout::of(&[
    required("id", Text, "a short name"),
    required("area", Note, "what it belongs to"),
    required("text", Note, "what is to be done"),
    required("who", Several, "roles or people; the first answers for it"),
    required("every", Words(Frequency::WORDS), "how often"),
    optional("times", Number, "how many times in that time"),
    optional("shown_by", Several, "records of these kinds"),
    optional("with", Several, "with whom"),
    optional("subject", Subject, "of which subject"),
    optional("agreed", Date, "when it was agreed"),
    optional("items", Several, "what it is made of"),
    optional("link", Text, "where it is kept"),
]);

/// `duties.toml`.
pub const DUTIES_FILE: TableLayout =
    TableLayout::of(&[]).with(&[several("duty", "the responsibilities of the post", DUTY)]);

/// What a school has chosen for one of its reports.
pub const REPORT: TableLayout = TableLayout::of(&[
    optional("title", Note, "the title; {phase} and others are filled in"),
    optional("sections", ListOf(Section::WORDS), "the sections, in order"),
    optional("appendix", ListOf(Section::WORDS), "the sections behind them"),
    optional("opening", Note, "the words before the first section"),
    optional("closing", Note, "the words after the last"),
]);

const REPORT_TABLES: [InnerTable; ReportKind::WORDS.len()] = {
    let mut tables = [one("", "what the school has chosen for this report", REPORT); ReportKind::WORDS.len()];
    let (mut rest, mut words) = (tables.as_mut_slice(), ReportKind::WORDS);
    while let ([table, others @ ..], [word, further @ ..]) = (rest, words) {
        table.name = word;
        (rest, words) = (others, further);
    }
    tables
};

/// `reports.toml`.
pub const REPORTS_FILE: TableLayout = TableLayout::of(&[]).with(&REPORT_TABLES);

/// `[[mapping]]`.
pub const MAPPING: TableLayout = TableLayout::of(&[
    required("name", Text, "what the export is called"),
    optional("sheet", Text, "the sheet of a workbook"),
    optional("key", Text, "where the codes of pupils are kept"),
])
.with(&[
    one("columns", "what each column of the export is", TableLayout::of_own(Text)),
    one("results", "what results are called in the export, and here", TableLayout::of_own(Text)),
]);

/// `import.toml`.
pub const IMPORT_FILE: TableLayout = TableLayout::of(&[]).with(&[several(
    "mapping",
    "how exports of the school's own system are read",
    MAPPING,
)]);

/// `[method]` of a framework.
pub const METHOD: TableLayout = TableLayout::of(&[
    required("area", Words(AreaMethod::WORDS), "how aspects become an area"),
    optional("top_grade", Words(&["all-good-plus"]), "the top grade asks for good or better in every aspect"),
    optional("bottom_grade", Words(&["any-of"]), "the bottom grade holds where any of its lines does"),
    optional("typicality", YesNo, "whether what is typical counts"),
    optional("text", Text, "how, in the framework's own words"),
    optional("overall_text", Text, "how the whole is judged"),
]);

/// `[[grade]]`.
pub const GRADE: TableLayout = TableLayout::of(&[
    required("id", Text, "a short name, such as good"),
    required("rank", Number, "1 for the lowest"),
    required("label", Text, "what people read"),
    required("meets", YesNo, "whether the standard is met"),
    required("descriptor", Text, "the key of its lines in aspects"),
    optional("meaning", Text, "what it means"),
    optional("ofsted_number", Number, "its number, where grades are numbered"),
    optional("follow_up_months", ListOf(&[]), "from and to how many months later the next inspection is"),
]);

/// `[[binary]]`.
pub const BINARY: TableLayout = TableLayout::of(&[
    required("id", Text, "a short name"),
    required("label", Text, "what people read"),
    required("values", Several, "its two values, the better one first"),
    optional("text", Text, "what is asked"),
]);

/// `[[flag]]` and `[[follow_up]]`.
pub const LABELLED: TableLayout =
    TableLayout::of(&[required("id", Text, "a short name"), required("label", Text, "what people read")]);

/// The keys of an aspect that are no lines of descriptors.
pub const ASPECT: &[ColumnLayout] = &[
    optional("id", Text, "its area's id, a dot, and a short name"),
    optional("title", Text, "what people read"),
    optional("strand", Words(Strand::WORDS), "what it belongs to, where its area is split"),
    optional("basis", Text, "where its wording comes from"),
    optional("kinds", Several, "the kinds of evidence that can speak to it"),
];

/// `[[area]]`.
pub const AREA: TableLayout = TableLayout::of(&[
    required("id", Text, "a short name"),
    required("title", Text, "what people read"),
    required("strand", Code, "outcomes, provision or other; split where each aspect says its own"),
    optional("basis", Text, "where its wording comes from"),
    optional("applies", Words(&["always", "if-early-years"]), "when it is judged"),
    optional("covers", Text, "what it is about"),
])
.with(&[several(
    "aspect",
    "what is judged, with a line for each grade",
    TableLayout { own: OwnKeys::Values(Text), ..TableLayout::of(ASPECT) },
)]);

/// `[[rule.if]]`.
pub const CONDITION: TableLayout = TableLayout::of(&[
    optional("any_area", Code, "any area at this grade"),
    optional("area", Code, "this area"),
    optional("below", Code, "below this grade"),
    optional("at", Code, "at this grade"),
    optional("binary", Code, "this statement"),
    optional("is", Code, "has this value"),
    optional("flag", Code, "this flag is up"),
]);

/// `[rule.then]`.
pub const CONSEQUENCE: TableLayout = TableLayout::of(&[
    optional("area", Code, "this area"),
    optional("max_grade", Code, "is at most of this grade"),
    optional("category", Text, "the school is in this category"),
]);

/// `[[rule]]`.
pub const RULE: TableLayout = TableLayout::of(&[
    required("id", Text, "a short name"),
    required("basis", Text, "where it comes from"),
    required("text", Text, "the rule in words"),
])
.with(&[several("if", "what must be so, all of it", CONDITION), one("then", "what follows", CONSEQUENCE)]);

/// `[[change]]`.
pub const CHANGE: TableLayout = TableLayout::of(&[
    required("text", Text, "what is other than in the framework that it extends"),
    optional("aspect", Code, "in which aspect"),
    optional("scope", Words(&["method"]), "or in the method"),
]);

/// `[[next_step]]`.
pub const NEXT_STEP: TableLayout = TableLayout::of(&[
    required("from", Code, "from this grade"),
    required("to", Code, "to this grade"),
    required("text", Text, "what to do"),
]);

/// A framework's file.
pub const FRAMEWORK_FILE: TableLayout = TableLayout::of(&[
    required("schema", Number, "1: the form of the file"),
    required("id", Text, "the file's name without its ending"),
    required("title", Text, "what people read"),
    required("jurisdiction", Text, "where it holds"),
    required("provenance", Text, "who published it, and who wrote it down"),
    optional("valid_from", Date, "the first day it holds"),
    optional("valid_to", Date, "the last day"),
    optional("sources", Several, "where it is published"),
    optional("note", Text, "what a reader should know"),
    optional("basis", Text, "where the wording comes from, where nothing else is said"),
    optional("extends", Code, "the framework that it changes"),
    optional("grades_from", Code, "the framework whose grades it takes"),
])
.with(&[
    one("method", "how aspects become an area, and areas the whole", METHOD),
    several("grade", "the scale", GRADE),
    several("binary", "statements of two values", BINARY),
    several("flag", "what is noted beside the grades", LABELLED),
    several("area", "what is judged", AREA),
    several("rule", "what limits a grade", RULE),
    several("change", "what is other than in the framework that it extends", CHANGE),
    one("quantity_words", "what words of quantity mean", TableLayout::of_own(Text)),
    several("follow_up", "what may follow an inspection", LABELLED),
    several("next_step", "what leads from one grade to the next", NEXT_STEP),
]);
