//! `judgements.csv`: what the leader judges.

use super::reader::{YearReader, about, aspect};
use crate::load::formats::{Diagnostics, Record, Source, ValueError, times, values};
use crate::school::{EvidenceSubject, Framework, Id, JudgedGrade, Judgement, JudgementTarget, layout};

/// Reads the judgements, by date.
pub fn read(source: &Source, reader: &mut YearReader<'_>, diagnostics: &mut Diagnostics) -> Vec<Judgement> {
    let mut judgements: Vec<Judgement> = Vec::new();
    for record in crate::load::formats::csv::records(source, layout::JUDGEMENTS.columns, diagnostics) {
        let Some(judgement) = judgement(&record, reader, diagnostics) else { continue };
        let twin = judgements.iter().find(|other| {
            (other.date, &other.about, &other.of, &other.framework, other.state)
                == (judgement.date, &judgement.about, &judgement.of, &judgement.framework, judgement.state)
        });
        if let Some(twin) = twin {
            let wrong = ValueError::new(
                format!("this is judged twice on that day ({})", twin.at),
                "keep one of the two",
            );
            diagnostics.error(source, &record.at, wrong);
        }
        judgements.push(judgement);
    }
    judgements.sort_by(|a, b| (a.date, a.state, &a.of, &a.at).cmp(&(b.date, b.state, &b.of, &b.at)));
    judgements
}

fn judgement(
    record: &Record<'_>,
    reader: &mut YearReader<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Judgement> {
    let filled = ["date", "grade", "state"].map(|name| record.required(name, diagnostics).is_some());
    let note = reader.note(record, "note", false, diagnostics).unwrap_or_default();
    let date = record.read("date", diagnostics, times::date);
    let whom = reader.whom;
    let about = match record.cell("scope") {
        Some(cell) => record.value(cell, diagnostics, |text| about(text, whom)),
        None => Some(EvidenceSubject::Phase),
    };
    let state = record.read("state", diagnostics, |text| values::fixed_word(text, "state"));
    let by = record.read("by", diagnostics, |text| whom.staff.find(text));
    let framework = reader.framework(record, diagnostics)?;
    let of = target(record, framework.as_ref(), reader, diagnostics);
    let known = reader.known(framework.as_ref())?;
    let judged = record
        .cell("grade")
        .zip(of.as_ref())
        .and_then(|(cell, of)| record.value(cell, diagnostics, |text| judged(text, of, known)));
    if filled.contains(&false) || !record.may_be_kept {
        return None;
    }
    Some(Judgement {
        date: date?,
        about: about?,
        of: of?,
        judged: judged?,
        state: state?,
        by,
        framework,
        note,
        at: record.place(),
    })
}

/// What is judged: exactly one of strand, area and aspect.
fn target(
    record: &Record<'_>,
    framework: Option<&Id>,
    reader: &YearReader<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<JudgementTarget> {
    let named: Vec<&str> =
        ["strand", "area", "aspect"].into_iter().filter(|name| record.cell(name).is_some()).collect();
    match named.as_slice() {
        ["strand"] => record
            .read("strand", diagnostics, |text| values::fixed_word(text, "strand"))
            .map(JudgementTarget::Strand),
        ["aspect"] => record
            .read("aspect", diagnostics, |text| aspect(reader, framework, text))
            .map(JudgementTarget::Aspect),
        ["area"] => {
            let known = reader.known(framework)?;
            record.read("area", diagnostics, |text| {
                let id = Id::new(text);
                match known.stated(&id) {
                    Some(_) => Ok(JudgementTarget::Stated(id)),
                    None => {
                        crate::load::frameworks::lookup::known_area(text, known).map(JudgementTarget::Area)
                    }
                }
            })
        }
        several => {
            let message = if several.is_empty() {
                "it does not say what is judged".to_owned()
            } else {
                format!("{} are all filled in", several.join(" and "))
            };
            let wrong = ValueError::new(message, "fill in one of strand, area and aspect");
            diagnostics.error(record.source, &record.first_line(), wrong);
            None
        }
    }
}

fn judged(text: &str, of: &JudgementTarget, framework: &Framework) -> Result<JudgedGrade, ValueError> {
    let JudgementTarget::Stated(id) = of else {
        return crate::load::frameworks::lookup::grade(text, &framework.grades).map(JudgedGrade::Grade);
    };
    let values = framework.stated(id).map(|binary| binary.values.to_vec()).unwrap_or_default();
    match values.iter().find(|value| values::folded(value) == values::folded(text)) {
        Some(value) => Ok(JudgedGrade::Value(value.clone())),
        None => Err(ValueError::new(
            format!("`{text}` is no value of `{id}`"),
            &format!("write {}", values.join(" or ")),
        )),
    }
}
