//! A document's entries as a calendar file, in the school's own time (Europe/London).

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarParameter,
    ICalendarProperty, ICalendarValue,
};
use chrono::NaiveTime;

use crate::document::{CalendarEntry, CalendarEntryStatus, Document, plain};

/// An empty calendar with the rules of British time since 1996, as calendars carry them (RFC 5545, section 3.6.5).
const EMPTY: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//phase//EN\r\nCALSCALE:GREGORIAN\r\n\
METHOD:PUBLISH\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n\
BEGIN:DAYLIGHT\r\nDTSTART:19960331T010000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZNAME:BST\r\n\
TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nEND:DAYLIGHT\r\n\
BEGIN:STANDARD\r\nDTSTART:19961027T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZNAME:GMT\r\n\
TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n";

/// How a calendar ends.
const END: &str = "END:VCALENDAR\r\n";

/// Renders the entries of a document. The same document gives the same bytes.
pub fn render(document: &Document) -> String {
    let stamp = format!("{}T000000Z", document.made_on.format("%Y%m%d"));
    let mut text = EMPTY.strip_suffix(END).unwrap_or(EMPTY).to_owned();
    for entry in &document.entries {
        text.push_str(&ICalendar { components: vec![event(entry, &stamp)] }.to_string());
    }
    text.push_str(END);
    text
}

/// The event of an entry; its properties are sorted by their names.
fn event(entry: &CalendarEntry, stamp: &str) -> ICalendarComponent {
    let time = |time: NaiveTime| format!("{}T{}", entry.date.format("%Y%m%d"), time.format("%H%M%S"));
    let description: Vec<String> = entry.description.lines().map(plain).collect();
    let status = match entry.status {
        CalendarEntryStatus::Confirmed => "CONFIRMED",
        CalendarEntryStatus::Cancelled => "CANCELLED",
    };
    let mut entries = vec![
        text(ICalendarProperty::Description, description.join("\n")),
        local(ICalendarProperty::Dtend, time(entry.end)),
        text(ICalendarProperty::Dtstamp, stamp.to_owned()),
        local(ICalendarProperty::Dtstart, time(entry.start)),
        text(ICalendarProperty::Location, plain(&entry.location)),
        text(ICalendarProperty::Sequence, entry.sequence.to_string()),
        text(ICalendarProperty::Status, status.to_owned()),
        text(ICalendarProperty::Summary, plain(&entry.summary)),
        text(ICalendarProperty::Uid, entry.uid.clone()),
    ];
    entries.retain(|entry| {
        entry.values.iter().any(|value| value.as_text().is_some_and(|text| !text.is_empty()))
    });
    ICalendarComponent { component_type: ICalendarComponentType::VEvent, entries, component_ids: Vec::new() }
}

fn text(name: ICalendarProperty, text: String) -> ICalendarEntry {
    ICalendarEntry { name, params: Vec::new(), values: vec![ICalendarValue::Text(text)] }
}

/// A time in the school's own zone.
fn local(name: ICalendarProperty, time: String) -> ICalendarEntry {
    let zone = ICalendarParameter::tzid("Europe/London".to_owned());
    ICalendarEntry { params: vec![zone], ..text(name, time) }
}
