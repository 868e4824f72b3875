//! Reports as documents: a list of sections, each in the words of its own answer.

use super::{meeting_sections, year_figures};
use crate::document::{Block, Cell, Chart, Column, Document, Picture, Progress, Table, capitalised};
use crate::improve::objectives::{ObjectiveProgress, Objectives};
use crate::overview::report::answer::{Report, ReportSection};
use crate::overview::report::list::{AllReports, ListedReport};
use crate::overview::report::sections::SectionContent;
use crate::overview::year_figures::YearFigures;
use crate::privacy::audience::Audience;
use crate::privacy::names_in_text::NamesInText;
use crate::render::long_date;
use crate::school::{
    Placeholder, ReportCustomisation, ReportKind, School, Section, TextPiece, half_term_name,
};
use crate::view::improve::{actions, duties, objectives};
use crate::view::judge::{evaluation, judgement_table, moderation, practice};
use crate::view::listed;
use crate::view::plan::monitoring;
use crate::view::track::{gaps, targets, trajectory};

/// The list of reports.
pub fn list(answer: &AllReports, made_on: chrono::NaiveDate) -> Document {
    let row = |one: &ListedReport| vec![one.kind.word().into(), one.about.into(), one.audience.word().into()];
    let table = Table::of(["report", "what it is", "for"], answer.reports.iter().map(row));
    let heads = ["report", "for", "sections", "appendix"].map(Column::text).to_vec();
    let words = |all: &[Section]| all.iter().map(|one| one.word()).collect::<Vec<_>>().join(";");
    let record = |one: &ListedReport| -> Vec<Cell> {
        vec![
            one.kind.word().into(),
            one.audience.word().into(),
            words(&one.sections).into(),
            words(&one.appendix).into(),
        ]
    };
    Document::new(
        "Reports".to_owned(),
        vec![
            Block::Table(
                table.read_as("a row a report, with whom it is for unless --audience says otherwise."),
            ),
            Block::Commands("One of them: phase report end-of-term -o end-of-term.docx".to_owned()),
        ],
        Table::new(heads, answer.reports.iter().map(record).collect()),
        made_on,
    )
}

/// The report with each criterion's detail in a sentence, as `phase objectives` says it.
pub fn with_details(school: &School, mut report: Report) -> Report {
    for part in &mut report.sections {
        if let SectionContent::Objectives(answer) = &mut part.content {
            *answer = objectives::with_details(school, answer.clone());
        }
    }
    report
}

/// Which of a school's own words for a report name somebody, and are left out for those whom it is for: `title`,
/// `opening`, `closing`.
pub fn dropped(school: &School, report: &Report) -> Vec<&'static str> {
    let choice = school.year.reports.get(&report.kind).cloned().unwrap_or_default();
    ReportView::of(school, report).dropped(&choice)
}

/// The report as a document.
pub fn document(school: &School, report: &Report) -> Document {
    let words = ReportView::of(school, report);
    let choice = school.year.reports.get(&report.kind).cloned().unwrap_or_default();
    let mut blocks = Vec::new();
    blocks.extend(words.own(&choice.opening).map(Block::Paragraph));
    let mut in_appendix = false;
    for part in &report.sections {
        let mut heading = part.section.title().to_owned();
        if part.appendix {
            if !in_appendix {
                blocks.extend(words.own(&choice.closing).map(Block::Paragraph));
                blocks.push(Block::NewPage);
            }
            in_appendix = true;
            heading = format!("Appendix: {}", heading.to_lowercase());
        }
        let own = words.section(part);
        if !own.is_empty() {
            blocks.push(Block::Heading(heading));
            blocks.extend(own);
        }
    }
    if !in_appendix {
        blocks.extend(words.own(&choice.closing).map(Block::Paragraph));
    }
    if report.sections.is_empty() {
        blocks.push(Block::Paragraph("The records say nothing yet that this report would tell.".to_owned()));
    }
    blocks.extend(words.left_out());
    if !words.dropped(&choice).is_empty() {
        let says = "Words of the school's own that name somebody are left out for those whom this is for.";
        blocks.push(Block::Paragraph(says.to_owned()));
    }
    Document {
        face: words.face(),
        ..Document::new(words.title(&choice), blocks, Table::default(), report.made_on)
    }
}

struct ReportView<'a> {
    school: &'a School,
    report: &'a Report,
    names: NamesInText<'a>,
}

impl<'a> ReportView<'a> {
    fn of(school: &'a School, report: &'a Report) -> Self {
        Self { school, report, names: NamesInText::of(&school.set_up) }
    }

    fn phase(&self) -> &str {
        self.school.phase_name(&self.report.phase)
    }

