//! Text as files hold it: encodings, line ends, and where a byte stands.

use std::ops::Range;

/// How the bytes of a file spell its text; kept, so that a file is written as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a mark.
    Utf8,
    /// UTF-8 with the mark that Excel writes.
    Utf8Mark,
    /// UTF-16, low byte first, with its mark.
    Utf16Le,
    /// UTF-16, high byte first, with its mark.
    Utf16Be,
    /// Windows-1252, as older spreadsheets save.
    Windows1252,
}

/// As [`decode`], for bytes that are not needed any more: plain UTF-8 is taken as it is.
pub fn decoded(bytes: Vec<u8>) -> Option<(String, Encoding)> {
    let is_plain = !bytes.starts_with(&[0xef, 0xbb, 0xbf]) && !bytes.contains(&0);
    match String::from_utf8(bytes) {
        Ok(text) if is_plain => Some((text, Encoding::Utf8)),
        Ok(text) => decode(text.as_bytes()),
        Err(error) => decode(error.as_bytes()),
    }
}

/// The line and column, in bytes from 1, of the first NUL in text that is not UTF-16; none where there is none.
pub fn first_nul(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return None;
    }
    let at = memchr::memchr(0, bytes)?;
    let before = bytes.get(..at)?;
    let lines = memchr::memchr_iter(b'\n', before).count();
    let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    Some((u32::try_from(lines + 1).ok()?, u32::try_from(at - start + 1).ok()?))
}

/// Reads bytes: by their mark, else as UTF-8 where they are valid, else as Windows-1252.
/// Returns nothing where the bytes are no text (they hold NUL, or broken UTF-16).
pub fn decode(bytes: &[u8]) -> Option<(String, Encoding)> {
    let (encoding, body) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (Encoding::Utf8Mark, rest),
        [0xff, 0xfe, rest @ ..] => (Encoding::Utf16Le, rest),
        [0xfe, 0xff, rest @ ..] => (Encoding::Utf16Be, rest),
        _ => (Encoding::Utf8, bytes),
    };
    let (text, encoding) = match encoding {
        Encoding::Utf16Le => (
            encoding_rs::UTF_16LE.decode_without_bom_handling_and_without_replacement(body)?.into_owned(),
            encoding,
        ),
        Encoding::Utf16Be => (
            encoding_rs::UTF_16BE.decode_without_bom_handling_and_without_replacement(body)?.into_owned(),
            encoding,
        ),
        _ => match std::str::from_utf8(body) {
            Ok(text) => (text.to_owned(), encoding),
            Err(_) if encoding == Encoding::Utf8Mark => return None,
            Err(_) => (
                encoding_rs::WINDOWS_1252.decode_without_bom_handling(body).0.into_owned(),
                Encoding::Windows1252,
            ),
        },
    };
    (!text.contains('\0')).then_some((text, encoding))
}

/// Writes text as it was read. What Windows-1252 lacks, or would be read as UTF-8, turns the file into
/// UTF-8 with a mark, so that nothing is lost and Excel reads it.
pub fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf8Mark => [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(),
        Encoding::Utf16Le => {
            [0xfffe_u16.to_be_bytes().to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()]
                .concat()
        }
        Encoding::Utf16Be => {
            [0xfeff_u16.to_be_bytes().to_vec(), text.encode_utf16().flat_map(u16::to_be_bytes).collect()]
                .concat()
        }
        Encoding::Windows1252 => match encoding_rs::WINDOWS_1252.encode(text) {
            // Bytes that would be read as UTF-8 would be read as something else.
            (bytes, _, false) if text.is_ascii() || std::str::from_utf8(&bytes).is_err() => {
                bytes.into_owned()
            }
            _ => encode(text, Encoding::Utf8Mark),
        },
    }
}

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// The lines of a text, ended by LF, CRLF or a lone CR.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = |index: usize| match (bytes.get(index), bytes.get(index + 1)) {
            (Some(b'\r'), Some(b'\n')) => None,
            _ => Some(index + 1),
        };
        let marks = memchr::memchr2_iter(b'\n', b'\r', bytes);
        Self { starts: std::iter::once(0).chain(marks.filter_map(ends)).collect() }
    }

    /// The line that a byte stands in, from 1.
    pub fn line(&self, byte: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= byte)).unwrap_or(u32::MAX)
    }

    /// The bytes of a line, without its end.
    pub fn range(&self, text: &str, line: u32) -> Range<usize> {
        let index = (line as usize).saturating_sub(1);
        let start = self.starts.get(index).copied().unwrap_or(text.len());
        let next = self.starts.get(index + 1).copied().unwrap_or(text.len());
        let body = text.get(start..next).unwrap_or_default();
        start..start + body.trim_end_matches(['\r', '\n']).len()
    }
}
