//! `availability.csv`: who is away.

use chrono::NaiveDate;

use super::table::Table;
use crate::school::Id;

const COLUMNS: &[&str] = &["staff", "weekday", "date", "from", "to", "period", "status", "week"];

/// The text of the file with a row added: a person is off from one day to another.
pub fn absent(text: &str, person: &Id, from: NaiveDate, to: NaiveDate) -> String {
    let mut table = Table::of(text, COLUMNS);
    let mut values = vec![("staff", person.to_string()), ("status", "off".to_owned())];
    if from == to {
        values.push(("date", from.to_string()));
    } else {
        values.push(("from", from.to_string()));
        values.push(("to", to.to_string()));
    }
    table.append(&values);
    table.into_text()
}
