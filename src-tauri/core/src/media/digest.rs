//! The checksum that a description tells of its file.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Bytes of a SHA-256.
const LENGTH: usize = 32;

const CONFIG: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);

/// A SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digest(pub(super) [u8; LENGTH]);

impl Digest {
    /// Reads hex or base64 of either alphabet, padded or not: all are seen (webhook catalogue, §8). Anything else says nothing
    /// and is `None`.
    pub(super) fn told(text: &str) -> Option<Self> {
        let text = text.trim();
        let bytes = if text.len() == 2 * LENGTH {
            from_hex(text)?
        } else {
            STANDARD
                .decode(text)
                .or_else(|_| URL_SAFE.decode(text))
                .ok()?
        };
        bytes.try_into().ok().map(Self)
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    let (pairs, _) = text.as_bytes().as_chunks::<2>();
    pairs
        .iter()
        .map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Digest;

    /// Bytes whose base64 has the letters that the two alphabets write differently.
    #[test]
    fn every_spelling_is_read() {
        let expected = Digest([0xfb; 32]);
        let table = [
            "fb".repeat(32),
            "FB".repeat(32),
            format!("{}+/s=", "+/v7".repeat(10)),
            format!("{}+/s", "+/v7".repeat(10)),
            format!("{}-_s=", "-_v7".repeat(10)),
            format!("{}-_s", "-_v7".repeat(10)),
            format!(" {}+/s=\n", "+/v7".repeat(10)),
        ];
        for text in table {
            assert_eq!(Digest::told(&text), Some(expected), "{text}");
        }
    }

    #[test]
    fn anything_else_says_nothing() {
        let table = [
            "",
            "SHA256",
            "zz",
            "AAAA",
            &"g".repeat(64),
            &"a".repeat(63),
            &"ä".repeat(32),
            &"=".repeat(44),
        ];
        for text in table {
            assert_eq!(Digest::told(text), None, "{text}");
        }
    }
}
