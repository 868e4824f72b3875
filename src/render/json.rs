//! JSON for scripts: numbers the same wherever they were worked out, and nothing that steers a terminal.

use std::io::{self, Write};

use anyhow::Result;
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter};

use crate::document::steers;

/// Numbers are written to so many parts of one: the last digits of a logarithm or a power are not the same on every
/// machine.
const PARTS: f64 = 1e4;

/// An answer as JSON.
///
/// # Errors
/// Where the answer cannot be written as JSON.
pub fn render(answer: &impl Serialize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    answer.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, JsonFormatter::default()))?;
    let mut text = escaped(&String::from_utf8(bytes)?);
    text.push('\n');
    Ok(text.into_bytes())
}

/// Lays JSON out for people, and rounds numbers.
#[derive(Default)]
struct JsonFormatter<'w> {
    lines: PrettyFormatter<'w>,
}

impl Formatter for JsonFormatter<'_> {
    fn write_f64<W: ?Sized + Write>(&mut self, to: &mut W, value: f64) -> io::Result<()> {
        let rounded = (value * PARTS).round() / PARTS;
        // Nothing is written as -0.0.
        self.lines.write_f64(to, if rounded == 0.0 { 0.0 } else { rounded })
    }

    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.lines.begin_array(to)
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.lines.end_array(to)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.lines.begin_array_value(to, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.lines.end_array_value(to)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.lines.begin_object(to)
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.lines.end_object(to)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.lines.begin_object_key(to, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.lines.begin_object_value(to)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.lines.end_object_value(to)
    }
}

/// JSON in which what steers a terminal is escaped; such a character can stand in strings only.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && steers(c) {
            let mut units = [0; 2];
            text.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            text.push(c);
        }
    }
    text
}
