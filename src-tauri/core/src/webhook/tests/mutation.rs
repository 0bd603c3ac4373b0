//! Every payload of the catalogue, and of the collection where it lies beside the repo, damaged at a random place: reading never
//! panics, and whatever stands beside the damage is read as if it stood alone.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

use super::{catalogue, envelope, text, value};
use crate::chat::event::{Inbound, Item};
use crate::webhook::interpret;

/// Lists of items in a value.
const LISTS: [&str; 4] = ["messages", "message_echoes", "statuses", "calls"];

/// Where the damaged part stands in the body as text. No payload has it.
const MARK: &str = "~the damaged part~";

/// The same for a name in an object; it sorts before all others.
const NAME_MARK: &str = "!the repeated name!";

/// Whole bodies, undamaged.
pub(crate) fn fixtures() -> &'static [Value] {
    static FIXTURES: OnceLock<Vec<Value>> = OnceLock::new();
    FIXTURES.get_or_init(|| {
        let mut fixtures: Vec<Value> = catalogue::rows().into_iter().map(|row| row.body).collect();
        let collected = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/payloads");
        collect(&collected, &mut fixtures);
        fixtures
    })
}

fn collect(folder: &Path, fixtures: &mut Vec<Value>) {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, fixtures);
        } else if let Ok(body) = fs::read(&path)
            && let Ok(body) = serde_json::from_slice(&body)
        {
            fixtures.push(body);
        }
    }
}

