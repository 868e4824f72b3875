//! Reports, each for those it is for.

use std::fs;

use crate::program::{answer, run};
use crate::workspace::{example_copy, root, workspace};

use super::{KINDS, example, in_every_format, ok, read};

#[test]
fn what_governors_and_staff_may_not_see_is_in_no_format_of_any_report() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    // Somebody writes a name where a name is not expected.
    let mut log = read(school.join("log.csv"));
    log.push_str("2026-12-01,success,,hale,Bea Quill's group reads every day,english,1,,,,,,\n");
    log.push_str("2026-12-01,decision,,hale,1A swaps rooms with Ms Boon,,1,,,,,,\n");
    fs::write(school.join("log.csv"), log).unwrap();
    let staff = read(school.join("staff.csv"));
    let rows = staff.lines().filter(|line| !line.starts_with('#')).skip(1);
    let names: Vec<String> = rows.filter_map(|line| line.split(',').next()).map(str::to_owned).collect();
    assert!(names.len() > 5, "{names:?}");
    let offers: Vec<&str> = vec!["Robin Sorrel", "Harriet Boon"];
    // What is refused to the staff as a section is no figure for them either.
    let out = ok(&school, &["report", "provision", "--audience", "staff", "--format", "markdown"]);
    for hidden in ["objectives are met", "of their criteria"] {
        assert!(!out.contains(hidden), "{hidden}: {out}");
    }
    // Whoever writes a name into an objective, in whatever way.
    let objectives = read(school.join("objectives.toml"));
    let objectives = objectives.replace("title = \"", "title = \"BOON-led in 2a: ");
    fs::write(school.join("objectives.toml"), objectives).unwrap();
    for kind in KINDS {
        for audience in ["governors", "staff"] {
            for (ending, text) in in_every_format(&school, &["report", kind, "--audience", audience]) {
                for name in &names {
                    // Who offers to be visited has said so to the staff.
                    if audience == "staff" && offers.contains(&name.as_str()) {
                        continue;
                    }
                    assert!(!text.contains(name.as_str()), "{kind} for {audience} as {ending} names {name}");
                }
                for hidden in [
                    "evidence/ht",
                    "Ms Boon",
                    "Bea Quill",
                    "\"2B\"",
                    ">2B<",
                    " 2B ",
                    ",2B,",
                    "english-books-nov",
                    "Books in three of four",
                    "P1001",
                ] {
                    assert!(!text.contains(hidden), "{kind} for {audience} as {ending} shows {hidden}");
                }
                assert!(!text.contains("for Ofsted"), "{kind} {ending}");
            }
        }
        for (ending, text) in in_every_format(&school, &["report", kind, "--audience", "headteacher"]) {
            for hidden in [">2B<", "\"2B\"", "Books in three of four", "P1001"] {
                assert!(!text.contains(hidden), "{kind} for the headteacher as {ending} shows {hidden}");
            }
        }
    }
}

#[test]
fn a_report_says_whom_it_is_for_and_how_each_table_is_read() {
    for kind in KINDS {
        let json = answer(&example(), &["report", kind]);
        assert_eq!(json["schema"], "phase/report/1");
        assert_eq!(json["kind"], kind);
        assert!(!json["sections"].as_array().unwrap().is_empty(), "{kind}");
        let out = tempfile::tempdir().unwrap();
        let path = out.path().join("a.html");
        ok(&example(), &["report", kind, "-o", path.to_str().unwrap()]);
        let page = read(&path);
        let face = if json["audience"] == "staff" { "For the staff" } else { "For the headteacher" };
        assert!(page.contains(face), "{kind}");
        // Every series of tables or charts that are read alike ends with how to read them: between two of them stands
        // a sentence, or nothing but a heading.
        let parts: Vec<&str> = page.split("<main>").nth(1).unwrap().split("How to read this:").collect();
        let after = parts.last().unwrap();
        assert!(
            !after.contains("<table>") && !after.contains("<figure>"),
            "{kind}: the last table is not explained"
        );
        assert_eq!(page.matches("<caption").count(), page.matches("<table>").count(), "{kind}");
    }
    let (code, _, err) = run(&example(), &["report", "provison"]);
    assert_eq!(code, 2);
    assert!(err.contains("did you mean `provision`?"), "{err}");
    let (code, _, err) = run(&example(), &["report"]);
    assert_eq!(code, 2);
    assert!(err.contains("end-of-term") && err.contains("--list"), "{err}");
    assert_eq!(answer(&example(), &["report", "--list"])["reports"].as_array().unwrap().len(), KINDS.len());
}

