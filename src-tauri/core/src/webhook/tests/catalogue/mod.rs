//! The webhook catalogue as a table: every type, field and status that is documented, what is understood of it and what is shown,
//! and beside every list one word that nobody has documented yet, which must be kept and named.
//!
//! The payloads are made up here. Each says one thing, and the row says all that is read from it ([`meaning`]). The tests below
//! print the table, also when they pass, and count it against the words of the catalogue ([`words`]).

mod account;
mod events;
mod flat;
mod groups;
mod meaning;
mod messages;
mod replies;
mod shapes;
mod statuses;
mod templates;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use serde_json::{Value, json};

use super::{read, value};

/// The usual customer, who is not named in a row.
const CUSTOMER: &str = "4915";

/// The usual business number, as written; likewise.
const BUSINESS: &str = "+49 30 1234";

/// When everything happens, where a row says nothing else.
const MOMENT: i64 = 1_700_000_000;

/// One word of the catalogue, in a payload.
pub(super) struct Row {
    /// The list that the word is of.
    list: &'static str,
    /// The word, and after a comma in which of its forms it comes here.
    what: &'static str,
    /// The whole body.
    pub(super) body: Value,
    /// What must be read from it.
    understood: &'static str,
    /// What must be seen of it.
    shown: &'static str,
}

impl Row {
    pub(super) const fn list(&self) -> &'static str {
        self.list
    }

    fn word(&self) -> &'static str {
        self.what.split(", ").next().unwrap_or_default()
    }

    /// Whether the row is there to show what becomes of a word that nobody has documented.
    fn is_about_the_unknown(&self) -> bool {
        self.understood.contains("NOT UNDERSTOOD")
    }
}

/// Rows of one list: `"word, form" { payload } => "what is understood", "what is shown";`, the payload in what is around it.
macro_rules! table {
    ($list:literal in $around:expr; $($what:literal $body:tt => $understood:literal, $shown:literal;)*) => {
        vec![$($crate::webhook::tests::catalogue::Row {
            list: $list,
            what: $what,
            body: $around(serde_json::json!($body)),
            understood: $understood,
            shown: $shown,
        }),*]
    };
}
use table;

/// Every row.
pub(super) fn rows() -> Vec<Row> {
    [
        shapes::rows(),
        messages::rows(),
        replies::rows(),
        statuses::rows(),
        events::rows(),
        groups::rows(),
        account::rows(),
        templates::rows(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A body with this value under this field.
fn change(field: &str, value: Value) -> Value {
    json!({"object": "whatsapp_business_account", "entry": [
        {"id": "WABA1", "time": MOMENT, "changes": [{"field": field, "value": value}]},
    ]})
}

/// A body with a value of the usual business number under this field.
fn of_number(field: &str, items: Value) -> Value {
    change(field, value(items))
}

/// A body with one message of the usual customer, with these keys on top.
fn message(keys: Value) -> Value {
    of_number(
        "messages",
        json!({"messages": [with(usual_message(), keys)]}),
    )
}

fn usual_message() -> Value {
    json!({"from": CUSTOMER, "id": "m", "timestamp": MOMENT.to_string()})
}

/// The keys of one object with those of the other on top; null takes a key away.
fn with(mut object: Value, keys: Value) -> Value {
    let Value::Object(keys) = keys else {
        panic!("keys are an object");
    };
    let whole = object.as_object_mut().expect("they go onto an object");
    whole.extend(keys);
    whole.retain(|_, value| !value.is_null());
    object
}

#[test]
fn every_word_of_the_catalogue_is_understood_and_shown_and_unknown_ones_are_kept() {
    let rows = rows();
    let mut table = vec![["where", "what", "understood as", "shown as"].map(str::to_owned)];
    let mut wrong = Vec::new();
    for row in &rows {
        let reading = read(&row.body);
        let (understood, shown) = (meaning::understood(&reading), meaning::shown(&reading));
        if understood != row.understood || shown != row.shown {
            wrong.push(format!(
                "{} {}\n  read: {understood}\n  must: {}\n  seen: {shown}\n  must: {}\n  {}",
                row.list, row.what, row.understood, row.shown, row.body
            ));
        }
        assert!(
            !reading.items.is_empty(),
            "{} {} is kept",
            row.list,
            row.what
        );
        table.push([row.list.to_owned(), row.what.to_owned(), understood, shown]);
    }
    print(&table);
    assert!(
        wrong.is_empty(),
        "{} of {} rows:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}

#[test]
fn no_word_of_the_catalogue_is_without_a_row() {
    let rows = rows();
    let mut by_list: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut lists_with_an_unknown_word = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for row in &rows {
        let (list, what) = (row.list, row.what);
        assert!(seen.insert((list, what)), "{list} {what}: only once");
        assert!(
            row.word().starts_with('(')
                || row.body.to_string().contains(&format!("{:?}", row.word())),
            "{list} {what}: its payload has the word"
        );
        if row.is_about_the_unknown() {
            lists_with_an_unknown_word.insert(list);
        }
        by_list.entry(list).or_default().push(row.word());
    }
    for (list, number, words) in words::CATALOGUE {
        let covered = by_list.remove(list).unwrap_or_default();
        assert_eq!(covered.len(), *number, "{list}: rows");
        let covered: BTreeSet<&str> = covered.into_iter().collect();
        let words: BTreeSet<&str> = words.split_whitespace().collect();
        let missing: Vec<_> = words.difference(&covered).collect();
        assert!(missing.is_empty(), "{list}: no row for {missing:?}");
        let more: Vec<_> = covered.difference(&words).collect();
        assert!(
            more.is_empty(),
            "{list}: the catalogue does not list {more:?}"
        );
    }
    assert!(
        by_list.is_empty(),
        "lists that the catalogue does not know: {by_list:?}"
    );
    for list in words::OPEN {
        assert!(
            lists_with_an_unknown_word.contains(list),
            "{list}: no row for an unknown word"
        );
    }
}

/// Writes past the test harness, which would keep what a passing test prints to itself.
fn print(table: &[[String; 4]]) {
    let widest = |column: usize, most: usize| {
        let widths = table.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or_default().min(most)
    };
    let widths = [widest(0, 40), widest(1, 48), widest(2, 96)];
    let mut text = format!("\nThe webhook catalogue, {} rows:\n", table.len() - 1);
    for [list, what, understood, shown] in table {
        let [first, second, third] = widths;
        text.push_str(&format!(
            "{list:first$} | {what:second$} | {understood:third$} | {shown}\n"
        ));
    }
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).expect("the test can print");
}