/// The parts of all bodies that stand in such a list, `changes` or the lists of items.
fn parts(lists: &[&str]) -> Vec<Value> {
    fn gather(value: &Value, lists: &[&str], found: &mut Vec<Value>) {
        match value {
            Value::Object(object) => {
                for (name, inner) in object {
                    if let (true, Value::Array(elements)) = (lists.contains(&name.as_str()), inner)
                    {
                        found.extend(elements.iter().cloned());
                    }
                    gather(inner, lists, found);
                }
            }
            Value::Array(elements) => {
                for element in elements {
                    gather(element, lists, found);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut found = Vec::new();
    for body in fixtures() {
        gather(body, lists, &mut found);
    }
    found
}

/// What is done to a place in a tree.
#[derive(Debug, Clone)]
pub(crate) enum Damage {
    /// Something else stands there.
    Replace(Value),
    /// It is gone.
    Remove,
    /// It is a list of itself, so often.
    Repeat(usize),
    /// It lies so deep in lists.
    Nest(usize),
    /// Its name is another one.
    Rename(String),
    /// This text stands there, which fits no tree.
    Write(String),
    /// Its name comes twice, with this text.
    Twice(String),
}

fn any_damage() -> impl Strategy<Value = Damage> {
    let hostile = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "\\PC{0,8}".prop_map(Value::from),
        prop::sample::select(vec![
            json!(""),
            json!(" "),
            json!("\u{0}"),
            json!("wamid.\u{0}\u{202e}"),
            json!("TIMESTAMP"),
            json!("-1"),
            json!("9".repeat(400)),
            json!("é".repeat(3_000)),
            json!({}),
            json!([]),
            json!([[]]),
            json!([null, 1, "x", {}]),
            json!({"id": 1, "type": [], "from": {}, "timestamp": null}),
            json!({"type": "text", "text": "hi"}),
        ]),
    ];
    let raw = prop::sample::select(vec![
        r#""\ud800""#.to_owned(),
        r#""\udc00 \ud83d\ud83d\ude00""#.to_owned(),
        r#"{"\ud800":"\ud800"}"#.to_owned(),
        "1e999".to_owned(),
        "-1E+999".to_owned(),
        "1e-999".to_owned(),
        "-0".to_owned(),
        "9".repeat(400),
        format!("0.{}1", "0".repeat(400)),
        r#"{"id":"a","id":"b","text":{},"text":[]}"#.to_owned(),
        "\"\\u0000\\u001f\"".to_owned(),
        format!("{}{}", "[".repeat(200_000), "]".repeat(200_000)),
        format!("{}1{}", r#"{"a":"#.repeat(5_000), "}".repeat(5_000)),
    ]);
    let name = prop::sample::select(vec![
        "id", "type", "text", "message", "messages", "statuses", "errors", "standby", "history",
        "value", "field", "entry", "", "\u{0}",
    ]);
    prop_oneof![
        6 => hostile.prop_map(Damage::Replace),
        2 => Just(Damage::Remove),
        1 => (0..4usize).prop_map(Damage::Repeat),
        1 => prop::sample::select(vec![1, 2, 90, 95, 96, 97, 110]).prop_map(Damage::Nest),
        1 => name.prop_map(|name| Damage::Rename(name.to_owned())),
        3 => raw.clone().prop_map(Damage::Write),
        3 => prop_oneof![raw, Just("null".to_owned()), Just("[]".to_owned())].prop_map(Damage::Twice),
    ]
}

/// Damages, each at a place that is given by a number.
pub(crate) fn any_damages() -> impl Strategy<Value = Vec<(Index, Damage)>> {
    prop::collection::vec((any::<Index>(), any_damage()), 1..4)
}

/// The tree as text, damaged.
pub(crate) fn damaged(tree: &Value, damages: &[(Index, Damage)]) -> String {
    let mut tree = tree.clone();
    let mut texts: Vec<(String, String)> = Vec::new();
    for (number, (place, damage)) in damages.iter().enumerate() {
        let mut places = Vec::new();
        list_places(&tree, String::new(), &mut places);
        let place = place.get(&places).as_str();
        let there = tree.pointer_mut(place).expect("the place was listed");
        match damage {
            Damage::Replace(value) => *there = value.clone(),
            Damage::Repeat(times) => *there = Value::from(vec![there.clone(); *times]),
            Damage::Nest(levels) => {
                for _ in 0..*levels {
                    *there = json!([there.take()]);
                }
            }
            Damage::Write(text) => {
                let mark = Value::from(format!("{MARK}{number}"));
                texts.push((mark.to_string(), text.clone()));
                *there = mark;
            }
            Damage::Remove => {
                if let Some((object, name)) = around(&mut tree, place) {
                    object.remove(&name);
                }
            }
            Damage::Rename(to) => {
                if let Some((object, name)) = around(&mut tree, place) {
                    let value = object.remove(&name).unwrap_or_default();
                    object.insert(to.clone(), value);
                }
            }
            Damage::Twice(text) => {
                if let Some((object, name)) = around(&mut tree, place) {
                    let mark = format!("{NAME_MARK}{number}");
                    let twice = format!("{}:{text}", Value::from(name));
                    texts.push((format!("{}:null", Value::from(mark.as_str())), twice));
                    object.insert(mark, Value::Null);
                }
            }
        }
    }
    let mut body = tree.to_string();
    for (mark, text) in texts {
        body = body.replace(&mark, &text);
    }
    body
}

/// Every place of a tree, as a JSON pointer.
fn list_places(tree: &Value, place: String, places: &mut Vec<String>) {
    match tree {
        Value::Object(object) => {
            for (name, inner) in object {
                let name = name.replace('~', "~0").replace('/', "~1");
                list_places(inner, format!("{place}/{name}"), places);
            }
        }
        Value::Array(elements) => {
            for (number, inner) in elements.iter().enumerate() {
                list_places(inner, format!("{place}/{number}"), places);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    places.push(place);
}

/// The object that a place is in, and its name there.
fn around<'a>(tree: &'a mut Value, place: &str) -> Option<(&'a mut Map<String, Value>, String)> {
    let (outer, name) = place.rsplit_once('/')?;
    let name = name.replace("~1", "/").replace("~0", "~");
    let object = tree.pointer_mut(outer)?.as_object_mut()?;
    Some((object, name))
}

/// An item of this list that nothing is wrong with.
fn intact_item(list: &str, id: &str) -> Value {
    match list {
        "statuses" => {
            json!({"id": id, "status": "read", "timestamp": "1700000000", "recipient_id": "4915"})
        }
        "calls" => json!({
            "id": id, "event": "connect", "direction": "USER_INITIATED", "from": "4915", "timestamp": "1700000000",
        }),
        "message_echoes" => {
            let mut echo = text(id, "49301234", "hi");
            echo["to"] = json!("4915");
            echo
        }
        _ => text(id, "4915", "hi"),
    }
}

/// A change with one intact message and, under its own field, a notice.
fn intact_change(id: &str) -> Value {
    let contacts = json!([{"wa_id": "4915", "profile": {"name": "Ada"}}]);
    json!({"field": "messages", "value": value(json!({
        "contacts": contacts,
        "messages": [text(id, "4915", "hi")],
        "statuses": [intact_item("statuses", &format!("{id} status"))],
    }))})
}

/// A body as text with these items in this list.
fn batch(list: &str, items: &[String]) -> String {
    let around = value(json!({"contacts": [{"wa_id": "4915", "profile": {"name": "Ada"}}]}));
    let mut around = envelope(vec![around]);
    around["entry"][0]["changes"][0]["value"][list] = json!(MARK);
    let items = format!("[{}]", items.join(","));
    around.to_string().replace(&json!(MARK).to_string(), &items)
}

fn items_of(body: &str) -> Vec<Item> {
    let reading = interpret(body.as_bytes()).expect("it is JSON");
    reading.items
}

/// Whether all of these stand in the others, in their order.
fn are_among(these: &[Item], others: &[Item]) -> bool {
    let mut others = others.iter();
    these.iter().all(|item| others.any(|other| other == item))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_damaged_item_costs_nothing_beside_it(
        list in prop::sample::select(LISTS.to_vec()), which: Index, damages in any_damages(),
    ) {
        static ITEMS: OnceLock<Vec<Value>> = OnceLock::new();
        let middle = damaged(which.get(ITEMS.get_or_init(|| parts(&LISTS))), &damages);
        let (before, after) = (intact_item(list, "before").to_string(), intact_item(list, "after").to_string());
        let alone = items_of(&batch(list, &[before.clone(), after.clone()]));
        let together = items_of(&batch(list, &[before, middle.clone(), after]));
        prop_assert_eq!(alone.len(), 2);
        prop_assert!(are_among(&alone, &together), "beside {}", middle);
        prop_assert!(together.len() > alone.len(), "{} is kept as well", middle);
    }

    #[test]
    fn a_damaged_change_costs_nothing_beside_it(which: Index, damages in any_damages()) {
        static CHANGES: OnceLock<Vec<Value>> = OnceLock::new();
        let middle = damaged(which.get(CHANGES.get_or_init(|| parts(&["changes"]))), &damages);
        let (before, after) = (intact_change("before").to_string(), intact_change("after").to_string());
        let body = |changes: &[&str]| format!(r#"{{"entry":[{{"id":"1","changes":[{}]}}]}}"#, changes.join(","));
        let together = items_of(&body(&[&before, &middle, &after]));
        prop_assert!(together.starts_with(&items_of(&body(&[&before]))), "before {}", middle);
        prop_assert!(together.ends_with(&items_of(&body(&[&after]))), "after {}", middle);
        prop_assert!(together.len() > 4, "{} is kept as well", middle);
    }

    #[test]
    fn a_damaged_body_costs_nothing_beside_it(which: Index, damages in any_damages()) {
        let middle = damaged(which.get(fixtures()), &damages);
        let intact = |id: &str| json!({"entry": [{"id": "1", "changes": [intact_change(id)]}]}).to_string();
        let (before, after) = (intact("before"), intact("after"));
        let together = items_of(&format!("[{before},{middle},{after}]"));
        prop_assert!(together.starts_with(&items_of(&before)), "before {}", middle);
        prop_assert!(together.ends_with(&items_of(&after)), "after {}", middle);

        let alone = interpret(middle.as_bytes()).expect("it is JSON");
        prop_assert_eq!(&alone, &interpret(middle.as_bytes()).expect("it is JSON"), "the same every time");
        let says_something = !alone.items.is_empty() || !alone.unread.is_empty();
        prop_assert!(says_something || !middle.starts_with('{'), "{} vanishes", middle);
    }
}

#[test]
fn a_batch_of_a_thousand_is_read_to_its_end() {
    for list in LISTS {
        let middle = parts(&[list]);
        let middle = middle.iter().cycle().take(1_000).map(Value::to_string);
        let mut items = vec![intact_item(list, "before").to_string()];
        items.extend(middle);
        items.push(intact_item(list, "after").to_string());
        let alone = items_of(&batch(list, &[items[0].clone(), items[1_001].clone()]));
        let together = items_of(&batch(list, &items));
        assert!(are_among(&alone, &together), "{list}");
        let introduced = together
            .iter()
            .filter(|item| matches!(item.event, Inbound::Introduction(_)));
        assert_eq!(together.len() - introduced.count(), 1_002, "{list}");
    }
}
