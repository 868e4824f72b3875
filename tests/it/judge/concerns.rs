//! Concerns and grades for people: refused, and shown nowhere.

use std::fs;

use crate::program::run;
use crate::workspace::files;

use super::workspace;

#[test]
fn what_may_not_be_kept_is_refused_and_not_echoed() {
    let folder = workspace(&[]);
    let held = files(folder.path());
    let base = [
        "record",
        "--kind",
        "books",
        "--subject",
        "maths",
        "--aspect",
        "work",
        "--grade",
        "good",
        "--class",
        "1A",
    ];
    for (flag, text, says) in [
        ("--concern", "Says he is hit by dad", "the designated safeguarding lead"),
        ("--strength", "She has bruises on both arms", "the designated safeguarding lead"),
        ("--next-step", "Possible self-harm, tell the office", "the designated safeguarding lead"),
        ("--strength", "An outstanding lesson", "without a grade"),
    ] {
        let (code, out, err) = run(folder.path(), &[&base[..], &[flag, text]].concat());
        assert_eq!(code, 2);
        assert!(err.contains(says), "{err}");
        assert!(!err.contains(text) && !out.contains(text), "{err}");
    }
    assert_eq!(files(folder.path()), held);
    // In a file: refused, the line not shown, whatever else is wrong in it.
    let row = "id,date,kind,subject,aspect,grade,concern\na,2026-11-10,boks,maths,outcomes.work,goood,Says he is hit by dad\n";
    let folder = workspace(&[("evidence/ht2.csv", row)]);
    let (code, out, err) = run(folder.path(), &["check"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("evidence/ht2.csv:2:")
            && out.contains("did you mean `books`?")
            && out.contains("did you mean `good`?"),
        "{out}"
    );
    assert!(!out.contains("hit by dad") && !err.contains("hit by dad"), "{out}");
}

#[test]
fn a_concern_is_not_shown_wherever_it_stands() {
    const TEXT: &str = "ZEBRA disclosed to me";
    let folder = workspace(&[]);
    let base = ["record", "--kind", "books", "--subject", "maths", "--aspect", "work"];
    let mut tried: Vec<Vec<&str>> = [
        "--date",
        "--moderator",
        "--moderator-grade",
        "--agreed-grade",
        "--rests-on",
        "--framework",
        "--year-group",
        "--classes",
        "--sample",
        "--grade",
        "--link",
        "--by",
    ]
    .iter()
    .map(|flag| [&base[..], &[*flag, TEXT]].concat())
    .collect();
    tried.push([&base[..], &[TEXT]].concat());
    tried.push(vec!["evaluate", "--subject", TEXT]);
    for words in tried {
        let (code, out, err) = run(folder.path(), &words);
        assert_eq!(code, 2, "{words:?}: {err}");
        assert!(!err.contains("ZEBRA") && !out.contains("ZEBRA"), "{words:?}: {err}");
    }
    let head = "id,date,kind,subject,aspect,grade,classes,by,sample\n";
    let rows = [
        format!("{head}a,2026-11-10,books,maths,outcomes.work,{TEXT},1A,hale,\n"),
        format!("{head}a,2026-11-10,{TEXT},maths,outcomes.work,good,1A,hale,\n"),
        format!("{head}a,2026-11-10,books,maths,outcomes.work,good,1A,hale,{TEXT}\n"),
        format!("{head}a,2026-11-10,books,maths,outcomes.work,good,1A,hale,\"{TEXT}\n"),
        format!("{TEXT}\n"),
        format!("id,{TEXT}\na,b\n"),
    ];
    for text in rows {
        let folder = workspace(&[("evidence/ht2.csv", &text)]);
        for words in
            [&["check"][..], &["check", "--json"], &["evaluate"], &["evaluate", "--audience", "governors"]]
        {
            let (code, out, err) = run(folder.path(), words);
            assert_eq!(code, 1, "{text}");
            assert!(!out.contains("ZEBRA") && !err.contains("ZEBRA"), "{text}{words:?}\n{out}{err}");
        }
        fs::write(folder.path().join("form.csv"), text.replace("id,", "")).unwrap();
        let (_, out, err) = run(folder.path(), &["record", "--from", "form.csv"]);
        assert!(!out.contains("ZEBRA") && !err.contains("ZEBRA"), "{text}\n{out}{err}");
    }
}
