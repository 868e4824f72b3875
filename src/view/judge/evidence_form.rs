//! A form to take along, as a page to write on and as a workbook to fill in.

use crate::document::{Block, Cell, CellInput, Document, Sheet, SheetColumn, Table, capitalised};
use crate::judge::evidence_form::EvidenceForm;
use crate::school::layout::{self, FORM_KEYS};
use crate::school::{EvidenceKind, Id, School};
use crate::view::edit::set_up;
use crate::view::{listed, subjects};

/// What is written on.
const BLANK: &str = "________________________________________";

/// The form as a document.
pub fn document(school: &School, form: &EvidenceForm) -> Document {
    let phase = school.phase_name(&form.phase);
    let of = form
        .subject
        .as_ref()
        .map_or_else(|| "the phase".to_owned(), |subject| subjects(school, std::slice::from_ref(subject)));
    let title = format!("{}: {of}, {phase}", capitalised(form.kind.title()));
    let names: Vec<String> = form.by.iter().map(|id| school.name_of(id).to_owned()).collect();
    let mut blocks = vec![Block::Paragraph(format!(
        "Day ______________     Class ______________     Seen by {}",
        listed(&names)
    ))];
    blocks.extend(sample(form));
    blocks.push(Block::Heading("What to look for".to_owned()));
    blocks.push(Block::Facts(form.look_for.iter().map(|says| ((*says).to_owned(), String::new())).collect()));
    blocks.extend(how(form));
    for aspect in &form.aspects {
        blocks.push(Block::Heading(format!("{} ({})", aspect.title, aspect.id)));
        let lines: Vec<(String, Vec<String>)> = aspect
            .lines
            .iter()
            .filter_map(|line| Some((capitalised(&line.label), vec![line.line.clone()?])))
            .collect();
        if form.graded {
            let boxes: Vec<String> = aspect.lines.iter().map(|line| format!("[ ] {}", line.label)).collect();
            blocks.push(Block::Paragraph(format!("This sample best matches: {}", boxes.join("   "))));
            for view in names.iter().map(|name| format!("first view of {name}")).chain(["agreed".to_owned()])
            {
                blocks.push(Block::Verbatim(format!("  {view:<34} ______________________")));
            }
        }
        if !lines.is_empty() {
            blocks.push(Block::Paragraph("Said of a phase as a whole:".to_owned()));
            blocks.push(Block::Labelled(lines));
        }
        let rows = ["Strength", "Concern", "Next step"].map(|label| format!("  {label:<10} {BLANK}"));
        blocks.push(Block::Verbatim(rows.join("\n")));
    }
    let wording = if form.wording_unverified {
        "Lines are paraphrase, unverified; see the published framework."
    } else {
        "Lines are this product's own wording or a paraphrase; see the published framework."
    };
    blocks.push(Block::Paragraph(format!("{wording} ({})", form.framework)));
    let kind = form.kind.word();
    blocks.push(Block::Verbatim(format!(
        "Then: phase record --kind {kind} …\nor fill in a workbook: phase form {kind} -o FILE.xlsx; phase record --from FILE.xlsx"
    )));
    Document {
        sheets: vec![fill_in(school, form), lines_sheet(form), keys(school, form)],
        ..Document::new(title, blocks, table(form), form.date)
    }
}

/// Which pieces to take.
fn sample(form: &EvidenceForm) -> Vec<Block> {
    let mut blocks = vec![Block::Heading("The sample".to_owned())];
    let what = match form.kind {
        EvidenceKind::Books => "books",
        EvidenceKind::PupilVoice => "pupils",
        EvidenceKind::Lessons => {
            blocks.push(Block::Paragraph(
                "Two visits or more, of different classes, 20 minutes or longer each.".to_owned(),
            ));
            return blocks;
        }
        _ => {
            blocks.push(Block::Paragraph(
                "Every year group of the phase; chosen by a rule and not by whose it is.".to_owned(),
            ));
            return blocks;
        }
    };
    if form.sample.is_empty() {
        blocks.push(Block::Paragraph(format!("Six {what} or more, from at least two year groups, chosen by a rule (every fifth on the register) and not by hand.")));
        return blocks;
    }
    let facts = form.sample.iter().map(|of| {
        let which = match of.register.as_slice() {
            [] => "chosen by a rule, not by hand".to_owned(),
            numbers => format!(
                "numbers {} on the register",
                listed(&numbers.iter().map(ToString::to_string).collect::<Vec<_>>())
            ),
        };
        (format!("{}: {} {what}, {which}", of.class, of.pieces), String::new())
    });
    blocks.push(Block::Facts(facts.collect()));
    blocks.push(Block::Paragraph(
        "Where no disadvantaged pupil and none with SEND is among them, add one of each.".to_owned(),
    ));
    blocks
}

