//! How long judging takes: reading and judging the example, comparing views, and the votes alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    missing_docs,
    reason = "not part of the program"
)]

use std::path::Path;

use chrono::NaiveDate;

use phase::judge::moderation::moderate;
use phase::judge::pairs::ModerationQuery;
use phase::judge::votes::{self, Tallies};
use phase::judge::{Scope, evaluate, practice};
use phase::load::formats::Folder;
use phase::load::load;
use phase::school::{EvidenceKind, Id, School};

fn main() {
    divan::main();
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 10).expect("a day")
}

fn school() -> School {
    let folder = Folder::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/two-form-primary"));
    load(&folder, today()).school.expect("the example is whole")
}

fn scope() -> Scope {
    let (phase, framework) = (Id::new("ks1"), Id::new("job-card"));
    Scope { phase, subject: None, half_term: 2, year: false, framework, in_detail: false }
}

#[divan::bench]
fn evaluate_the_example(bencher: divan::Bencher<'_, '_>) {
    let school = school();
    bencher.bench_local(|| evaluate(&school, &scope(), today()));
}

#[divan::bench]
fn moderate_the_example(bencher: divan::Bencher<'_, '_>) {
    let school = school();
    let asked = ModerationQuery { phase: Id::new("ks1"), subject: None, half_term: None, present: 2 };
    bencher.bench_local(|| moderate(&school, &asked, today()));
}

#[divan::bench]
fn practice_of_the_example(bencher: divan::Bencher<'_, '_>) {
    let school = school();
    bencher.bench_local(|| practice::practice(&school, &Id::new("ks1"), 2, today()));
}

#[divan::bench(args = [100, 10_000, 1_000_000])]
fn grade_so_many_items(bencher: divan::Bencher<'_, '_>, items: usize) {
    let kinds: Vec<EvidenceKind> = EvidenceKind::ALL.to_vec();
    bencher.bench_local(|| {
        let mut tallies = Tallies::new();
        for (item, kind) in (0..items).zip(kinds.iter().cycle()) {
            tallies.entry(*kind).or_default().add(1 + (item * 7 % 4) as u8);
        }
        votes::grade(&tallies)
    });
}
