//! Judging from files, a module a command or a rule.

mod audiences;
mod concerns;
mod counting;
mod frameworks;
mod grades;
mod record;
mod votes;

/// A phase of four classes whose subjects are maths and art; with files added.
fn workspace(files: &[(&str, &str)]) -> tempfile::TempDir {
    let own = [
        ("subjects.csv", "name,id,leader\nMaths,maths,okafor\nArt,art,lindqvist\n"),
        ("staff.csv", "name,id\nMorgan Hale,hale\nJo Okafor,okafor\nSam Lindqvist,lindqvist\n"),
    ];
    crate::workspace::workspace(&[&own[..], files].concat())
}

/// Evidence of one aspect of maths: kinds with their grades, spread over classes, weeks and people. Lessons
/// rest on two visits each.
fn evidence(kinds: &[(&str, &[&str])]) -> (String, String) {
    let head = "id,date,kind,subject,aspect,grade,classes,by,rests_on\n";
    let (mut first, mut second) = (head.to_owned(), head.to_owned());
    let visits = "v1,2026-11-03,lessons,maths,outcomes.progress,,1A,hale,\nv2,2026-11-10,lessons,maths,outcomes.progress,,2B,okafor,\n";
    second.push_str(visits);
    let old = visits.replace("2026-11", "2026-09").replace("v1", "u1").replace("v2", "u2");
    first.push_str(&old);
    let mut number = 0;
    for (kind, grades) in kinds {
        for grade in *grades {
            number += 1;
            let class = ["1A", "1B", "2A", "2B"][number % 4];
            let by = ["hale", "okafor"][number % 2];
            if *kind == "lessons" {
                // Once in each half term for an aspect of a subject.
                let (text, month, visits) = if first.contains("lessons,maths,outcomes.progress,g")
                    || first.contains("lessons,maths,outcomes.progress,r")
                {
                    (&mut second, "11-19", "v1;v2")
                } else {
                    (&mut first, "09-24", "u1;u2")
                };
                text.push_str(&format!(
                    "e{number},2026-{month},lessons,maths,outcomes.progress,{grade},,{by},{visits}\n"
                ));
            } else {
                let day = 2 + number % 25;
                second.push_str(&format!(
                    "e{number},2026-11-{day:02},{kind},maths,outcomes.progress,{grade},{class},{by},\n"
                ));
            }
        }
    }
    (first, second)
}

const G: &str = "good";
const R: &str = "requires-improvement";
const O: &str = "outstanding";
