//! What a file is, as its first bytes say: the few formats that the page shows, and nothing else.
//!
//! The table is our own, and not a crate's, since it has to be short and strict: what is not certain is unknown. (Detectors mean
//! to recognise as much as possible; one calls a web page a PDF that holds `%PDF` in its first kilobyte.) SVG and HTML are
//! deliberately unknown: both can hold scripts.

/// How many bytes from the start [`Format::of`] wants to see.
pub(super) const HEAD: usize = 512;

/// A format that the page shows. Those that WhatsApp takes (webhook catalogue, §7.1), and GIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jpeg,
    Png,
    Webp,
    Gif,
    Mp4,
    ThreeGp,
    Ogg,
    Mp3,
    Aac,
    M4a,
    Amr,
    Pdf,
}

impl Format {
    /// All of them.
    pub(super) const ALL: [Self; 12] = [
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Gif,
        Self::Mp4,
        Self::ThreeGp,
        Self::Ogg,
        Self::Mp3,
        Self::Aac,
        Self::M4a,
        Self::Amr,
        Self::Pdf,
    ];

    /// What a file is that starts like this.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(Self::Webp),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => Self::of_brand(brand),
            [b'O', b'g', b'g', b'S', ..] => Self::of_ogg(head),
            // A tag of version 2 to 4 before the sound.
            [b'I', b'D', b'3', 2..=4, ..] => Some(Self::Mp3),
            [b'#', b'!', b'A', b'M', b'R', b'\n', ..] => Some(Self::Amr),
            [b'#', b'!', b'A', b'M', b'R', b'-', b'W', b'B', b'\n', ..] => Some(Self::Amr),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0xff, second, third, ..] => Self::of_frame(*second, *third),
            _ => None,
        }
    }

    /// The ISO base media formats, told apart by their major brand. A recording of a phone may call itself a film (`mp42`)
    /// though it has only sound; players do not mind.
    fn of_brand(brand: &[u8]) -> Option<Self> {
        match brand {
            [b'M', b'4', b'A' | b'B', b' ', ..] => Some(Self::M4a),
            [b'3', b'g', b'p' | b'2', ..] => Some(Self::ThreeGp),
            [b'i', b's', b'o', b'm' | b'2'..=b'9', ..]
            | [b'm', b'p', b'4', b'1' | b'2', ..]
            | [b'a', b'v', b'c', b'1', ..]
            | [b'M', b'4', b'V', b' ', ..]
            | [b'M', b'S', b'N', b'V', ..]
            | [b'd', b'a', b's', b'h', ..] => Some(Self::Mp4),
            _ => None,
        }
    }

    /// Ogg holds anything; the first packet says what. It starts after the page's table, whose length is in byte 26.
    fn of_ogg(head: &[u8]) -> Option<Self> {
        let packet = head.get(27 + usize::from(*head.get(26)?)..)?;
        let sound = packet.starts_with(b"OpusHead")
            || packet.starts_with(b"\x01vorbis")
            || packet.starts_with(b"Speex   ");
        sound.then_some(Self::Ogg)
    }

    /// MPEG sound without a container: after 12 bits of ones (11 in MPEG 2.5) come the version and the layer. No layer means
    /// AAC; in layer III, the bit rate and the sampling rate that mean "forbidden" rule out most of what is not sound.
    const fn of_frame(second: u8, third: u8) -> Option<Self> {
        if second & 0xf6 == 0xf0 {
            return Some(Self::Aac);
        }
        let layer_three = second & 0xe6 == 0xe2;
        let version_known = second & 0x18 != 0x08;
        let rates_known = third & 0xf0 != 0xf0 && third & 0x0c != 0x0c;
        if layer_three && version_known && rates_known {
            Some(Self::Mp3)
        } else {
            None
        }
    }

    /// Its MIME type.
    pub(super) const fn mime_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Mp4 => "video/mp4",
            Self::ThreeGp => "video/3gpp",
            Self::Ogg => "audio/ogg",
            Self::Mp3 => "audio/mpeg",
            Self::Aac => "audio/aac",
            Self::M4a => "audio/mp4",
            Self::Amr => "audio/amr",
            Self::Pdf => "application/pdf",
        }
    }

    /// The extension of its files; no two formats share one.
    pub(super) const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Mp4 => "mp4",
            Self::ThreeGp => "3gp",
            Self::Ogg => "ogg",
            Self::Mp3 => "mp3",
            Self::Aac => "aac",
            Self::M4a => "m4a",
            Self::Amr => "amr",
            Self::Pdf => "pdf",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Format;

    fn ogg(packet: &[u8]) -> Vec<u8> {
        let mut page = b"OggS\0\x02".to_vec();
        page.resize(26, 0);
        page.extend([1, 19]);
        page.extend(packet);
        page
    }

    #[test]
    fn formats_are_told_by_their_bytes() {
        let table: [(&[u8], Option<Format>); 32] = [
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Some(Format::Jpeg)),
            (b"\x89PNG\r\n\x1a\n\0", Some(Format::Png)),
            (b"RIFF\x24\0\0\0WEBPVP8 ", Some(Format::Webp)),
            (b"GIF89a\x01", Some(Format::Gif)),
            (b"GIF87a\x01", Some(Format::Gif)),
            (b"\0\0\0\x18ftypmp42\0\0\0\0", Some(Format::Mp4)),
            (b"\0\0\0\x20ftypisom\0\0\x02\0", Some(Format::Mp4)),
            (b"\0\0\0\x18ftyp3gp4", Some(Format::ThreeGp)),
            (b"\0\0\0\x18ftypM4A ", Some(Format::M4a)),
            (&ogg(b"OpusHead\x01"), Some(Format::Ogg)),
            (&ogg(b"\x01vorbis"), Some(Format::Ogg)),
            (b"ID3\x03\0\0", Some(Format::Mp3)),
            (b"\xff\xfb\x90\x64", Some(Format::Mp3)),
            (b"\xff\xf3\x84\x64", Some(Format::Mp3)),
            (b"\xff\xf1\x50\x80", Some(Format::Aac)),
            (b"\xff\xf9\x50\x80", Some(Format::Aac)),
            (b"#!AMR\n\x3c", Some(Format::Amr)),
            (b"#!AMR-WB\n", Some(Format::Amr)),
            (b"%PDF-1.7\n", Some(Format::Pdf)),
            (&ogg(b"\x80theora"), None),
            (b"OggS", None),
            (b"RIFF\x24\0\0\0WAVEfmt ", None),
            (b"\0\0\0\x18ftypheic", None),
            (b"\0\0\0\x14ftypqt  ", None),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\">", None),
            (b"<?xml version=\"1.0\"?><svg/>", None),
            (b"<!doctype html><script>alert(1)</script> %PDF-1.7", None),
            (b"\xff\xfeh\0i\0", None), // text in UTF-16
            (b"PK\x03\x04", None),
            (b"MZ\x90\0", None),
            (b"GIF", None),
            (b"", None),
        ];
        for (head, expected) in table {
            assert_eq!(Format::of(head), expected, "{}", head.escape_ascii());
        }
    }

    #[test]
    fn an_extension_means_one_format() {
        let extensions: BTreeSet<_> = Format::ALL.map(Format::extension).into();
        assert_eq!(extensions.len(), Format::ALL.len());
        assert!(!extensions.contains("bin"));
    }
}
