//! The schemas: of answers, made from the types that are written, and of the TOML files, made from their layout.
//! `schemas/` is what this makes.

use std::fs;
use std::path::Path;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use crate::diagnostic::Place;
use crate::privacy::audience::Audience;
use crate::school::layout::{self, ColumnType, OwnKeys, TableLayout};
use crate::school::{DataPoint, Group, Id, Preference, Proof, SessionKind};

/// Types that are written as one text, or as one of some words.
macro_rules! texts {
    ($($name:ident $(= $words:expr)?;)*) => {$(
        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string" $(, "enum": $words)? })
            }
        }
    )*};
}
texts! {
    Audience = ["leader", "subject-leader", "headteacher", "governors", "staff"];
    DataPoint = ["baseline", "autumn-1", "autumn", "spring-1", "spring", "summer-1", "summer"];
    Group;
    Id;
    Place;
    Proof;
}

/// Every answer by the name of its schema.
macro_rules! answers {
    ($($name:literal: $answer:ty,)*) => {
        fn answers() -> Vec<(&'static str, Schema)> {
            vec![$(($name, generator().into_root_schema_for::<$answer>()),)*]
        }
    };
}
answers! {
    "actions": crate::improve::actions::Actions,
    "causes": crate::overview::possible_causes::answer::PossibleCauses,
    "clashes": crate::plan::clashes::answer::Clashes,
    "diagnostics": crate::view::diagnostics::DiagnosticsAnswer<'_>,
    "duties": crate::improve::duties::Duties,
    "evaluation": crate::judge::answer::Evaluation,
    "evidence-form": crate::judge::evidence_form::EvidenceForm,
    "forget": crate::view::edit::forget_pupil::ForgottenPupil,
    "framework": crate::view::judge::frameworks::ShownFramework<'_>,
    "frameworks": crate::view::judge::frameworks::ListedFrameworks<'_>,
    "gaps": crate::track::gaps::answer::Gaps,
    "import": crate::view::edit::imports::ImportAnswer,
    "import-results": crate::view::edit::imports::MarksheetAnswer,
    "log": crate::improve::log::Log,
    "moderation": crate::judge::moderation::Moderation,
    "new-year": crate::view::edit::new_year::NewYear,
    "notices": crate::overview::notices::Notices,
    "objectives": crate::improve::objectives::Objectives,
    "page-form": crate::view::judge::discussion_form::DiscussionForm,
    "practice": crate::judge::practice::Practice,
    "progress": crate::track::progress::PastYears,
    "questions": crate::view::plan::questions::QuestionsAnswer<'_>,
    "record": crate::cli::command::judge::record::RecordAnswer,
    "report": crate::overview::report::answer::Report,
    "reports": crate::overview::report::list::AllReports,
    "schedule": crate::plan::schedule::answer::Schedule,
    "schedule-form": crate::plan::schedule_form::ScheduleForm,
    "status": crate::overview::status::StatusAnswer,
    "trajectory": crate::track::trajectory::answer::Trajectory,
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().for_serialize().into_generator()
}

/// What an answer rests on and could not use, which any answer may say.
fn missing() -> Value {
    json!({
        "description": "What the answer rests on and could not use, in words; left out where there is nothing.",
        "type": "array",
        "items": { "type": "string" },
    })
}

/// A schema as it is kept: named by the answer, which says its own schema and what it could not use.
fn kept(name: &str, schema: Schema) -> Value {
    let mut schema: Value = schema.into();
    let name = format!("phase/{name}/1");
    schema["title"] = json!(name);
    let properties = schema["properties"].as_object_mut().unwrap();
    properties.insert("schema".to_owned(), json!({ "const": name }));
    properties.insert("missing".to_owned(), missing());
    tidy(&mut schema);
    schema
}

/// Every TOML file by the name of its schema, with what it is for.
const FILES: &[(&str, &str, &str, TableLayout)] = &[
    ("calendar", "calendar.toml", "The academic year.", layout::CALENDAR_FILE),
    ("duties", "duties.toml", "The responsibilities of the post.", layout::DUTIES_FILE),
    ("framework", "frameworks/ID.toml", "An inspection framework.", layout::FRAMEWORK_FILE),
    ("import", "import.toml", "How exports of the school's own system are read.", layout::IMPORT_FILE),
    ("objectives", "objectives.toml", "What a leader is to reach.", layout::OBJECTIVES_FILE),
    ("phase", "phase.toml", "The school and its choices.", layout::PHASE_FILE),
    ("reports", "reports.toml", "A school's own choices for its reports.", layout::REPORTS_FILE),
];

