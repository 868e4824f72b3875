//! Term dates out of a school's calendar.

use std::fs;
use std::path::Path;

use super::{INIT, answer, calendar, ends};

/// An event of whole days: what it is, its first day, and the day after its last.
fn day(says: &str, from: &str, to: &str) -> Vec<String> {
    vec![format!("SUMMARY:{says}"), format!("DTSTART;VALUE=DATE:{from}"), format!("DTEND;VALUE=DATE:{to}")]
}

/// A calendar of such events.
fn diary(name: &Path, events: &[Vec<String>]) {
    let events: Vec<Vec<&str>> =
        events.iter().map(|event| event.iter().map(String::as_str).collect()).collect();
    calendar(name, &events.iter().map(Vec::as_slice).collect::<Vec<_>>());
}

/// The first and last days that a calendar.toml names, in order.
fn dates(text: &str) -> Vec<&str> {
    let days = text.lines().filter_map(|line| line.strip_prefix("from = ").or(line.strip_prefix("to = ")));
    days.map(|line| &line[..10]).collect()
}

#[test]
fn term_dates_come_out_of_a_schools_calendar() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("terms.ics");
    let events = [
        day("Autumn term begins", "20260902", "20260903"),
        day("October half term", "20261026", "20261031"),
        day("Last day of autumn term", "20261218", "20261219"),
        day("Christmas holiday", "20261221", "20270104"),
        day("INSET day - school closed to pupils", "20270104", "20270105"),
        day("Spring term starts", "20270105", "20270106"),
        day("February half term", "20270215", "20270220"),
        day("INSET", "20270322", "20270323"),
        day("Easter holidays", "20270326", "20270410"),
        day("May Day bank holiday", "20270503", "20270504"),
        day("Summer half-term", "20270531", "20270605"),
        day("End of term", "20270721", "20270722"),
        day("Sports day", "20270610", "20270611"),
    ];
    diary(&file, &events);
    ends(0, folder.path(), &[INIT, &["--terms", "terms.ics"]].concat());
    let text = fs::read_to_string(folder.path().join("ks1/calendar.toml")).unwrap();
    let dates = dates(&text);
    let wanted = [
        ("2026-09-02", "2026-10-23"),
        ("2026-11-02", "2026-12-18"),
        ("2027-01-05", "2027-02-12"),
        ("2027-02-22", "2027-03-25"),
        ("2027-04-12", "2027-05-28"),
        ("2027-06-07", "2027-07-21"),
    ];
    assert_eq!(dates, wanted.iter().flat_map(|(from, to)| [*from, *to]).collect::<Vec<_>>());
    assert!(text.contains("date = 2027-03-22") && text.contains("inset = true"), "{text}");
    // Where the calendar does not tell six half terms, nothing is guessed.
    calendar(&file, &[&["SUMMARY:Half term", "DTSTART;VALUE=DATE:20261026", "DTEND;VALUE=DATE:20261031"]]);
    let (_, err) = ends(
        2,
        folder.path(),
        &["init", "x", "--yes", "--school", "S", "--leader", "A B", "--terms", "terms.ics"],
    );
    assert!(err.contains("does not tell the six half terms of 2026-27"), "{err}");
}

#[test]
fn term_dates_go_by_whole_words_and_replace_only_half_terms() {
    let folder = tempfile::tempdir().unwrap();
    ends(0, folder.path(), INIT);
    let ks1 = folder.path().join("ks1");
    let file = folder.path().join("terms.ics");
    let events = [
        day("Autumn term begins", "20260902", "20260903"),
        day("Friends of School disco", "20261022", "20261023"),
        day("Last day of half term", "20261023", "20261024"),
        day("October half term", "20261024", "20261102"),
        day("School open morning for new parents", "20261104", "20261105"),
        day("Christmas holiday", "20261219", "20270104"),
        day("INSET days", "20270103", "20270106"),
        day("School closed - polling day", "20270211", "20270212"),
        day("February half term", "20270213", "20270222"),
        day("KS1 trip to Kew Gardens", "20270310", "20270311"),
        day("Easter holidays", "20270326", "20270412"),
        day("May Day bank holiday", "20270503", "20270504"),
        day("Summer half-term", "20270529", "20270607"),
        day("Y6 residential finishes", "20270709", "20270710"),
        day("Friends of St Bede's BBQ", "20270710", "20270711"),
        day("End of term", "20270721", "20270722"),
    ];
    diary(&file, &events);
    // An event that somebody wrote stays, and so does what they noted.
    let before = fs::read_to_string(ks1.join("calendar.toml")).unwrap();
    let before = before.replacen("number = 2", "# to be agreed with governors\nnumber = 2", 1);
    let own = "\n# our own\n[[event]]\ndate = 2027-02-10\nall = true\nreason = \"trip\"\n";
    fs::write(ks1.join("calendar.toml"), format!("{before}{own}")).unwrap();
    let (_, err) = ends(1, &ks1, &["import", file.to_str().unwrap()]);
    assert!(err.contains("calendar.toml: there are term dates already; --replace"), "{err}");
    let imported = answer(&ks1, &["import", file.to_str().unwrap(), "--replace"]);
    let told = imported["left_out"].to_string();
    assert!(told.contains("KS1 trip to Kew Gardens: it is no term date"), "{told}");
    let text = fs::read_to_string(ks1.join("calendar.toml")).unwrap();
    assert!(text.contains(own.trim_start()) && text.contains("# to be agreed with governors"), "{text}");
    let dates = dates(&text);
    let wanted = [
        "2026-09-02",
        "2026-10-23",
        "2026-11-02",
        "2026-12-18",
        "2027-01-04",
        "2027-02-12",
        "2027-02-22",
        "2027-03-25",
        "2027-04-12",
        "2027-05-28",
        "2027-06-07",
        "2027-07-21",
    ];
    // The INSET days begin on the Sunday before term: those in term count.
    assert_eq!(dates[..12], wanted);
    assert_eq!(dates[12..], ["2027-01-04", "2027-01-05"], "{text}");
    assert!(text.contains("date = 2027-02-11"), "{text}");
    ends(0, &ks1, &["check"]);
}
