//! Who somebody is: a set of names, any of which may be missing.
//!
//! Since 2026 a customer may be known by phone number, by business-scoped user id, by both, or by one now and the other later
//! (webhook catalogue §6). A payload that names two of them says that they are one person; nothing ever says that they are not,
//! so people only merge and never split.

/// The names that one payload gives to one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// Phone number in digits, as WhatsApp knows it.
    pub wa_id: Option<String>,
    /// Business-scoped user id; opaque.
    pub user_id: Option<String>,
    /// The same for a portfolio of businesses; opaque.
    pub parent_user_id: Option<String>,
    /// The name that the person chose in WhatsApp, without `@`. It can be given up and taken by somebody else.
    pub username: Option<String>,
}

/// One name by which a person can be found again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// What sort of name.
    pub kind: NameKind,
    /// The name itself.
    pub value: String,
}

/// The sorts of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A phone number.
    WaId,
    /// A business-scoped user id.
    UserId,
    /// A portfolio-scoped user id.
    ParentUserId,
    /// A username.
    Username,
}

impl NameKind {
    /// The word under which the archive stores this sort.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::WaId => "wa_id",
            Self::UserId => "user_id",
            Self::ParentUserId => "parent_user_id",
            Self::Username => "username",
        }
    }
}

impl Names {
    /// Names from an id whose sort is not told: `from`, `wa_id` and `recipient_id` hold a phone number, or a user id where the
    /// number is withheld. An empty text is no name.
    #[must_use]
    pub fn from_untyped(id: &str) -> Self {
        match digits_of(id) {
            Some(number) => Self {
                wa_id: Some(number),
                ..Self::default()
            },
            None => Self {
                user_id: Some(id.trim().to_owned()).filter(|id| !id.is_empty()),
                ..Self::default()
            },
        }
    }

    /// Adds what `other` knows and this does not.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            wa_id: self.wa_id.or(other.wa_id),
            user_id: self.user_id.or(other.user_id),
            parent_user_id: self.parent_user_id.or(other.parent_user_id),
            username: self.username.or(other.username),
        }
    }

    /// The names to find the person by. A username counts only where there is nothing else, since it may change hands.
    #[must_use]
    pub fn keys(&self) -> Vec<Name> {
        let lasting = [
            (NameKind::WaId, &self.wa_id),
            (NameKind::UserId, &self.user_id),
            (NameKind::ParentUserId, &self.parent_user_id),
        ];
        let mut keys: Vec<Name> = lasting
            .into_iter()
            .filter_map(|(kind, value)| {
                value.as_ref().map(|value| Name {
                    kind,
                    value: value.clone(),
                })
            })
            .collect();
        if keys.is_empty()
            && let Some(username) = &self.username
        {
            keys.push(Name {
                kind: NameKind::Username,
                value: username.to_lowercase(),
            });
        }
        keys
    }
}

/// The digits of a phone number that may be written with `+`, spaces or dashes; `None` if it is something else.
#[must_use]
pub fn digits_of(text: &str) -> Option<String> {
    let written_like_a_number = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '\u{a0}'));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (written_like_a_number && !digits.is_empty()).then_some(digits)
}

/// What to do about a person whose names were found to belong to these people so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// Nobody has these names.
    Create,
    /// This one has them.
    Use(i64),
    /// Several have them and are therefore the same.
    Merge {
        /// The one that stays: the one known longest.
        keep: i64,
        /// The ones that become it.
        gone: Vec<i64>,
    },
}

/// Decides who somebody is, given the keys of the people who have one of their names already (lower keys are older).
#[must_use]
pub fn resolve(found: &[i64]) -> Resolution {
    let mut people = found.to_vec();
    people.sort_unstable();
    people.dedup();
    match people.split_first() {
        None => Resolution::Create,
        Some((&keep, [])) => Resolution::Use(keep),
        Some((&keep, gone)) => Resolution::Merge {
            keep,
            gone: gone.to_vec(),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::{Name, Names, Resolution, digits_of, resolve};

    /// The smallest thing that keeps people: what the archive does, without SQL.
    #[derive(Default)]
    struct Directory {
        people: BTreeMap<Name, i64>,
        next: i64,
    }

    impl Directory {
        fn learn(&mut self, names: &Names) {
            let keys = names.keys();
            let found: Vec<i64> = keys
                .iter()
                .filter_map(|key| self.people.get(key).copied())
                .collect();
            let person = match resolve(&found) {
                Resolution::Create => {
                    self.next += 1;
                    self.next
                }
                Resolution::Use(person) => person,
                Resolution::Merge { keep, gone } => {
                    for person in self.people.values_mut() {
                        if gone.contains(person) {
                            *person = keep;
                        }
                    }
                    keep
                }
            };
            for key in keys {
                self.people.insert(key, person);
            }
        }

        /// Who is the same as whom, without the keys that depend on the order of arrival.
        fn circles(&self) -> BTreeSet<BTreeSet<Name>> {
            let mut circles: BTreeMap<i64, BTreeSet<Name>> = BTreeMap::new();
            for (name, person) in &self.people {
                circles.entry(*person).or_default().insert(name.clone());
            }
            circles.into_values().collect()
        }
    }

    fn some_names() -> impl Strategy<Value = Names> {
        let one_of = |prefix: &'static str| {
            prop::option::of((0..4u8).prop_map(move |n| format!("{prefix}{n}")))
        };
        (one_of("49"), one_of("DE.a"), one_of("DE.ENT."), one_of("u")).prop_map(
            |(wa_id, user_id, parent_user_id, username)| Names {
                wa_id,
                user_id,
                parent_user_id,
                username,
            },
        )
    }

    proptest! {
        #[test]
        fn who_is_the_same_does_not_depend_on_the_order(
            (told, shuffled) in prop::collection::vec(some_names(), 1..12)
                .prop_flat_map(|told| (Just(told.clone()), Just(told).prop_shuffle()))
        ) {
            let mut one = Directory::default();
            told.iter().for_each(|names| one.learn(names));
            let mut other = Directory::default();
            shuffled.iter().for_each(|names| other.learn(names));
            prop_assert_eq!(one.circles(), other.circles());
        }
    }

    #[test]
    fn an_id_is_a_number_or_a_user_id() {
        let table = [
            ("+46 70-123 45 67", Some("46701234567"), None),
            ("16505551234", Some("16505551234"), None),
            (
                "US.13491208655302741918",
                None,
                Some("US.13491208655302741918"),
            ),
            ("foo_bar", None, Some("foo_bar")),
            ("", None, None),
            ("  ", None, None),
            ("+", None, Some("+")),
        ];
        for (id, wa_id, user_id) in table {
            let names = Names::from_untyped(id);
            assert_eq!(names.wa_id.as_deref(), wa_id, "{id:?}");
            assert_eq!(names.user_id.as_deref(), user_id, "{id:?}");
        }
        assert_eq!(digits_of("٤٩"), None, "only ASCII digits are a wa_id");
    }

    #[test]
    fn a_username_finds_somebody_only_where_nothing_else_is_told() {
        let names = Names {
            username: Some("Pablo".to_owned()),
            ..Names::default()
        };
        assert_eq!(names.keys().len(), 1, "the username is all there is");
        let with_number = Names::from_untyped("4915").or(names);
        assert_eq!(with_number.keys().len(), 1, "the number is enough");
    }
}