/// What a key may hold.
fn value(holds: ColumnType) -> Value {
    match holds {
        ColumnType::Number => json!({ "type": ["number", "string"] }),
        ColumnType::YesNo => json!({ "type": ["boolean", "string"] }),
        ColumnType::Code => json!({ "type": ["string", "number"] }),
        ColumnType::Words(words) => json!({ "enum": words }),
        ColumnType::ListOf([]) => json!({ "type": "array", "items": { "type": ["integer", "string"] } }),
        ColumnType::ListOf(words) => json!({ "type": "array", "items": { "enum": words } }),
        ColumnType::Several | ColumnType::Teachers | ColumnType::Period | ColumnType::Guidance => {
            let item = json!({ "type": ["string", "integer"] });
            json!({ "anyOf": [item, { "type": "array", "items": item }] })
        }
        _ => json!({ "type": "string" }),
    }
}

/// The keys that are known of a table whose keys are the user's own.
fn known_keys(table: &str) -> Vec<(&'static str, Value)> {
    let number = || value(ColumnType::Number);
    let weight = |(_, key, weight, words): &(Preference, &'static str, u32, &'static str)| {
        let known = json!({ "type": number()["type"], "default": weight, "description": words });
        (*key, known)
    };
    let of = |words: &[&'static str]| words.iter().map(|word| (*word, number())).collect();
    match table {
        "preferences" => Preference::TABLE.iter().map(weight).collect(),
        "minutes" => of(SessionKind::WORDS),
        "phase-leader" | "subject-leader" => of(&SessionKind::WORDS[..SessionKind::TASK_AREAS]),
        _ => Vec::new(),
    }
}

/// The schema of a table.
fn table(name: &str, layout: &TableLayout) -> Value {
    let mut properties = serde_json::Map::new();
    for key in layout.keys {
        let mut value = value(key.holds);
        value["description"] = json!(key.help);
        properties.insert(key.name.to_owned(), value);
    }
    for inner in layout.tables {
        let one = table(inner.name, &inner.layout);
        let mut value = if inner.several { json!({ "type": "array", "items": one }) } else { one };
        value["description"] = json!(inner.about);
        properties.insert(inner.name.to_owned(), value);
    }
    properties.extend(known_keys(name).into_iter().map(|(key, value)| (key.to_owned(), value)));
    let further = match layout.own {
        OwnKeys::None => json!(false),
        OwnKeys::Values(holds) => value(holds),
        OwnKeys::Tables(inner) => table("", inner),
    };
    let required: Vec<&str> = layout.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": further });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// Takes out how wide a number is in memory, and the marks of links in what comments say.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(keys) => {
            let is_width = |format: &Value| format.as_str().is_some_and(|text| !text.starts_with("date"));
            if keys.get("format").is_some_and(is_width) {
                keys.remove("format");
            }
            if let Some(Value::String(text)) = keys.get_mut("description") {
                *text = text.replace("[`", "`").replace("`]", "`");
            }
            keys.values_mut().for_each(tidy);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// The longest line of a schema that need not be broken.
const LINE: usize = 100;

/// A value as it is kept: on one line where it fits, else a line for each thing in it.
fn laid_out(value: &Value, depth: usize, before: usize) -> String {
    let whole = value.to_string();
    if depth + before + whole.chars().count() <= LINE {
        return whole;
    }
    let inner = " ".repeat(depth + 1);
    let (open, close, lines) = match value {
        Value::Object(keys) => {
            let line = |(key, value): (&String, &Value)| {
                let key = json!(key).to_string();
                format!("{inner}{key}: {}", laid_out(value, depth + 1, key.chars().count() + 2))
            };
            ('{', '}', keys.iter().map(line).collect::<Vec<_>>())
        }
        Value::Array(items) => {
            let line = |item: &Value| format!("{inner}{}", laid_out(item, depth + 1, 0));
            ('[', ']', items.iter().map(line).collect())
        }
        _ => return whole,
    };
    format!("{open}\n{}\n{}{close}", lines.join(",\n"), " ".repeat(depth))
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the schemas are no records")]
fn the_schemas_are_those_of_the_answers_and_the_layouts() {
    let answers = answers().into_iter().map(|(name, schema)| (format!("{name}.json"), kept(name, schema)));
    let files = FILES.iter().map(|(name, file, about, layout)| {
        let mut schema = table("", layout);
        schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        schema["title"] = json!(file);
        schema["description"] = json!(about);
        (format!("files/{name}.json"), schema)
    });
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let made = root.join("target/schemas");
    fs::create_dir_all(made.join("files")).unwrap();
    let mut stale = Vec::new();
    for (file, schema) in answers.chain(files) {
        let text = format!("{}\n", laid_out(&schema, 0, 0));
        fs::write(made.join(&file), &text).unwrap();
        if fs::read_to_string(root.join("schemas").join(&file)).ok().as_deref() != Some(&text) {
            stale.push(file);
        }
    }
    assert!(stale.is_empty(), "read these, then: cp -r target/schemas . ({stale:?})");
}