    fn leader(&self) -> String {
        let phase = self.school.set_up.phases.iter().find(|phase| phase.id == self.report.phase);
        match phase.filter(|_| self.report.audience.sees_names()) {
            Some(phase) => self.school.name_of(&phase.leader).to_owned(),
            None => "the phase leader".to_owned(),
        }
    }

    fn title(&self, choice: &ReportCustomisation) -> String {
        self.own(&choice.title).unwrap_or_else(|| {
            let when = match self.report.kind {
                ReportKind::EndOfTerm => {
                    let (_, last) = self.report.half_terms;
                    let name = half_term_name(last).split(' ').next().unwrap_or_default().to_owned();
                    format!("{name} {}", self.report.academic_year)
                }
                _ => self.report.academic_year.clone(),
            };
            format!("{}: {}, {when}", self.report.kind.title(), self.phase())
        })
    }

    fn face(&self) -> Vec<String> {
        let whom = match &self.report.audience {
            Audience::Leader => "For the phase leader: everything, not to be handed on.".to_owned(),
            other => crate::view::face(other).join(" "),
        };
        vec![
            whom,
            format!(
                "{}, {}. {} of {}, as the records stood on {}.",
                self.school.settings.name,
                self.phase(),
                capitalised(&self.half_terms()),
                self.report.academic_year,
                long_date(self.report.made_on)
            ),
        ]
    }

    /// The half terms that it is of: `autumn 1 to autumn 2`.
    fn half_terms(&self) -> String {
        let (first, last) = self.report.half_terms;
        let last_name = half_term_name(last);
        if first == last { last_name.to_owned() } else { format!("{} to {last_name}", half_term_name(first)) }
    }

