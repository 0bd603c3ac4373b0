//! From a description to a file: whom to ask, and whether what came is what was described.

use super::Token;
use super::cache::{Cache, Part};
use super::digest::Digest;
use super::error::{BadAnswer, MediaError, Result};
use super::graph::{self, unexpected};
use super::network::{Answer, Network, broken};
use super::place::{MediaId, Place};
use crate::chat::content::MediaFile;
use crate::chat::view::MediaState;

/// Whom to ask for a file.
enum Source<'a> {
    /// Whoever keeps it.
    Address(Place),
    /// Meta, who says where it is.
    Meta(MediaId, &'a Token),
}

/// Fetches a file that is not in the cache.
pub(super) async fn fetch(
    network: &Network,
    cache: &Cache,
    key: &str,
    file: &MediaFile,
    token: Option<&Token>,
) -> Result<MediaState> {
    let told = file.sha256.as_deref().and_then(Digest::told);
    let part = match source(file, token)? {
        Source::Address(place) => transfer(network, cache, place, token, &[told]).await?,
        Source::Meta(id, token) => from_meta(network, cache, &id, token, told).await?,
    };
    let (cache, key) = (cache.clone(), key.to_owned());
    // Waiting for the disk would hold up everybody else on this thread.
    let kept = tokio::task::spawn_blocking(move || part.keep(&cache, &key)).await;
    Ok(kept.map_err(std::io::Error::other)??)
}

/// Whom to ask. An id is better than an address, since Meta's addresses end after 5 minutes; but an address at LINK Mobility is
/// theirs to answer, and one that needs no token is better than no answer.
fn source<'a>(file: &MediaFile, token: Option<&'a Token>) -> Result<Source<'a>> {
    let id = file.id.as_deref().and_then(MediaId::new);
    let place = file.url.as_deref().map(Place::parse);
    match (place, id, token) {
        (Some(Ok(place)), _, _) if place.is_link() => Ok(Source::Address(place)),
        (_, Some(id), Some(token)) => Ok(Source::Meta(id, token)),
        (Some(Ok(place)), Some(_), None) if place.takes_token() => Err(MediaError::TokenMissing),
        (None, Some(_), None) => Err(MediaError::TokenMissing),
        (Some(place), _, _) => place.map(Source::Address),
        (None, None, _) => Err(MediaError::NoAddress),
    }
}

/// Asks Meta where a file is, and for the file. The address may end between the two questions, so a file that is not there is
/// asked for once more; an id that Meta does not know stays unknown.
async fn from_meta(
    network: &Network,
    cache: &Cache,
    id: &MediaId,
    token: &Token,
    told: Option<Digest>,
) -> Result<Part> {
    let mut asked_again = false;
    loop {
        let described = graph::describe(network, id, token).await?;
        if described
            .size
            .is_some_and(|size| size > network.size_limit())
        {
            return Err(too_large(network));
        }
        let digests = [told, described.sha256];
        match transfer(network, cache, described.place, Some(token), &digests).await {
            Err(MediaError::Expired) if !asked_again => asked_again = true,
            outcome => return outcome,
        }
    }
}

/// Fetches the bytes, and checks them against every checksum that was told.
async fn transfer(
    network: &Network,
    cache: &Cache,
    place: Place,
    token: Option<&Token>,
    told: &[Option<Digest>],
) -> Result<Part> {
    let mut answer = network.get(place, token).await?;
    let host = answer.place.host().to_owned();
    if answer.response.status().as_u16() != 200 {
        return Err(refusal(&answer));
    }
    let bad = |what| MediaError::BadAnswer {
        host: host.clone(),
        what,
    };
    let limit = network.size_limit();
    if answer
        .response
        .content_length()
        .is_some_and(|length| length > limit)
    {
        return Err(too_large(network));
    }
    let mut part = cache.part()?;
    while let Some(bytes) = answer
        .response
        .chunk()
        .await
        .map_err(|error| broken(&host, &error))?
    {
        part.write(&bytes)?;
        if part.size() > limit {
            return Err(too_large(network));
        }
    }
    if part.size() == 0 {
        return Err(bad(BadAnswer::Empty));
    }
    let digest = part.digest();
    if told.iter().flatten().any(|told| *told != digest) {
        return Err(bad(BadAnswer::Checksum));
    }
    Ok(part)
}

/// What a refusal of a file means. Who is not shown a token because none is meant for them refuses an address that has ended.
fn refusal(answer: &Answer) -> MediaError {
    let host = answer.place.host().to_owned();
    match answer.response.status().as_u16() {
        401 | 403 if answer.saw_token => MediaError::TokenRefused { host },
        401 | 403 if answer.place.takes_token() => MediaError::TokenMissing,
        401 | 403 | 404 | 410 => MediaError::Expired,
        status => unexpected(host, status),
    }
}

fn too_large(network: &Network) -> MediaError {
    MediaError::TooLarge {
        limit: network.size_limit(),
    }
}
