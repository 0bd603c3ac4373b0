//! Why a file could not be fetched, in sentences for the user.

/// What every function of this room returns.
pub type Result<T> = std::result::Result<T, MediaError>;

/// Why a file could not be fetched. No text of it holds a token, or more of an address than its host.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The provider wants a token, and none is set.
    #[error("This file can only be fetched with an access token of the provider, and none is set.")]
    TokenMissing,
    /// Answered with 401 or 403, or with a Graph error that says so.
    #[error(
        "{host} refused the access token. It may have ended, or may not be allowed to read the files of this number."
    )]
    TokenRefused {
        /// Who refused it.
        host: String,
    },
    /// The file is gone, or was never there.
    #[error(
        "The provider does not have this file any more. Meta keeps the files of messages for 7 days."
    )]
    Expired,
    /// There is neither an id nor an address, or none that can be one.
    #[error("The message does not say where its file is.")]
    NoAddress,
    /// The file lies with somebody who is not known to keep files of messages.
    #[error(
        "The file lies at {host}, which is not a known provider. Bluetick does not fetch from there."
    )]
    NotAllowed {
        /// The host, with its port if that is not 443; shortened if it is long.
        host: String,
    },
    /// A provider's name leads to this computer or its network.
    #[error("The name {host} leads into a private network. Bluetick does not fetch from there.")]
    PrivateAddress {
        /// The name.
        host: String,
    },
    /// The address is not encrypted.
    #[error(
        "The file lies at an address that is not encrypted (not https). Bluetick does not fetch from there."
    )]
    NotHttps,
    /// The file is larger than what is fetched.
    #[error("The file is larger than {} MiB, which is the most that Bluetick fetches.", limit / (1024 * 1024))]
    TooLarge {
        /// The most that is fetched, in bytes.
        limit: u64,
    },
    /// Nothing came back, or the connection broke, or the provider has a bad day (429 and 5xx).
    #[error("{host} could not be reached: {reason}.")]
    Unreachable {
        /// Who.
        host: String,
        /// Why, in the system's words.
        reason: String,
    },
    /// It took too long.
    #[error("The provider took too long to send the file.")]
    TimedOut,
    /// What came is not what was described.
    #[error("{host} sent something else than the file: {what}.")]
    BadAnswer {
        /// Who sent it.
        host: String,
        /// What is wrong with it.
        what: BadAnswer,
    },
    /// The file could not be written.
    #[error("The file could not be saved: {0}.")]
    Disk(#[from] std::io::Error),
    /// The system has no root certificates, or none that can be read.
    #[error("No encrypted connection can be made on this computer: {0}.")]
    NoTls(String),
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAnswer {
    /// Its SHA-256 is not what was told.
    #[error("its checksum is wrong")]
    Checksum,
    /// There are no bytes.
    #[error("it is empty")]
    Empty,
    /// Meta's description of a file is no JSON, or has no address in it.
    #[error("it is not a description of a file")]
    Description,
    /// A redirect to nowhere, or one too many.
    #[error("it leads in circles")]
    Redirects,
    /// A status that means none of the above.
    #[error("the answer has status {0}")]
    Status(u16),
}