    /// Which of a school's own words may not be read here.
    fn dropped(&self, choice: &ReportCustomisation) -> Vec<&'static str> {
        let own = [("title", &choice.title), ("opening", &choice.opening), ("closing", &choice.closing)];
        own.into_iter().filter(|(_, pieces)| self.is_dropped(pieces)).map(|(name, _)| name).collect()
    }

    /// Whether words of a school's own are there, and may not be read here.
    fn is_dropped(&self, pieces: &[TextPiece]) -> bool {
        let is_there = pieces.iter().any(|piece| !self.piece(piece).trim().is_empty());
        is_there && self.own(pieces).is_none()
    }

    /// A school's own words, filled in.
    fn own(&self, pieces: &[TextPiece]) -> Option<String> {
        let mut filled = String::new();
        for piece in pieces {
            let text = self.piece(piece);
            // What is filled in has a capital where it begins a sentence: the phase leader. The school's own words stay.
            let before = filled.trim_end();
            let is_short = [".g.", ".e."].iter().any(|short| before.ends_with(short));
            let begins = before.is_empty() || (before.ends_with(['.', '?', '!']) && !is_short);
            let begins = begins && matches!(piece, TextPiece::Known(_));
            filled.push_str(&if begins { capitalised(&text) } else { text });
        }
        // The leader's name stands there by a placeholder only, which knows whom it may be shown.
        self.names
            .quoted(&self.report.audience, &filled)
            .filter(|filled| !filled.trim().is_empty())
            .map(str::to_owned)
    }

    fn piece(&self, piece: &TextPiece) -> String {
        let figure = |of: fn(&YearFigures) -> Option<u32>| {
            let number = self.report.figures.as_ref().and_then(of);
            number.map_or_else(|| "an unknown number of".to_owned(), |number| number.to_string())
        };
        match piece {
            TextPiece::Text(text) => text.clone(),
            TextPiece::Known(placeholder) => match placeholder {
                Placeholder::School => self.school.settings.name.clone(),
                Placeholder::Phase => self.phase().to_owned(),
                Placeholder::Leader => self.leader(),
                Placeholder::AcademicYear => self.report.academic_year.clone(),
                Placeholder::HalfTerm => half_term_name(self.report.half_terms.1).to_owned(),
                Placeholder::Date => long_date(self.report.made_on),
                Placeholder::Pupils => figure(|all| all.pupils),
                Placeholder::SessionsPlanned => figure(|all| Some(all.sessions?.of)),
                Placeholder::SessionsHeld => figure(|all| Some(all.sessions?.with)),
                Placeholder::Objectives => figure(|all| Some(all.objectives?.of)),
                Placeholder::ObjectivesMet => figure(|all| Some(all.objectives?.with)),
                Placeholder::Below => figure(|all| Some(all.paths?.below)),
            },
        }
    }

    /// A section in the words of its answer.
    fn section(&self, part: &ReportSection) -> Vec<Block> {
        let school = self.school;
        let within = |document: Document| {
            let mut blocks = document.into_section(String::new());
            if !blocks.is_empty() {
                blocks.remove(0);
            }
            blocks
        };
        match &part.content {
            SectionContent::Figures(years) if part.section == Section::Summary => {
                year_figures::in_short(school, years)
            }
            SectionContent::Figures(years) => vec![Block::Table(year_figures::table(school, years))],
            SectionContent::Monitoring(answer) if part.section == Section::Coverage => {
                monitoring::coverage(school, answer)
            }
            SectionContent::Monitoring(answer) => monitoring::held(school, answer),
            SectionContent::Evidence(rows) => judgement_table::evidence(school, rows),
            SectionContent::Judgements(all) => judgement_table::table(school, all),
            SectionContent::Judgement(answer) if part.section == Section::NextSteps => {
                evaluation::next_steps(school, answer)
            }
            SectionContent::Judgement(answer) => within(evaluation::document(school, answer, false)),
            SectionContent::Trajectory(answer) if part.section == Section::Pupils => {
                trajectory::in_brief(school, answer)
            }
            SectionContent::Trajectory(answer) => within(trajectory::document(school, answer)),
            SectionContent::Gaps(answer) => gaps::in_brief(school, answer),
            SectionContent::Objectives(answer) if part.section == Section::Objectives => {
                vec![Block::Chart(self.progress(answer))]
            }
            SectionContent::Objectives(answer) => within(objectives::document(school, answer, false)),
            SectionContent::Actions(answer) => within(actions::document(school, answer, false)),
            SectionContent::Strategies(all) => meeting_sections::strategies(school, all),
            SectionContent::Practice(answer) => within(practice::document(school, answer)),
            SectionContent::Moderation(answer) => within(moderation::document(school, answer, false)),
            SectionContent::Expectations(answer) => meeting_sections::expectations(school, answer),
            SectionContent::Celebrate(answer) => meeting_sections::celebrate(school, answer),
            SectionContent::Discuss(answer) => meeting_sections::discuss(school, answer),
            SectionContent::Decided(answer) => meeting_sections::decided(school, answer),
            SectionContent::Next(answer) => meeting_sections::next(school, answer),
            SectionContent::Duties(answer) => within(duties::document(school, answer, false)),
            SectionContent::Goals(answer) => meeting_sections::goals(school, answer),
            SectionContent::Targets(all) => targets::tables(school, all),
            SectionContent::Sections(sections) => match part.section {
                Section::Agenda => meeting_sections::agenda(sections),
                Section::Files => self.files(),
                _ => meeting_sections::room(),
            },
        }
    }

    fn progress(&self, answer: &Objectives) -> Chart {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let of = |one: &ObjectiveProgress| Progress {
            label: format!("{}  {}", one.number, one.title),
            met: number(one.progress.met),
            of: number(one.progress.of),
            says: format!(
                "{}, due {}",
                crate::view::improve::objective_states::shown_state(one),
                crate::view::dated(self.school, one.due)
            ),
        };
        Chart {
            title: "Criteria of objectives that are met".to_owned(),
            picture: Picture::Progress(answer.objectives.iter().map(of).collect()),
            reads: "a box a criterion, filled where the records named in objectives.toml show that it is met; criteria that may not be shown here are left out.".to_owned(),
        }
    }

    /// Where the records are, for whoever takes them over.
    fn files(&self) -> Vec<Block> {
        let rows = [
            ("phase.toml, calendar.toml", "the school, the phase, the year and its dates"),
            (
                "subjects.csv, staff.csv, classes.csv, timetable.csv, availability.csv",
                "who and what there is, and when",
            ),
            (
                "schedules/",
                "a folder a half term: what subject leaders handed in, what was given out, what people were told",
            ),
            ("evidence/, judgements.csv", "what was seen, and what is judged"),
            ("pupils.csv, assessments.csv, targets.csv", "pupils by code, their results, what is aimed at"),
            (
                "objectives.toml, actions.csv, duties.toml, log.csv",
                "what is to be reached, done and kept up, and what happened",
            ),
        ];
        let columns = ["file", "what it holds"].map(Column::text).to_vec();
        let rows = rows.into_iter().map(|(file, what)| vec![file.into(), what.into()]).collect();
        vec![
            Block::Table(
                Table::new(columns, rows).read_as("all of them are plain files in one folder a year; the folder of the year before is named in phase.toml."),
            ),
            Block::Paragraph(
                "The key to the pupils' codes is kept apart from these files, by who leads the phase: it is handed over in person."
                    .to_owned(),
            ),
        ]
    }

    fn left_out(&self) -> Option<Block> {
        let names: Vec<String> =
            self.report.left_out.iter().map(|section| section.title().to_lowercase()).collect();
        (!names.is_empty()).then(|| {
            Block::Paragraph(format!(
                "Left out, since nothing is recorded or it is not for this audience: {}.",
                listed(&names)
            ))
        })
    }
}
