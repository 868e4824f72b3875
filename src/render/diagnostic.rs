//! Draws one diagnostic: its first line is `file:line:column: severity: message`, then the line of
//! the file with what is wrong marked.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::plain;

/// Draws a diagnostic, with colour where it is asked for.
pub fn draw(diagnostic: &Diagnostic, colour: bool) -> String {
    let mut text = plain(&diagnostic.place.with_column(diagnostic.column));
    let severity = match (diagnostic.severity, colour) {
        (severity, false) => severity.to_string(),
        (Severity::Error, true) => "\u{1b}[1;31merror\u{1b}[0m".to_owned(),
        (Severity::Warning, true) => "\u{1b}[1;33mwarning\u{1b}[0m".to_owned(),
    };
    text.push_str(&format!(": {severity}: {}\n", plain(&diagnostic.message)));
    match &diagnostic.excerpt {
        Some(excerpt) if !excerpt.text.trim().is_empty() => {
            // What steers a terminal is replaced by something as long, so that the marks stay right.
            let line = crate::document::plain_in_place(&excerpt.text);
            let hint = plain(&diagnostic.hint);
            let marked = excerpt.marked.start.min(line.len())..excerpt.marked.end.min(line.len());
            let level = match diagnostic.severity {
                Severity::Error => Level::ERROR,
                Severity::Warning => Level::WARNING,
            };
            let snippet = Snippet::source(line)
                .line_start(diagnostic.place.line as usize)
                .annotation(AnnotationKind::Primary.span(marked).label(hint));
            let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
            let drawn = renderer.term_width(80).render(&[Group::with_level(level).element(snippet)]);
            for line in drawn.lines() {
                text.push_str(line.trim_end());
                text.push('\n');
            }
        }
        _ if diagnostic.hint.is_empty() => {}
        _ => text.push_str(&format!("  = {}\n", plain(&diagnostic.hint))),
    }
    text
}
