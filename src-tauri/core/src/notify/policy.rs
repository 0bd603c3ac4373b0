//! Which popups stand for what arrived. Pure.

use super::Popup;

/// Conversations that get a popup each after a start. More become one summary.
const CONVERSATIONS_AT_START: usize = 3;

/// An incoming message that nobody was told about yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The conversation it is in.
    pub conversation: i64,
    /// What the conversation is called.
    pub title: String,
    /// Who wrote, where the conversation has several writers.
    pub author: Option<String>,
    /// The message in one line.
    pub preview: String,
}

/// When the news came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// While the app was running.
    Running,
    /// Before it was started: kept, but not told.
    Start,
}

/// The popups for news in the order of arrival: one for each conversation, with its newest message, or a summary where a start
/// would otherwise be a storm.
#[must_use]
pub fn popups(news: &[News], moment: Moment) -> Vec<Popup> {
    let mut newest: Vec<&News> = Vec::new();
    for message in news {
        newest.retain(|other| other.conversation != message.conversation);
        newest.push(message);
    }
    match moment {
        Moment::Start if newest.len() > CONVERSATIONS_AT_START => vec![Popup {
            conversation: None,
            title: "New messages".to_owned(),
            body: format!("{} messages in {} chats", news.len(), newest.len()),
        }],
        Moment::Start | Moment::Running => newest.into_iter().map(popup).collect(),
    }
}

/// The popup for a public URL that has been out of reach for a while, for the reason told.
#[must_use]
pub fn unreachable(reason: &str) -> Popup {
    Popup {
        conversation: None,
        title: "Bluetick cannot be reached".to_owned(),
        body: format!(
            "No new messages arrive: {reason}. Providers keep trying, nothing is lost yet."
        ),
    }
}

fn popup(message: &News) -> Popup {
    Popup {
        conversation: Some(message.conversation),
        title: message.title.clone(),
        body: match &message.author {
            Some(author) => format!("{author}: {}", message.preview),
            None => message.preview.clone(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, News, popups};

    fn news(conversation: i64, preview: &str) -> News {
        News {
            conversation,
            title: format!("Person {conversation}"),
            author: None,
            preview: preview.to_owned(),
        }
    }

    #[test]
    fn each_conversation_has_one_popup_with_its_newest_message() {
        let shown = popups(&[news(1, "a"), news(2, "b"), news(1, "c")], Moment::Running);
        let bodies: Vec<_> = shown.iter().map(|popup| popup.body.as_str()).collect();
        assert_eq!(bodies, ["b", "c"]);
    }

    #[test]
    fn a_start_is_no_storm() {
        let few: Vec<News> = (0..3).map(|n| news(n, "hi")).collect();
        assert_eq!(popups(&few, Moment::Start).len(), 3);
        let many: Vec<News> = (0..8).map(|n| news(n % 4, "hi")).collect();
        let shown = popups(&many, Moment::Start);
        assert_eq!(shown.len(), 1);
        assert_eq!(shown[0].body, "8 messages in 4 chats");
        assert_eq!(shown[0].conversation, None, "a summary opens the window");
        assert_eq!(
            popups(&many, Moment::Running).len(),
            4,
            "each one as it comes"
        );
    }

    #[test]
    fn groups_say_who_wrote() {
        let message = News {
            author: Some("Ada".to_owned()),
            ..news(1, "hello")
        };
        assert_eq!(popups(&[message], Moment::Running)[0].body, "Ada: hello");
    }
}
