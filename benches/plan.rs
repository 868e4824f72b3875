//! How long the parts of an answer take: reading, planning, finding clashes, explaining.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    missing_docs,
    reason = "not part of the program"
)]

mod generator;

use std::path::Path;

use chrono::NaiveDate;

use phase::load::formats::Folder;
use phase::load::load;
use phase::plan::schedule::context::PlanningContext;
use phase::plan::schedule::model::PlanningModel;
use phase::plan::schedule::solver;
use phase::plan::{ScheduleRequest, clashes, schedule};
use phase::school::School;

fn main() {
    divan::main();
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 10).expect("a day")
}

fn example() -> Folder {
    Folder::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/two-form-primary"))
}

fn school() -> School {
    load(&example(), today()).school.expect("the example is whole")
}

#[divan::bench]
fn read_the_example() -> usize {
    load(&example(), today()).files
}

#[divan::bench(args = [3, 4])]
fn plan_a_half_term(bencher: divan::Bencher<'_, '_>, half_term: u8) {
    let school = school();
    bencher.bench_local(|| schedule(&school, &ScheduleRequest::new(half_term, today()), None));
}

#[divan::bench]
fn find_clashes(bencher: divan::Bencher<'_, '_>) {
    let school = school();
    bencher.bench_local(|| clashes(&school, 3, today()));
}

#[divan::bench(args = [1, 2, 4, 8])]
fn plan_a_seeded_school(bencher: divan::Bencher<'_, '_>, seed: u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let school = seeded(folder.path(), seed);
    bencher.bench_local(|| schedule(&school, &ScheduleRequest::new(3, today()), None));
}

/// Solving alone, the model built already: what the solving times of HiGHS and CP-SAT compare with.
#[divan::bench(args = [0, 1, 2, 3, 4, 5, 6, 7])]
fn solve_a_seeded_model(bencher: divan::Bencher<'_, '_>, seed: u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let school = seeded(folder.path(), seed);
    let request = ScheduleRequest::new(3, today());
    let context = PlanningContext::new(&school, &request).expect("a half term");
    let problem = PlanningModel::new(&context);
    bencher.bench_local(|| solver::solve(&problem.model));
}

/// The school of a seed, read from a folder.
fn seeded(folder: &Path, seed: u64) -> School {
    for (name, text) in generator::Spec::new(generator::Shape::varied(seed), seed).files(false) {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        std::fs::write(path, text).expect("the file can be written");
    }
    load(&Folder::new(folder), today()).school.expect("the school is whole")
}