fn how(form: &EvidenceForm) -> Vec<Block> {
    let mut says = Vec::new();
    if form.graded {
        says.push("Each writes a first view before you talk. Then agree; the agreed view counts.");
        says.push("The lines mostly speak of a whole phase: ask which of them this sample matches best.");
    }
    if form.kind == EvidenceKind::Lessons {
        says.push("Describe what you see: a single lesson gets no grade, nor does its teacher. After two visits or more you may give one grade for an aspect of the subject, resting on them.");
    }
    if form.typicality {
        says.push("Judge what is usual, not a one-off.");
    }
    says.push("Codes, not names, for pupils; nothing here about a child's safety.");
    vec![Block::Paragraph(says.join(" "))]
}

/// The aspects with their lines.
fn table(form: &EvidenceForm) -> Table {
    let rows = form.aspects.iter().flat_map(|aspect| {
        aspect.lines.iter().map(|line| {
            vec![
                aspect.id.as_str().into(),
                aspect.title.as_str().into(),
                line.grade.as_str().into(),
                line.line.clone().unwrap_or_default().into(),
            ]
        })
    });
    Table::of(["aspect", "title", "grade", "line"], rows)
}

fn lines_sheet(form: &EvidenceForm) -> Sheet {
    Sheet::of_table("Lines", &table(form))
}

/// The sheet to fill in: a row for each aspect that the kind can speak to.
fn fill_in(school: &School, form: &EvidenceForm) -> Sheet {
    let used = |column: &&layout::ColumnLayout| form.graded || !column.name.ends_with("grade");
    let columns: Vec<&layout::ColumnLayout> = layout::EVIDENCE_FORM.iter().filter(used).collect();
    let grades: Vec<String> = form
        .aspects
        .first()
        .map_or_else(Vec::new, |aspect| aspect.lines.iter().map(|line| line.grade.to_string()).collect());
    let sheet_column = |column: &&layout::ColumnLayout| {
        let takes = match column.name {
            "aspect" => CellInput::OneOf(form.aspects.iter().map(|aspect| aspect.id.to_string()).collect()),
            name if name.ends_with("grade") => CellInput::OneOf(grades.clone()),
            "subject" => CellInput::OneOf(school.set_up.subjects.keys().map(ToString::to_string).collect()),
            "by" | "moderator" => CellInput::Words,
            _ => set_up::column(column).takes,
        };
        let help = match column.name {
            "classes" if !form.sample.is_empty() => {
                let classes: Vec<&str> = form.sample.iter().map(|of| of.class.as_str()).collect();
                format!("{}: a row for each class looked at", classes.join("; "))
            }
            "grade" => {
                format!("first view of {}", form.by.first().map_or("who wrote it", |id| school.name_of(id)))
            }
            "moderator_grade" => {
                format!("first view of {}", form.by.get(1).map_or("who looked too", |id| school.name_of(id)))
            }
            _ => column.help.to_owned(),
        };
        let takes = match takes {
            // A list in a cell holds 255 characters; a longer one is typed.
            CellInput::OneOf(words)
                if words.iter().map(|word| word.chars().count() + 1).sum::<usize>() > 250 =>
            {
                CellInput::Words
            }
            takes => takes,
        };
        SheetColumn { heading: column.name.to_owned(), help, takes }
    };
    let row = |aspect: &Id| {
        columns
            .iter()
            .map(|column| match column.name {
                "aspect" => aspect.as_str().into(),
                "date" => Cell::Date(form.date),
                _ => Cell::Empty,
            })
            .collect()
    };
    Sheet {
        name: layout::EVIDENCE.sheet.to_owned(),
        columns: columns.iter().map(sheet_column).collect(),
        rows: form.aspects.iter().map(|aspect| row(&aspect.id)).collect(),
        fill_in: true,
    }
}

/// What the form is for, so that it is read back as what it is.
fn keys(school: &School, form: &EvidenceForm) -> Sheet {
    let (name, columns) = FORM_KEYS;
    let mut rows = vec![
        ("form", "evidence".to_owned()),
        ("school", school.settings.name.clone()),
        ("academic_year", form.academic_year.clone()),
        ("framework", form.framework.to_string()),
        ("kind", form.kind.word().to_owned()),
        ("subject", form.subject.as_ref().map_or("phase".to_owned(), ToString::to_string)),
    ];
    rows.extend(form.by.first().map(|id| ("by", id.to_string())));
    rows.extend(form.by.get(1).map(|id| ("moderator", id.to_string())));
    Sheet {
        name: name.to_owned(),
        columns: columns.iter().map(set_up::column).collect(),
        rows: rows.into_iter().map(|(key, value)| vec![key.into(), value.into()]).collect(),
        fill_in: true,
    }
}