#[test]
fn the_end_of_term_tells_planned_and_held_judged_tracked_and_improved() {
    let report = answer(&example(), &["report", "end-of-term"]);
    assert_eq!(report["half_terms"], serde_json::json!([1, 2]));
    let section = |name: &str| {
        let all = report["sections"].as_array().unwrap();
        all.iter().find(|one| one["section"] == name).map(|one| one["content"].clone()).unwrap_or_default()
    };
    let held = section("monitoring");
    assert_eq!(held["half_terms"][0]["all"], serde_json::json!({"planned": 6, "held": 6, "to_come": 0}));
    assert_eq!(held["half_terms"][1]["all"], serde_json::json!({"planned": 5, "held": 4, "to_come": 1}));
    assert_eq!(held["half_terms"][1]["missed"][0]["why"], "the hall was needed");
    assert_eq!(section("judgements")[0]["strands"][0]["grade"], "good");
    assert_eq!(section("pupils")["schema"], "phase/trajectory/1");
    assert_eq!(section("gaps")["schema"], "phase/gaps/1");
    assert_eq!(section("objectives")["objectives"].as_array().unwrap().len(), 5);
    assert_eq!(section("actions")["schema"], "phase/actions/1");
    assert!(!section("next-steps")["plan"].as_array().unwrap().is_empty());
    // The same figures each time, with the year before.
    let provision = answer(&example(), &["report", "provision"]);
    let figures = &provision["sections"][1]["content"];
    assert_eq!(figures["now"]["sessions"], serde_json::json!({"with": 10, "of": 11}));
    assert_eq!(figures["now"]["pupils"], 117);
    assert_eq!(figures["before"]["pupils"], 115);
    assert_eq!(figures["before"]["objectives"], serde_json::Value::Null);
    let (code, _, err) = run(&example(), &["report", "end-of-term", "--half-term", "4"]);
    assert_eq!(code, 2);
    assert!(err.contains("spring 2 begins on Mon 22 Feb"), "{err}");
    // The term of another half term.
    let spring = answer(&example(), &["report", "end-of-term", "--half-term", "4", "--today", "2027-03-01"]);
    assert_eq!(spring["half_terms"], serde_json::json!([3, 4]));
}

#[test]
fn a_target_sheet_tells_each_year_group_what_its_year_aims_at() {
    let sheet = answer(&example(), &["report", "target-sheet"]);
    let targets = sheet["sections"][0]["content"].as_array().unwrap().clone();
    let of = |year: &str, group: &str| {
        let is = |one: &&serde_json::Value| {
            one["year_group"] == year
                && one["subject"] == "maths"
                && one["measure"] == "expected"
                && one["group"] == group
        };
        targets.iter().find(is).unwrap().clone()
    };
    // Year 2 ends the phase: its aim is the target.
    assert_eq!(of("2", "all")["this_year"], 80.0);
    assert_eq!(of("2", "all")["pupils"], serde_json::json!([47, 58]));
    // Year 1 is half way there from where it began, from which its share on entry would follow: not for the staff.
    assert_eq!(of("1", "all")["this_year"], serde_json::Value::Null);
    let sheet = answer(&example(), &["report", "target-sheet", "--audience", "headteacher"]);
    let is = |one: &&serde_json::Value| {
        one["year_group"] == "1" && one["subject"] == "maths" && one["group"] == "all"
    };
    let own = sheet["sections"][0]["content"].as_array().unwrap().iter().find(is).unwrap().clone();
    assert_eq!((&own["this_year"], &own["pupils"]), (&71.0.into(), &serde_json::json!([42, 59])));
    // A group's path begins at its own share, which is not told.
    assert_eq!(of("1", "disadvantaged=yes")["this_year"], serde_json::Value::Null);
    assert_eq!(of("1", "disadvantaged=yes")["now"], serde_json::Value::Null);
}

#[test]
fn a_meetings_pack_has_an_agenda_what_fell_short_and_room_for_decisions() {
    let out = ok(&example(), &["report", "phase-meeting"]);
    for says in [
        "Agenda",
        "To celebrate",
        "To talk over",
        "planned  now",
        "Decided before",
        "what we decide  who  by when",
    ] {
        assert!(out.contains(says), "{says}:\n{out}");
    }
    let pack = answer(&example(), &["report", "leadership-conversation"]);
    let fell = &pack["sections"].as_array().unwrap().iter().find(|one| one["section"] == "discuss").unwrap()
        ["content"]["fell"];
    assert_eq!(fell[0]["standing"]["subject"], "maths");
    // Candidates rest on classes: they are the leader's.
    assert_eq!(fell[0]["causes"], serde_json::Value::Null);
    let own = answer(&example(), &["report", "leadership-conversation", "--audience", "leader"]);
    let fell = &own["sections"].as_array().unwrap().iter().find(|one| one["section"] == "discuss").unwrap()["content"]
        ["fell"];
    assert!(fell[0]["causes"]["candidates"].as_array().unwrap().len() > 2);
}

