//! What the program answers and writes, kept as digests.
//!
//! Every command, format and audience on every example; every command that writes; the best plans; and what reads as a
//! safeguarding concern. Where something has changed on purpose, look at it under `target/guards/` (`diff -r` of
//! `accepted` and `found`), then keep it: `PHASE_GUARDS=accept cargo test --test it guards`.

mod answers;
mod changes;
mod concerns;
mod plans;

use std::fs;

use crate::workspace::{copy, root};

/// The 64-bit FNV-1a digest, the same on every machine.
fn digest(bytes: &[u8]) -> String {
    let digest = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{digest:016x}")
}

/// Holds what was found against the file that keeps it, or puts it there where that is asked for.
fn compare(name: &str, found: &str) {
    let path = root().join("tests/guards").join(name);
    if std::env::var("PHASE_GUARDS").is_ok_and(|value| value == "accept") {
        fs::write(&path, found).unwrap();
        let (new, old) = (root().join("target/guards/found"), root().join("target/guards/accepted"));
        if new.join(name).is_dir() {
            let _ = fs::remove_dir_all(old.join(name));
            copy(&new.join(name), &old.join(name));
        }
        return;
    }
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (kept, found) = (lines(&kept), lines(found));
    let gone = kept.iter().filter(|line| !found.contains(line)).map(|line| format!("- {line}"));
    let new = found.iter().filter(|line| !kept.contains(line)).map(|line| format!("+ {line}"));
    let changed: Vec<String> = gone.chain(new).collect();
    assert!(
        changed.is_empty() && kept == found,
        "{} lines of tests/guards/{name} changed: look at target/guards/found/{name}, then keep them with\n  \
         PHASE_GUARDS=accept cargo test --test it guards\n{}",
        changed.len(),
        changed.iter().take(40).cloned().collect::<Vec<_>>().join("\n")
    );
}

/// The example schools, the day it is in each, and its phases beside the first.
const SCHOOLS: &[(&str, &str, &[&str])] = &[
    ("two-form-primary", "2026-12-10", &["ks2"]),
    ("two-form-primary", "2027-05-20", &[]),
    ("two-form-primary-2025-26", "2026-06-11", &[]),
    ("village-school", "2026-12-10", &[]),
    ("no-room-limit", "2026-12-10", &[]),
    ("no-room-ppa", "2026-12-10", &[]),
    ("two-files", "2026-12-10", &[]),
];
