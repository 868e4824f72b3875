//! A document's entries as a calendar file, in the school's own time (Europe/London).

use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use crate::document::{CalendarEntry, CalendarEntryStatus, Document, plain};

/// The rules of British time since 1996, as calendars carry them (RFC 5545, section 3.6.5). The
/// `icalendar` crate would give the zone and its parts random UIDs, so it stands here as text.
const ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n\
BEGIN:DAYLIGHT\r\nDTSTART:19960331T010000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZNAME:BST\r\n\
TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nEND:DAYLIGHT\r\n\
BEGIN:STANDARD\r\nDTSTART:19961027T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZNAME:GMT\r\n\
TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// How an event begins; nothing before the first can hold this line.
const FIRST: &str = "BEGIN:VEVENT\r\n";

/// Renders the entries of a document. The same document gives the same bytes.
pub fn render(document: &Document) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//phase//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    for entry in &document.entries {
        calendar.push(event(entry, &format!("{}T000000Z", document.made_on.format("%Y%m%d"))));
    }
    folded(&calendar.to_string().replacen(FIRST, &format!("{ZONE}{FIRST}"), 1))
}

/// The longest line in octets, without its end (RFC 5545, section 3.1).
const LINE: usize = 75;

/// The lines folded anew: the `icalendar` crate does not count the space with which a line goes on.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + text.len() / 32);
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LINE {
                folded.push_str("\r\n ");
                length = 1;
            }
            folded.push(c);
            length += c.len_utf8();
        }
        folded.push_str("\r\n");
    }
    folded
}

fn event(entry: &CalendarEntry, stamp: &str) -> Event {
    let mut event = Event::new();
    let local = |name: &str, time: chrono::NaiveTime| {
        let mut property =
            Property::new(name, format!("{}T{}", entry.date.format("%Y%m%d"), time.format("%H%M%S")));
        property.add_parameter("TZID", "Europe/London");
        property
    };
    event
        .uid(&entry.uid)
        .add_property("DTSTAMP", stamp)
        .sequence(entry.sequence)
        .append_property(local("DTSTART", entry.start))
        .append_property(local("DTEND", entry.end))
        .summary(&plain(&entry.summary));
    if !entry.description.is_empty() {
        let lines: Vec<String> = entry.description.lines().map(plain).collect();
        event.description(&lines.join("\n"));
    }
    if !entry.location.is_empty() {
        event.location(&plain(&entry.location));
    }
    event.status(match entry.status {
        CalendarEntryStatus::Confirmed => EventStatus::Confirmed,
        CalendarEntryStatus::Cancelled => EventStatus::Cancelled,
    });
    event.done()
}
