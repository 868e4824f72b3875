//! `judgements.csv`: what the leader judges.

use super::reader::{YearReader, about, aspect};
use crate::load::formats::{Record, Source, ValueError, times, values};
use crate::school::{EvidenceSubject, Framework, Id, JudgedGrade, Judgement, JudgementTarget, layout};

/// Reads the judgements, by date.
pub fn read(source: &Source, reader: &mut YearReader<'_>) -> Vec<Judgement> {
    let mut judgements: Vec<Judgement> = Vec::new();
    for record in crate::load::formats::csv::records(source, layout::JUDGEMENTS.columns) {
        let Some(judgement) = judgement(&record, reader) else { continue };
        let twin = judgements.iter().find(|other| {
            (other.date, &other.about, &other.of, &other.framework, other.state)
                == (judgement.date, &judgement.about, &judgement.of, &judgement.framework, judgement.state)
        });
        if let Some(twin) = twin {
            source.error(
                &record.at,
                format!("this is judged twice on that day ({})", twin.at),
                "keep one of the two",
            );
        }
        judgements.push(judgement);
    }
    judgements.sort_by(|a, b| (a.date, a.state, &a.of, &a.at).cmp(&(b.date, b.state, &b.of, &b.at)));
    judgements
}

fn judgement(record: &Record<'_>, reader: &mut YearReader<'_>) -> Option<Judgement> {
    let filled = ["date", "grade", "state"].map(|name| record.required(name).is_some());
    let note = reader.note(record, "note", false).unwrap_or_default();
    let date = record.read("date", times::date);
    let whom = reader.whom;
    let about = match record.cell("scope") {
        Some(cell) => record.value(cell, |text| about(text, whom)),
        None => Some(EvidenceSubject::Phase),
    };
    let state = record.read("state", |text| values::fixed_word(text, "state"));
    let by = record.read("by", |text| whom.staff.find(text));
    let framework = reader.framework(record)?;
    let of = target(record, framework.as_ref(), reader);
    let known = reader.known(framework.as_ref())?;
    let judged = record
        .cell("grade")
        .zip(of.as_ref())
        .and_then(|(cell, of)| record.value(cell, |text| judged(text, of, known)));
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
fn target(record: &Record<'_>, framework: Option<&Id>, reader: &YearReader<'_>) -> Option<JudgementTarget> {
    let named: Vec<&str> =
        ["strand", "area", "aspect"].into_iter().filter(|name| record.cell(name).is_some()).collect();
    match named.as_slice() {
        ["strand"] => {
            record.read("strand", |text| values::fixed_word(text, "strand")).map(JudgementTarget::Strand)
        }
        ["aspect"] => {
            record.read("aspect", |text| aspect(reader, framework, text)).map(JudgementTarget::Aspect)
        }
        ["area"] => {
            let known = reader.known(framework)?;
            record.read("area", |text| {
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
            record.error(&record.first_line(), message, "fill in one of strand, area and aspect");
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
