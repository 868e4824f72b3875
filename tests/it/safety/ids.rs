//! Ids that would leave a folder, name a device, or mislead.

use crate::program::run;
use crate::workspace::workspace;

/// Ids that would leave a folder, name a device, split a list, or look like another.
const HOSTILE: &[&str] = &[
    "../evil",
    "..\\evil",
    "a/b",
    "a\\b",
    "..",
    ".",
    ".hidden",
    "C:evil",
    "C:\\evil",
    "con",
    "NUL",
    "aux.txt",
    "com1",
    "LPT9",
    "com¹",
    "conin$",
    "a:b",
    "a*b",
    "a?b",
    "a\"b",
    "a<b",
    "a>b",
    "a|b",
    "a;b",
    "a,b",
    "ends.",
    "a..b",
    "tab\there",
    "bell\u{7}",
    "\u{202e}gnp",
    "zero\u{200b}width",
    "soft\u{ad}hyphen",
    "nb\u{a0}space",
    "blank\u{2800}",
    "filler\u{3164}",
    "tag\u{e0041}",
    "long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long",
];

fn csv(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn toml(text: &str) -> String {
    let escape = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

/// A file of a workspace in which something has the id.
fn with_id(kind: &str, id: &str) -> (&'static str, String) {
    let cell = csv(id);
    let base = "[school]\nname = \"Base\"\n[[phase]]\nname = \"Key Stage 1\"\nleader = \"hale\"\nyear_groups = [\"1\", \"2\"]\nsessions = [\"Thu pm1\"]\n";
    match kind {
        "staff" => (
            "staff.csv",
            format!("name,id\nMorgan Hale,hale\nJo Okafor,okafor\nTom Ashdown,ashdown\nEve Ill,{cell}\n"),
        ),
        "phase" => ("phase.toml", format!("{base}id = {}\n", toml(id))),
        "class" => ("classes.csv", format!("id,year_group\n1A,1\n{cell},2\n")),
        "subject" => {
            ("subjects.csv", format!("name,id,leader\nEnglish,english,ashdown\nArt,{cell},ashdown\n"))
        }
        "objective" => (
            "objectives.toml",
            format!(
                "[[objective]]\nid = {}\ntitle = \"T\"\ndue = 2027-07-01\n[[objective.criterion]]\ntext = \"C\"\nmilestone = \"\"\n",
                toml(id)
            ),
        ),
        "action" => ("actions.csv", format!("id,action,owner,due\n{cell},Read,hale,2027-01-11\n")),
        "duty" => (
            "duties.toml",
            format!(
                "[[duty]]\nid = {}\narea = \"A\"\ntext = \"T\"\nwho = [\"phase-leader\"]\nevery = \"term\"\n",
                toml(id)
            ),
        ),
        "evidence" => (
            "evidence/ht1.csv",
            format!("id,date,kind,subject,aspect,grade\n{cell},2026-10-01,books,english,work,good\n"),
        ),
        "log" => ("log.csv", format!("date,kind,what,id\n2026-10-01,meeting,Met,{cell}\n")),
        "period" => (
            "phase.toml",
            format!(
                "{base}id = \"ks1\"\n[[period]]\nid = {}\nstart = \"13:00\"\nend = \"14:00\"\n",
                toml(id)
            ),
        ),
        _ => (
            "schedules/ht3/published.csv",
            format!(
                "id,owner,task,date,start,end,status\n{cell},hale,scheduling,2027-01-07,13:00,13:45,planned\n"
            ),
        ),
    }
}

#[test]
fn hostile_ids_are_refused_for_every_kind_of_record() {
    let kinds = [
        "staff",
        "phase",
        "class",
        "subject",
        "objective",
        "action",
        "duty",
        "evidence",
        "log",
        "period",
        "session",
    ];
    for kind in kinds {
        for id in HOSTILE {
            let (file, text) = with_id(kind, id);
            let folder = workspace(&[(file, &text)]);
            let (code, out, _) = run(folder.path(), &["check"]);
            assert_eq!(code, 1, "{kind} {id:?}");
            let is_at = |line: &str| line.starts_with(&format!("{file}:")) && line.contains("error:");
            assert!(out.lines().any(is_at), "{kind} {id:?}: {out}");
            assert!(!out.contains("panicked"), "{kind} {id:?}: {out}");
        }
        // Ids of people who mean no harm.
        for id in ["1 Ash", "y1_a", "Zoë", "a.b", "2A", "con-oneill", "Hazel & Oak"] {
            let (file, text) = with_id(kind, id);
            let folder = workspace(&[(file, &text)]);
            let (_, out, _) = run(folder.path(), &["check"]);
            assert!(!out.contains("cannot be an id"), "{kind} {id:?}: {out}");
        }
    }
    let (_, out, _) = run(workspace(&[("classes.csv", "id,year_group\n3/4,3\n")]).path(), &["check"]);
    assert!(out.contains("`3/4` cannot be an id: it has `/` in it"), "{out}");
    assert!(out.contains("write `3-4`, here and wherever it is meant"), "{out}");
}