#[test]
fn senior_leaders_are_told_of_expectations_behaviour_and_support() {
    let phase = "framework = \"ofsted-2026\"\n[school]\nname = \"Base\"\n[[phase]]\nid = \"ks1\"\nname = \"Key Stage 1\"\nleader = \"hale\"\nyear_groups = [\"1\", \"2\"]\nsessions = [\"Thu pm1\"]\n";
    let row = |day: u8, kind: &str| {
        format!(
            "b{day},2026-11-{day},{kind},phase,attendance-and-behaviour.behaviour,expected-standard,hale\n"
        )
    };
    let evidence =
        format!("id,date,kind,subject,aspect,grade,by\n{}{}", row(10, "pupil-voice"), row(11, "environment"));
    let log = "date,kind,who,what\n2026-11-12,expectation-checked,hale,Four of four classes use the reading corner\n2026-11-13,deployment,hale,4 hours a week in number\n";
    let folder = workspace(&[("phase.toml", phase), ("evidence/ht2.csv", &evidence), ("log.csv", log)]);
    let school = folder.path();
    let report = answer(school, &["report", "headteacher"]);
    let all = report["sections"].as_array().unwrap();
    let told = &all.iter().find(|one| one["section"] == "expectations").unwrap()["content"];
    assert!(told["checked"][0]["what"].as_str().unwrap().contains("reading corner"), "{told}");
    assert!(told["deployed"][0]["what"].as_str().unwrap().contains("4 hours a week"), "{told}");
    assert!(!told["behaviour"].as_array().unwrap().is_empty(), "{told}");
    // Governors are told how many, not of whom.
    let report = answer(school, &["report", "headteacher", "--audience", "governors"]);
    let all = report["sections"].as_array().unwrap();
    let told = &all.iter().find(|one| one["section"] == "expectations").unwrap()["content"];
    assert_eq!((&told["checks"], &told["checked"]), (&serde_json::json!(1), &serde_json::json!([])));
    assert_eq!(told["deployed"], serde_json::json!([]));
}

#[test]
fn a_school_chooses_sections_and_words_of_its_own() {
    let own = "[provision]\ntitle = \"How {phase} is doing, {academic_year}\"\nopening = \"{school} had {pupils} pupils on {date}; {sessions_held} of {sessions_planned} sessions were held.\"\nclosing = \"Questions: {leader}.\"\nsections = [\"figures\", \"summary\"]\nappendix = []\n";
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    fs::write(school.join("reports.toml"), own).unwrap();
    let out = ok(&school, &["report", "provision", "--format", "markdown"]);
    assert!(out.starts_with("# How Key Stage 1 is doing, 2026-27\n"), "{out}");
    assert!(
        out.contains(
            "Alderbrook Primary School had 117 pupils on 10 December 2026; 10 of 11 sessions were held."
        ),
        "{out}"
    );
    assert!(out.contains("Questions: Morgan Hale."), "{out}");
    let at = |heading: &str| out.find(heading).unwrap_or_else(|| panic!("{heading}:\n{out}"));
    assert!(at("## The same figures each time") < at("## In short"));
    assert!(!out.contains("Appendix"), "{out}");
    // Governors are not told who leads.
    let out = ok(&school, &["report", "provision", "--audience", "governors", "--format", "markdown"]);
    assert!(out.contains("Questions: the phase leader."), "{out}");
    // What may be kept nowhere is not kept here: a concern, a pupil's code.
    for opening in ["A child disclosed abuse at home", "P203 is getting on well"] {
        let own = format!("[provision]\nopening = \"{opening}\"\n");
        let pupils = "pupil,class,year_group\nP203,2A,2\n";
        let folder = workspace(&[("reports.toml", &own), ("pupils.csv", pupils)]);
        let (code, out, err) = run(folder.path(), &["check"]);
        assert_eq!(code, 1, "{out}{err}");
        assert!(!format!("{out}{err}").contains(opening), "{out}{err}");
    }
    let template = workspace(&[("reports.toml", &read(root().join("data-template/reports.toml")))]);
    assert_eq!(answer(template.path(), &["check"])["diagnostics"].as_array().unwrap().len(), 0);
}

#[test]
fn a_report_that_is_handed_over_is_noted_and_shows_its_duty() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let out = folder.path().join("provision.docx");
    ok(&school, &["report", "provision", "--audience", "governors", "-o", out.to_str().unwrap(), "--issue"]);
    let log = read(school.join("log.csv"));
    let row = log.lines().last().unwrap();
    assert!(row.contains("report-issued") && row.contains("Quality of provision, for governors"), "{row}");
    let duty = answer(&school, &["duties", "--id", "provision-report"]);
    assert_eq!(duty["duties"][0]["last"], "2026-12-10");
    // Without being told to, nothing is noted.
    ok(&school, &["report", "headteacher", "-o", out.to_str().unwrap()]);
    assert_eq!(read(school.join("log.csv")), log);
}
