//! What the user should know about their account, and imports from the past.

use serde_json::{Value, json};

use super::{Archive, value};

fn change(field: &str, account: &str, seconds: i64, value: Value) -> Value {
    json!({"object": "whatsapp_business_account", "entry": [{
        "id": account, "time": 1_700_000_000 + seconds, "changes": [{"field": field, "value": value}],
    }]})
}

fn ban(account: &str, seconds: i64, state: &str) -> Value {
    let value = json!({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": state}});
    change("account_update", account, seconds, value)
}

fn lines(archive: &Archive) -> Vec<String> {
    let notices = archive.store.reader().notices().expect("notices");
    notices.into_iter().map(|notice| notice.line).collect()
}

#[test]
fn a_problem_stands_until_it_is_over_or_put_away() {
    let archive = Archive::new();
    archive.record(&ban("A", 20, "DISABLE"));
    archive.record(&ban("A", 10, "SCHEDULE_FOR_DISABLE"));
    archive.record(&ban("B", 10, "DISABLE"));
    assert_eq!(
        lines(&archive),
        [
            "WhatsApp disabled the WhatsApp Business account",
            "WhatsApp disabled the WhatsApp Business account"
        ],
        "of each account the newest, whichever came first"
    );
    archive.record(&ban("A", 30, "REINSTATE"));
    assert_eq!(lines(&archive).len(), 1, "one of the two works again");
    let notice = archive.store.reader().notices().expect("notices")[0].id;
    archive
        .runtime
        .block_on(archive.store.dismiss_notice(notice))
        .expect("it is put away");
    assert_eq!(lines(&archive), Vec::<String>::new());
    archive.record(&ban("B", 40, "DISABLE"));
    assert_eq!(lines(&archive).len(), 1, "it happened again");
    let unknown = archive.runtime.block_on(archive.store.dismiss_notice(999));
    assert!(unknown.is_err());
}

#[test]
fn what_is_no_concern_is_only_in_the_log() {
    let archive = Archive::new();
    let approved = json!({"event": "APPROVED", "message_template_name": "hi", "message_template_language": "en"});
    archive.record(&change("message_template_status_update", "A", 0, approved));
    assert_eq!(lines(&archive), Vec::<String>::new());
    let events = archive.export();
    assert_eq!(events[0]["summary"], "Template hi (en) was approved");
    assert_eq!(events[0]["topic"], "template");
}

#[test]
fn thousands_from_the_past_are_kept_and_are_no_news() {
    let archive = Archive::new();
    let chunk = |progress: i64, from: i64, count: i64| {
        let messages: Vec<Value> = (from..from + count)
            .map(|number| {
                json!({"from": "4915", "id": format!("h{number}"), "timestamp": (1_600_000_000 + number).to_string(),
                    "type": "text", "text": {"body": number.to_string()}})
            })
            .collect();
        change(
            "history",
            "A",
            0,
            value(
                "PN1",
                json!({"history": [{
                    "metadata": {"phase": 0, "chunk_order": progress, "progress": progress},
                    "threads": [{"id": "4915", "messages": messages}],
                }]}),
            ),
        )
    };
    archive.record(&chunk(80, 2_000, 2_000));
    archive.record(&chunk(40, 0, 2_000));
    let notices = archive.store.reader().notices().expect("notices");
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].percent, Some(80), "the parts come out of order");
    assert_eq!(archive.messages().len(), 4_000);
    let rows = archive.conversations();
    assert_eq!((rows.len(), rows[0].unread), (1, 0));
    let arrivals = archive.store.reader().arrivals(0, 10).expect("arrivals");
    assert_eq!(arrivals.len(), 0, "nobody is told");
    archive.record(&chunk(100, 4_000, 1));
    assert_eq!(lines(&archive), Vec::<String>::new(), "it is done");
}
