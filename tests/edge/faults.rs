//! What can go wrong with an edge, or between it and an agent.

/// How agents that connect are received.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Welcome {
    /// As they should be.
    #[default]
    Served,
    /// The connection is accepted and closed at once.
    ClosedAtOnce,
    /// The connection is accepted, and nobody ever says a word.
    Silence,
    /// Plain HTTP answers instead of TLS, as in a café that wants its terms accepted first.
    CaptivePortal,
    /// The certificate is of an authority that the agent does not know, as behind a proxy that reads along.
    ForeignAuthority,
    /// Everything works, but the agent never learns whether it is let in.
    AuthIgnored,
    /// The agent is not let in.
    AuthRefused(Refusal),
}

/// What the public address answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Front {
    /// What the agent answers; where there is none, that the endpoint is offline.
    #[default]
    Relay,
    /// A page that has nothing to do with the agent.
    Foreign,
    /// That the endpoint is offline, although an agent has bound it.
    Offline,
    /// That the account has used up its requests.
    OverQuota,
}

/// Why an agent does not get what it asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The number in `ERR_NGROK_105`; some errors have none.
    pub(crate) code: Option<u16>,
    /// What is wrong, in words. `TOKEN` stands for the agent's token, which ngrok really does repeat.
    pub(crate) message: String,
}

impl Refusal {
    /// The refusal with that number, in ngrok's manner.
    pub(crate) fn of(code: u16) -> Self {
        let message = match code {
            105 => "The authtoken you specified does not look proper.\nYour authtoken: TOKEN",
            107 => "The authtoken you specified is invalid.\nYour authtoken: TOKEN",
            108 => "Your account is limited to 3 simultaneous ngrok agent sessions.",
            334 => "The endpoint is already online.",
            _ => "The edge does not do that.",
        };
        Self {
            code: Some(code),
            message: message.to_owned(),
        }
    }

    /// The value of `Error` in an answer: lines, of which one may be the code.
    pub(super) fn wire(&self, token: &str) -> String {
        let message = self.message.replace("TOKEN", token).replace('\n', "\r\n");
        match self.code {
            Some(code) => format!("{message}\r\n\r\nERR_NGROK_{code}\r\n"),
            None => message,
        }
    }
}
