//! One file of an inspection framework: its scale, method, areas, aspects and rules, every error shown.

use super::lookup::{basis, grade, kind, known_area, known_aspect, known_statement};
use crate::load::formats::toml_table::{TomlTable, TomlValue};
use crate::load::formats::{ColumnCell, Record, ValueError, values};
use crate::school::layout;
use crate::school::{
    Area, AreaMethod, Aspect, BinaryJudgement, EvidenceKind, Framework, FrameworkChange, Grade, Id,
    JudgingMethod, LimitingRule, NextStep, Rank, RuleCondition, RuleConsequence, Strand, WordingBasis,
};

/// What the aspects of an area take from it.
struct AreaHead {
    id: Id,
    /// The strand of all its aspects; none where they are split.
    strand: Option<Strand>,
    basis: WordingBasis,
}

/// One file of a framework that sets everything itself.
pub(crate) struct FrameworkFile<'f> {
    pub root: &'f TomlTable<'f>,
    /// The basis of all that does not say its own.
    pub basis: WordingBasis,
}

impl FrameworkFile<'_> {
    /// The scale, lowest first.
    pub fn grades(&self) -> Vec<Grade> {
        let mut grades: Vec<Grade> = Vec::new();
        for record in self.root.records("grade", layout::GRADE) {
            let rank = record.read("rank", |text| values::number(text, 1..=12));
            let months: Vec<u32> = record.values("follow_up_months", |text| values::number(text, 0..=120));
            let grade = Grade {
                id: record.id("id").unwrap_or_else(|| Id::new("")),
                rank: rank.and_then(|rank| Rank::try_from(rank).ok()).unwrap_or(0),
                label: record.text("label").unwrap_or_default(),
                meets: record.read("meets", values::yes_no).unwrap_or(false),
                descriptor: record.text("descriptor").unwrap_or_default(),
                meaning: record.text("meaning"),
                ofsted_number: record.read("ofsted_number", |text| values::number(text, 1..=12)),
                follow_up_months: match months.as_slice() {
                    [from, to] => Some((*from, *to)),
                    _ => None,
                },
            };
            let twin = grades.iter().any(|other| {
                other.id == grade.id || other.rank == grade.rank || other.descriptor == grade.descriptor
            });
            if twin {
                let message =
                    format!("the grade `{}` shares its id, rank or descriptor with another", grade.id);
                self.root.error(&record.first_line(), message, "give each grade its own");
            }
            if layout::ASPECT.iter().any(|column| column.name == grade.descriptor) {
                let message = format!("`{}` cannot be a descriptor's key", grade.descriptor);
                self.root.error(&record.first_line(), message, "aspects have that key already");
            }
            grades.push(grade);
        }
        grades.sort_by_key(|grade| grade.rank);
        let whole = grades.iter().zip(1..).all(|(grade, rank)| grade.rank == rank);
        if !whole && grades.iter().all(|grade| grade.rank > 0) {
            let at = self.root.tables("grade").first().map_or(0..0, |table| table.at.start..table.at.start);
            self.root.error(&at, "the ranks have a gap", "count them 1, 2, 3 … from the lowest");
        }
        grades
    }

    fn method(&self) -> Option<JudgingMethod> {
        let Some(table) = self.root.only("method") else {
            let hint = "add it, with area = \"best-fit\", \"secure-fit\", \"met-not-met\" or \"narrative\"";
            self.root.error(&self.root.first(), "there is no [method]", hint);
            return None;
        };
        let record = table.record(layout::METHOD);
        let area = record.read("area", |text| values::fixed_word(text, "method"))?;
        let special = |key: &str, word: &'static str| {
            record.read(key, |text| values::word(text, key, std::iter::once(((), word)))).is_some()
        };
        Some(JudgingMethod {
            area,
            all_good_plus: special("top_grade", "all-good-plus"),
            any_of: special("bottom_grade", "any-of"),
            typicality: record.read("typicality", values::yes_no).unwrap_or(false),
            text: record.text("text"),
            overall_text: record.text("overall_text"),
        })
    }

    /// Everything but what names the file.
    pub fn lay_down(&self, grades: Vec<Grade>) -> Option<Framework> {
        let method = self.method()?;
        let wrong = match (method.area, grades.len()) {
            (AreaMethod::Narrative, 0) | (AreaMethod::MetNotMet, 2) => None,
            (AreaMethod::Narrative, _) => Some("a narrative framework has no [[grade]]"),
            (AreaMethod::MetNotMet, _) => Some("met-not-met has two [[grade]] tables"),
            (_, 0 | 1) => Some("a scale has at least two [[grade]] tables, or grades_from"),
            _ => None,
        };
        if let Some(wrong) = wrong {
            self.root.error(&self.root.first(), wrong.to_owned(), "see [method] and the grades");
        }
        let mut areas: Vec<Area> = Vec::new();
        for table in self.root.tables("area") {
            if let Some(area) = self.area(table, &grades) {
                if areas.iter().any(|other| other.id == area.id) {
                    let message = format!("the area `{}` is there twice", area.id);
                    self.root.error(&table.at, message, "each area has an id of its own");
                }
                areas.push(area);
            }
        }
        if areas.is_empty() {
            self.root.error(&self.root.first(), "there is no [[area]]", "a framework has areas");
        }
        let mut framework = Framework {
            id: Id::new(""),
            title: String::new(),
            jurisdiction: String::new(),
            provenance: String::new(),
            valid_from: None,
            valid_to: None,
            sources: Vec::new(),
            note: None,
            extends: None,
            method,
            grades,
            binaries: self.binaries(),
            flags: self.flags(),
            areas,
            rules: Vec::new(),
            changes: Vec::new(),
            quantity_words: self.quantity_words(),
            follow_ups: self.follow_ups(),
            next_steps: Vec::new(),
            at: self.root.source.place(0),
        };
        framework.rules = self.rules(&framework);
        framework.next_steps = self.next_steps(&framework);
        Some(framework)
    }

    fn binaries(&self) -> Vec<BinaryJudgement> {
        let mut binaries = Vec::new();
        for record in self.root.records("binary", layout::BINARY) {
            let values: Vec<String> = record.all("values").map(|cell| cell.text.to_string()).collect();
            let (Some(id), Some(label)) = (record.id("id"), record.text("label")) else {
                continue;
            };
            match <[String; 2]>::try_from(values) {
                Ok(values) => binaries.push(BinaryJudgement { id, label, values, text: record.text("text") }),
                Err(_) => {
                    let message = format!("`{id}` takes two values");
                    self.root.error(&record.first_line(), message, "the better one first");
                }
            }
        }
        binaries
    }

    fn flags(&self) -> Vec<BinaryJudgement> {
        let records = self.root.records("flag", layout::LABELLED);
        let flag = |record: &Record<'_>| {
            Some(BinaryJudgement {
                id: record.id("id")?,
                label: record.text("label")?,
                values: ["no".to_owned(), "yes".to_owned()],
                text: None,
            })
        };
        records.iter().filter_map(flag).collect()
    }

    fn quantity_words(&self) -> Vec<(String, String)> {
        let Some(table) = self.root.only("quantity_words") else {
            return Vec::new();
        };
        table.values_only();
        table.pairs().map(|(word, _, cell)| (word.replace('_', " "), cell.text.to_string())).collect()
    }

    fn follow_ups(&self) -> Vec<(String, String)> {
        let records = self.root.records("follow_up", layout::LABELLED);
        records.iter().filter_map(|record| Some((record.text("id")?, record.text("label")?))).collect()
    }

    fn area(&self, table: &TomlTable<'_>, grades: &[Grade]) -> Option<Area> {
        let record = table.record(layout::AREA);
        let own = basis(&record).unwrap_or_else(|| self.basis.clone());
        if own.0.is_empty() {
            let hint = "say where the wording comes from, such as basis = \"unverified\"";
            self.root.error(&record.first_line(), "`basis` is missing", hint);
        }
        let is_split = record.text("strand").as_deref() == Some("split");
        let strand = if is_split { None } else { record.read("strand", strand) };
        let applies = [(false, "always"), (true, "if-early-years")].into_iter();
        let applies = record.read("applies", |text| values::word(text, "condition", applies));
        let id = record.id("id")?;
        let title = record.text("title")?;
        let head = AreaHead { id, strand, basis: own };
        let mut aspects: Vec<Aspect> = Vec::new();
        for table in table.tables("aspect") {
            if let Some(aspect) = self.aspect(table, &head, grades) {
                if aspects.iter().any(|other| other.id == aspect.id) {
                    let message = format!("the aspect `{}` is there twice", aspect.id);
                    self.root.error(&table.at, message, "each aspect has an id of its own");
                }
                aspects.push(aspect);
            }
        }
        if table.tables("aspect").is_empty() {
            if is_split {
                let message = format!("`{}` is split, but has no aspects to split", head.id);
                self.root.error(&record.first_line(), message, "name its strand, or its aspects");
            }
            aspects.push(Aspect {
                id: head.id.clone(),
                title: title.clone(),
                strand: strand.unwrap_or(Strand::Other),
                basis: head.basis.clone(),
                kinds: EvidenceKind::ALL.to_vec(),
                descriptors: vec![None; grades.len()],
            });
        }
        Some(Area {
            id: head.id,
            title,
            if_early_years: applies.unwrap_or(false),
            covers: record.text("covers"),
            basis: head.basis,
            aspects,
        })
    }

    /// An aspect: keys of its own, and a line for each grade under the grade's descriptor.
    fn aspect(&self, table: &TomlTable<'_>, area: &AreaHead, grades: &[Grade]) -> Option<Aspect> {
        let lines: Vec<&str> = grades.iter().map(|grade| grade.descriptor.as_str()).collect();
        let (record, descriptors) = self.aspect_cells(table, &lines);
        for key in ["id", "title"].into_iter().filter(|key| record.cell(key).is_none()) {
            self.root.error(&record.first_line(), format!("`{key}` is missing"), "fill it in");
        }
        let id = record.cell("id")?;
        let rest = id.text.strip_prefix(area.id.as_str());
        if !rest.is_some_and(|rest| rest.len() > 1 && rest.starts_with('.')) {
            let message = format!("the aspect `{}` does not belong to `{}`", id.text, area.id);
            self.root.error(&id.at, message, &format!("begin its id with `{}.`", area.id));
        }
        let strand = record.read("strand", strand).or(area.strand);
        if strand.is_none() && record.cell("strand").is_none() {
            let hint = "its area is split: write outcomes, provision or other";
            self.root.error(&record.first_line(), format!("`{}` says no strand", id.text), hint);
        }
        for (line, _) in lines.iter().zip(&descriptors).filter(|(_, descriptor)| descriptor.is_none()) {
            let message = format!("`{}` has no line `{line}`", id.text);
            self.root.source.warning(&record.first_line(), message, "none will be shown for that grade");
        }
        let mut kinds: Vec<EvidenceKind> = record.values("kinds", kind);
        kinds.sort();
        kinds.dedup();
        if record.has("kinds") && kinds.len() < 2 {
            let message = format!("`{}` names fewer than two kinds", id.text);
            let hint = "at least two kinds must be able to speak to an aspect";
            self.root.error(&record.first_line(), message, hint);
        }
        Some(Aspect {
            id: record.id_of(id),
            title: record.text("title")?,
            strand: strand.unwrap_or(Strand::Other),
            basis: basis(&record).unwrap_or_else(|| area.basis.clone()),
            kinds: if kinds.is_empty() { EvidenceKind::ALL.to_vec() } else { kinds },
            descriptors,
        })
    }

    /// The keys of an aspect's own, and the text of each grade's line; none where it has no such line.
    fn aspect_cells(&self, table: &TomlTable<'_>, lines: &[&str]) -> (Record<'_>, Vec<Option<String>>) {
        let mut cells: Vec<ColumnCell<'_>> = Vec::new();
        let mut descriptors = vec![None; lines.len()];
        for entry in &table.entries {
            let TomlValue::Cells(values) = &entry.value else {
                let message = format!("`{}` must be a value, not a table", entry.key);
                self.root.error(&entry.at, message, "write it as a key with a text");
                continue;
            };
            if let Some(column) = layout::ASPECT.iter().find(|column| column.name == entry.key) {
                cells.extend(values.iter().map(|cell| (column, cell.clone())));
            } else if let Some(index) = lines.iter().position(|line| *line == entry.key) {
                let line = values.first().map(|cell| cell.text.to_string()).filter(|line| !line.is_empty());
                if let Some(slot) = descriptors.get_mut(index) {
                    *slot = line;
                }
            } else {
                let known = layout::ASPECT.iter().map(|column| column.name).chain(lines.iter().copied());
                let hint = match values::nearest(&entry.key, known.clone()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known are: {}", known.collect::<Vec<_>>().join(", ")),
                };
                self.root.error(&entry.at, format!("nobody knows the key `{}`", entry.key), &hint);
            }
        }
        (Record { source: self.root.source, at: table.at.clone(), cells, may_be_kept: true }, descriptors)
    }

    fn rules(&self, framework: &Framework) -> Vec<LimitingRule> {
        let mut rules = Vec::new();
        for table in self.root.tables("rule") {
            let record = table.record(layout::RULE);
            let mut conditions = Vec::new();
            let mut whole = true;
            for part in table.tables("if") {
                let condition = part.record(layout::CONDITION);
                match self.condition(&condition, framework) {
                    Some(condition) => conditions.push(condition),
                    None => whole = false,
                }
            }
            let then = table.tables("then").first().and_then(|part| {
                let then = part.record(layout::CONSEQUENCE);
                self.consequence(&then, framework)
            });
            let rule_basis = basis(&record);
            if let (true, Some(then), Some(basis), Some(id), Some(text)) =
                (whole && !conditions.is_empty(), then, rule_basis, record.id("id"), record.text("text"))
            {
                rules.push(LimitingRule { id, conditions, then, basis, text });
            }
        }
        rules
    }

    fn condition(&self, record: &Record<'_>, framework: &Framework) -> Option<RuleCondition> {
        let rank = |key: &str| record.read(key, |text| grade(text, &framework.grades));
        if record.cell("any_area").is_some() {
            return rank("any_area").map(RuleCondition::AnyArea);
        }
        if record.cell("area").is_some() {
            let area = record.read("area", |text| known_area(text, framework))?;
            return match (record.cell("below"), record.cell("at")) {
                (Some(_), None) => rank("below").map(|rank| RuleCondition::Below(area, rank)),
                (None, Some(_)) => rank("at").map(|rank| RuleCondition::At(area, rank)),
                _ => {
                    let hint = "write below = GRADE or at = GRADE beside it";
                    self.root.error(&record.first_line(), format!("`{area}`: is what?"), hint);
                    None
                }
            };
        }
        if record.cell("binary").is_some() {
            let id = record.read("binary", |text| known_statement(text, &framework.binaries))?;
            let values = framework.stated(&id).map(|binary| binary.values.clone()).unwrap_or_default();
            record.required("is");
            return record
                .read("is", |text| match values.iter().find(|value| *value == text) {
                    Some(value) => Ok(value.clone()),
                    None => {
                        Err(ValueError::new(format!("`{text}` is no value of `{id}`"), &values.join(" or ")))
                    }
                })
                .map(|value| RuleCondition::Is(id.clone(), value));
        }
        if record.cell("flag").is_some() {
            let id = record.read("flag", |text| known_statement(text, &framework.flags))?;
            return Some(RuleCondition::Is(id, "yes".to_owned()));
        }
        let hint = "write any_area, area with below or at, binary with is, or flag";
        self.root.error(&record.first_line(), "this condition says nothing", hint);
        None
    }

    fn consequence(&self, record: &Record<'_>, framework: &Framework) -> Option<RuleConsequence> {
        if let Some(category) = record.text("category") {
            return Some(RuleConsequence::Category(category));
        }
        let area = record.read("area", |text| known_area(text, framework));
        let rank = record.read("max_grade", |text| grade(text, &framework.grades));
        if record.cell("area").is_none() || record.cell("max_grade").is_none() {
            let hint = "write area and max_grade, or category";
            self.root.error(&record.first_line(), "this rule has no consequence", hint);
        }
        Some(RuleConsequence::Cap(area?, rank?))
    }

    /// What it changes in the framework that it extends.
    pub fn changes(&self, base: &Framework) -> Vec<FrameworkChange> {
        let mut changes = Vec::new();
        for record in self.root.records("change", layout::CHANGE) {
            let aspect = record.read("aspect", |text| known_aspect(text, base));
            let scope = std::iter::once(((), "method"));
            record.read("scope", |text| values::word(text, "scope", scope));
            if let Some(text) = record.text("text") {
                changes.push(FrameworkChange { aspect, text });
            }
        }
        changes
    }

    fn next_steps(&self, framework: &Framework) -> Vec<NextStep> {
        let mut steps = Vec::new();
        for record in self.root.records("next_step", layout::NEXT_STEP) {
            let [from, to] =
                ["from", "to"].map(|key| record.read(key, |text| grade(text, &framework.grades)));
            if let (Some(from), Some(to), Some(text)) = (from, to, record.text("text")) {
                steps.push(NextStep { from, to, text });
            }
        }
        steps
    }
}

fn strand(text: &str) -> Result<Strand, ValueError> {
    values::fixed_word(text, "strand")
}
