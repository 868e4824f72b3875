//! What people type and see, in the README and `tests/cases`.
//!
//! `tests/cases` has a folder a command and a file a story. `TRYCMD=overwrite cargo test --test it stories` writes what is
//! seen anew: read the difference.

#[test]
fn the_readme_and_the_stories() {
    trycmd::TestCases::new()
        .env("PHASE_TODAY", "2026-12-10")
        .case("README.md")
        .case("tests/cases/**/*.trycmd");
}
